import type { Json, JsonObject } from '../../../json/json';
import { objectAt } from '../../../json/read';
import { type Fault, fault } from '../../fault';
import { compareQuantities } from '../../kubernetes/quantity';

/** (validateResources, validateHugePagesResources) */
export function* resources(cluster: JsonObject): Generator<Fault> {
  const [requests, limits] = [quantitiesOf(cluster, 'requests'), quantitiesOf(cluster, 'limits')];
  for (const [name, request] of Object.entries(requests)) {
    const limit = limits[name];
    const above = limit === undefined ? 0 : (compareQuantities(request, limit) ?? 0);
    const pages = name.startsWith('hugepages-');
    if (pages ? above === 0 : above <= 0 || !compared.includes(name) || compareQuantities(limit ?? '', '0') === 0)
      continue;
    const path = ['spec', 'resources', 'requests', name];
    yield { path, allowed: `${pages ? '' : 'at most '}its limit, ${limit}`, example: `"${limit}"` };
  }
  const names = Object.keys({ ...requests, ...limits });
  if (names.some((name) => name.startsWith('hugepages-')) && !names.includes('cpu') && !names.includes('memory'))
    yield fault(['spec', 'resources'], 'set for cpu or memory as well as huge pages', names);
}

const compared = ['cpu', 'memory', 'ephemeral-storage'];

export function quantitiesOf(cluster: JsonObject, of: 'requests' | 'limits'): Readonly<Record<string, string>> {
  const given = Object.entries(objectAt(cluster, 'spec', 'resources', of) ?? {});
  return Object.fromEntries(
    given.flatMap(([name, value]: [string, Json]) => (typeof value === 'object' ? [] : [[name, String(value)]])),
  );
}

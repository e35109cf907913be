import type { Cluster } from '../graph/cluster';
import type { Resource } from '../graph/resource';
import { isJsonObject, type Json } from '../json/json';
import { objectAt, textAt } from '../json/read';
import { push } from '../text/group-by';
import { memoize } from '../text/memoize';

/**
 * HelmReleases that name Secrets of the tree in the values of their charts, by `namespace/name` of the Secret. What a chart does with
 * its values only the chart knows: a text counts where a Secret is called so, and the field or what it stands in speaks of secrets
 * (`existingSecret`, `envFrom[].secretRef.name`, a volume of `type: secret`). Of a chart that is open, its objects say what they read.
 */
export const chartSecrets = memoize((cluster: Cluster): ReadonlyMap<string, readonly Resource[]> => {
  const made = new Set(
    cluster.secrets.producers.flatMap(({ kind, namespace, name }) =>
      kind === 'Secret' ? [`${namespace}/${name}`] : [],
    ),
  );
  const releases = new Map<string, Resource[]>();
  for (const release of cluster.ofKind('helm.toolkit.fluxcd.io', 'HelmRelease')) {
    if (cluster.charts.get(release)?.type === 'opened') continue;
    const namespace = textAt(release.value, 'spec', 'targetNamespace') ?? release.namespace;
    const names = new Set(namedIn(objectAt(release.value, 'spec', 'values') ?? null, ''));
    for (const name of names) if (made.has(`${namespace}/${name}`)) push(releases, `${namespace}/${name}`, release);
  }
  return releases;
});

/** @param within the field that the value stands in */
function* namedIn(value: Json, within: string): Generator<string> {
  if (typeof value === 'string') {
    if (/secret/i.test(within)) yield value;
  } else if (Array.isArray(value)) {
    for (const item of value) yield* namedIn(item as Json, within);
  } else if (isJsonObject(value)) {
    const ofSecret = /secret/i.test(within) || value.type === 'secret';
    for (const [key, field] of Object.entries(value)) {
      yield* namedIn(field, key === 'name' && typeof field === 'string' && ofSecret ? 'secret' : key);
    }
  }
}

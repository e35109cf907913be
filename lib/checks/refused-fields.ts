import type { Cluster } from '../graph/cluster';
import type { Graph } from '../graph/graph';
import type { Resource } from '../graph/resource';
import { pathText, valueText } from '../graph/schema/text';
import { display } from '../graph/substitution';
import { at } from '../json/read';
import type { Fault } from '../systems/fault';
import { isUnknown } from '../systems/given';
import type { Problem } from './check';
import { setting } from './meant';
import { faultyPaths } from './schema/faults';

/** What a system refuses of an object, but for what its schema refuses as well: another rule says that. */
export function* refusedFields(
  resource: Resource,
  faults: Iterable<Fault>,
  cluster: Cluster,
  graph: Graph,
): Generator<Problem> {
  for (const { path, value = at(resource.value, ...path), allowed, says, meant } of faults) {
    if (isUnknown(resource.value, ...path)) continue;
    // A variable may stand for a part of a key.
    if (String(path.at(-1)).includes('${')) continue;
    // What a schema misses is told of the object around it.
    const told = value === undefined ? [path, path.slice(0, -1)] : [path];
    const faulty = faultyPaths(resource, cluster, graph);
    if (told.some((place) => faulty.has(pathText(place)))) continue;
    const shown =
      value === null ? '' : value === undefined ? ' is not set and' : ` is ${display(valueText(value))} and`;
    yield {
      at: { resource, path },
      message: `${pathText(path)}${shown} must be ${allowed}${says === undefined ? '' : ` ("${says}")`}`,
      ...(meant !== undefined && setting(path, meant)),
    };
  }
}

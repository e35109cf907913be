import type { Fix } from '../../checks/check';
import type { Cluster } from '../../graph/cluster';
import { clusterNames } from '../../graph/cluster-name';
import type { Graph } from '../../graph/graph';
import { describe, identityKey } from '../../graph/identity';
import type { Resource } from '../../graph/resource';
import { deepEqual } from '../../json/deep-equal';
import type { Json, JsonObject } from '../../json/json';
import { groupBy } from '../../text/group-by';
import { changed } from '../../tree/edit/change';
import { differences } from '../difference';
import { type Called, identityOf, type Renaming } from './called';

/**
 * What becomes otherwise by a step than its changes say: what a patch, a variable or a generator makes of the new name, or does not any
 * more. Each is a clause.
 *
 * @param renaming undefined for a step that renames nothing
 */
export function unwanted(before: Graph, after: Graph, fix: Fix, renaming: Renaming | undefined): readonly string[] {
  const names = clusterNames(before);
  const found = before.clusters.flatMap((cluster) => {
    const now = after.clusters.find(({ name }) => name === cluster.name);
    if (now === undefined) return [`nothing begins the cluster in ${cluster.name} any more`];
    const own = renaming?.clusters.includes(cluster) === true ? renaming : undefined;
    const isMeant = renaming === undefined || own !== undefined;
    const where = before.clusters.length > 1 ? `in cluster ${names.get(cluster)}, ` : '';
    return [...unwantedIn(cluster, now, isMeant ? fix : { ...fix, changes: [] }, own)].map((one) => where + one);
  });
  return [...new Set(found)];
}

function* unwantedIn(cluster: Cluster, now: Cluster, fix: Fix, renaming: Renaming | undefined): Generator<string> {
  const renamed = renaming && identityKey(identityOf(renaming.from));
  const keyOf = (resource: Resource, by: Called | undefined = resource.appliedBy) =>
    JSON.stringify([identityKey(resource), by?.namespace, by?.name]);
  const becomes = (called: Called | undefined) =>
    renaming !== undefined && called !== undefined && identityKey(identityOf(called)) === renamed
      ? renaming.to
      : called;
  const there = groupBy(now.resources.filter(isWritten), (resource) => keyOf(resource));
  for (const resource of cluster.resources.filter(isWritten)) {
    const isRenamed = identityKey(resource) === renamed;
    const wanted = isRenamed ? { ...resource, ...renaming?.to } : resource;
    const found = there.get(keyOf(wanted, becomes(resource.appliedBy)))?.shift();
    if (found === undefined) {
      yield `${describe(wanted)} would not be applied any more`;
      continue;
    }
    const value = changedBy(fix, resource);
    if (deepEqual(value, found.value)) continue;
    const fields = differences(value, found.value, undefined).map(({ path }) =>
      path.map((one) => (typeof one === 'string' ? one : one.item)).join('.'),
    );
    yield `${describe(found)} would say something else in ${fields.slice(0, 3).join(', ')}`;
  }
  for (const left of there.values()) for (const resource of left) yield `${describe(resource)} would be new`;
}

/** What the tree itself says: what charts make is compared by their releases. */
function isWritten({ chart }: Resource): boolean {
  return chart === undefined;
}

/** What an object says with the changes of it alone. */
function changedBy({ changes }: Fix, resource: Resource): JsonObject {
  let value: Json = resource.value;
  for (const change of changes) {
    const { of } = change;
    if (of === undefined || !('document' in of) || of.document !== resource.document) continue;
    if (identityKey(of) === identityKey(resource)) value = changed(value, change) ?? value;
  }
  return value as JsonObject;
}

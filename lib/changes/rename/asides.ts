import type { Cluster } from '../../graph/cluster';
import { kustomizeGroup } from '../../graph/flux/objects';
import { describe } from '../../graph/identity';
import type { FluxKustomization, Resource } from '../../graph/resource';
import { isJsonObject, type Json, type Path } from '../../json/json';
import { pathText } from '../../json/path-text';
import { at, keysAt, textAt } from '../../json/read';
import { type Called, identityOf, type Renaming } from './called';
import { ownerLabels } from './following';

/** What depends on the old name or namespace and is left as it is, since it may mean more than this Kustomization. */
export function asidesOf({ from, to, clusters }: Renaming): readonly string[] {
  const all = clusters.flatMap((cluster) => {
    const renamed = cluster.kustomization(from.namespace, from.name);
    if (renamed === undefined) return [];
    const policy = textAt(renamed.spec, 'deletionPolicy');
    const before =
      policy === undefined || policy === 'Orphan' || policy === 'MirrorPrune'
        ? []
        : [
            `spec.deletionPolicy of ${describe(renamed.resource)} is ${policy}: step 2 takes it away, so put it back after that.`,
          ];
    const wide = from.namespace === to.namespace ? [] : [...namedByStar(cluster, renamed, to)];
    return [
      ...before,
      ...wide,
      ...cluster.resources.flatMap((resource) => [...selected(resource, resource.value, [], from)]),
    ];
  });
  return [...new Set(all)];
}

/** Alerts and Receivers that name all Kustomizations of its namespace. */
function* namedByStar(cluster: Cluster, renamed: FluxKustomization, { namespace }: Called): Generator<string> {
  for (const { resource, at: way } of cluster.references.to({ ...identityOf(renamed), name: '*' })) {
    const labels = at(resource.value, ...way, 'matchLabels');
    const isMeant = keysAt(labels).every(
      (key) => textAt(labels, key) === textAt(renamed.resource.value, 'metadata', 'labels', key),
    );
    if (isMeant)
      yield `${describe(resource)} means every Kustomization of namespace ${renamed.namespace} (${pathText(way)}), and not this one any more: add one for namespace ${namespace} if it shall.`;
  }
}

/** Selectors by its labels that are no mapping of both: matchExpressions, the namespace alone, texts. */
function* selected(resource: Resource, value: Json, path: Path, from: Called): Generator<string> {
  const told = () =>
    `${describe(resource)} selects by the labels of ${kustomizeGroup} (${pathText(path)}): change it by hand if it means this one.`;
  if (Array.isArray(value)) {
    for (const [i, item] of value.entries()) yield* selected(resource, item as Json, [...path, i], from);
  } else if (isJsonObject(value)) {
    const isExpression = Object.values(ownerLabels).some((label) => value.key === label);
    const isSpaceAlone = value[ownerLabels.name] === undefined && value[ownerLabels.namespace] === from.namespace;
    if (isExpression || isSpaceAlone) yield told();
    for (const [key, inner] of Object.entries(value)) {
      if (path.length > 0 || key !== 'metadata') yield* selected(resource, inner, [...path, key], from);
    }
  } else if (typeof value === 'string' && Object.values(ownerLabels).some((label) => value.includes(label))) {
    if (path.at(-1) !== 'key') yield told();
  }
}

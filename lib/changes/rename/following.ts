import type { FixChange } from '../../checks/check';
import type { Cluster } from '../../graph/cluster';
import { kustomizeGroup } from '../../graph/flux/objects';
import { identityKey } from '../../graph/identity';
import { healthChecksOf } from '../../graph/kustomization';
import { namePath } from '../../graph/references/find';
import { type FluxKustomization, type Resource, writtenAt } from '../../graph/resource';
import { isJsonObject, type Json, type Path } from '../../json/json';
import { at, listAt, textAt } from '../../json/read';
import { groupVersion } from '../../systems/api-version';
import type { SourceDocument } from '../../tree/source/source';
import { type Called, identityOf, type Renaming } from './called';

/** The labels that a Kustomization puts on what it applies (fluxcd/pkg ssa/manager.go, SetOwnerLabels). */
export const ownerLabels = { name: `${kustomizeGroup}/name`, namespace: `${kustomizeGroup}/namespace` } as const;

/** What says the old name or namespace of a Kustomization, and what means the old namespace without saying it. */
export function* following(cluster: Cluster, { from, to }: Renaming): Generator<FixChange> {
  const renamed = cluster.kustomization(from.namespace, from.name);
  if (renamed === undefined) return;
  if (to.namespace !== from.namespace) yield* ownReferences(cluster, renamed);
  yield* ownPatches(renamed.resource, { from, to });
  const target = identityOf(from);
  for (const reference of cluster.references.to(target)) {
    yield* called(reference.resource, namePath(reference), to);
    yield* placed(reference.resource, reference.at, to);
  }
  for (const kustomization of cluster.kustomizations) {
    for (const check of healthChecksOf(kustomization)) {
      if (identityKey(check) === identityKey(target))
        yield* entry(kustomization.resource, ['spec', 'healthChecks', check.index], from, to);
    }
    yield* patches(kustomization.resource, kustomization.spec, ['spec'], { from, to });
    if (kustomization.contents.type !== 'built') continue;
    for (const document of kustomization.contents.built.kustomizations)
      yield* patches(document, document.value, [], { from, to });
  }
  for (const set of cluster.ofKind('fluxcd.controlplane.io', 'ResourceSet')) {
    for (const [i, dependency] of listAt(set.value, 'spec', 'dependsOn').entries()) {
      const { group } = groupVersion(textAt(dependency, 'apiVersion') ?? '');
      if (group === target.group && textAt(dependency, 'kind') === target.kind && isCalled(dependency, from))
        yield* entry(set, ['spec', 'dependsOn', i], from, to);
    }
  }
  for (const resource of cluster.resources) yield* selectors(resource, resource.value, [], { from, to });
}

/** What a Kustomization refers to in its namespace without naming it. What cannot say a namespace stays: needs.ts tells of it. */
function* ownReferences({ references }: Cluster, { resource, namespace }: FluxKustomization): Generator<FixChange> {
  for (const { resource: of, at: way, row } of references.all) {
    if (of !== resource || row.namespace === 'own' || !isJsonObject(at(of.value, ...way))) continue;
    if (!textAt(of.value, ...way, 'namespace')) yield spaced(of, way, namespace);
  }
}

function* called(of: Resource | SourceDocument, path: Path, { name }: Called): Generator<FixChange> {
  if (at(of.value, ...path) !== name) yield { of, path, set: name };
}

/** The namespace of a reference that means its object's own where it says none. */
function* placed(of: Resource, way: Path, { namespace }: Called): Generator<FixChange> {
  if ((textAt(of.value, ...way, 'namespace') || of.namespace) !== namespace) yield spaced(of, way, namespace);
}

/** An entry that says name and namespace, or the name alone and means any namespace. */
function* entry(of: Resource | SourceDocument, way: Path, from: Called, to: Called): Generator<FixChange> {
  if (textAt(of.value, ...way, 'name') === from.name) yield* called(of, [...way, 'name'], to);
  const said = textAt(of.value, ...way, 'namespace');
  if (said === from.namespace && said !== to.namespace) yield spaced(of, way, to.namespace);
}

function spaced(of: Resource | SourceDocument, way: Path, namespace: string): FixChange {
  return { of, path: [...way, 'namespace'], set: namespace, after: ['name'] };
}

function isCalled(value: Json, { namespace, name }: Called): boolean {
  return textAt(value, 'name') === name && (textAt(value, 'namespace') || namespace) === namespace;
}

/** Patches that are meant for it by its name. */
function* patches(
  of: Resource | SourceDocument,
  value: Json,
  way: Path,
  { from, to }: Omit<Renaming, 'clusters'>,
): Generator<FixChange> {
  for (const [i, patch] of listAt(value, 'patches').entries()) {
    const target = at(patch, 'target');
    if (target === undefined || !isCalled(target, from)) continue;
    if ((textAt(target, 'kind') ?? 'Kustomization') !== 'Kustomization') continue;
    yield* entry(of, [...way, 'patches', i, 'target'], from, to);
  }
}

/** Patches that are objects of its name, by what they have set. */
function* ownPatches(resource: Resource, { from, to }: Omit<Renaming, 'clusters'>): Generator<FixChange> {
  const documents = new Set(leavesOf(resource.value).map((path) => writtenAt(resource, path).document));
  for (const document of documents) {
    if (document !== resource.document && textAt(document.value, 'kind') === resource.kind)
      yield* entry(document, ['metadata'], from, to);
  }
}

function leavesOf(value: Json, path: Path = []): readonly Path[] {
  if (Array.isArray(value)) return value.flatMap((item, i) => leavesOf(item as Json, [...path, i]));
  if (!isJsonObject(value)) return [path];
  return Object.entries(value).flatMap(([key, inner]) => leavesOf(inner, [...path, key]));
}

/** Selectors of the labels that its objects have. */
function* selectors(
  of: Resource,
  value: Json,
  path: Path,
  { from, to }: Omit<Renaming, 'clusters'>,
): Generator<FixChange> {
  if (Array.isArray(value)) {
    for (const [i, item] of value.entries()) yield* selectors(of, item as Json, [...path, i], { from, to });
  } else if (isJsonObject(value)) {
    const space = value[ownerLabels.namespace] ?? from.namespace;
    if (value[ownerLabels.name] === from.name && space === from.namespace) {
      if (to.name !== from.name) yield { of, path: [...path, ownerLabels.name], set: to.name };
      if (value[ownerLabels.namespace] !== undefined && to.namespace !== from.namespace)
        yield { of, path: [...path, ownerLabels.namespace], set: to.namespace };
    }
    for (const [key, inner] of Object.entries(value)) {
      if (path.length > 0 || key !== 'metadata') yield* selectors(of, inner, [...path, key], { from, to });
    }
  }
}

import type { JsonObject } from '../json/json';
import { at, listAt, textAt } from '../json/read';
import { groupVersion } from '../systems/api-version';
import { memoize } from '../text/memoize';
import { isFlux } from './apply';
import type { Cluster } from './cluster';
import { kustomizeGroup } from './flux/objects';
import type { Identity } from './identity';
import type { FluxKustomization, Resource } from './resource';

/** `apps/backstage`: how messages name a Kustomization after the word itself. */
export function nameOf({ namespace, name }: Pick<FluxKustomization, 'namespace' | 'name'>): string {
  return namespace === '' ? name : `${namespace}/${name}`;
}

export function isSuspended({ spec }: FluxKustomization): boolean {
  return at(spec, 'suspend') === true;
}

/** Whether bootstrap or a person applied it, before Flux read the tree. */
export function isFirst({ namespace, name }: FluxKustomization, { begun }: Pick<Cluster, 'begun'>): boolean {
  return firstNames(begun).has(`${namespace}/${name}`);
}

/** Gathered once: it is asked of every Kustomization. */
const firstNames = memoize(
  (begun: Cluster['begun']) => new Set(begun.filter(isFlux).map(({ namespace, name }) => `${namespace}/${name}`)),
);

export function isSame(a: FluxKustomization, b: FluxKustomization): boolean {
  return a === b || (a.namespace === b.namespace && a.name === b.name);
}

/** Whether one applies another, be it through a third: what applies definitions has applied them before that one is there. */
export function isAbove(by: FluxKustomization, { resource }: FluxKustomization): boolean {
  for (let above = resource.appliedBy; above !== undefined; above = above.resource.appliedBy) {
    if (isSame(above, by)) return true;
    // A root applies itself.
    if (above.resource.appliedBy !== undefined && isSame(above.resource.appliedBy, above)) break;
  }
  return false;
}

/** The namespaces of the first Kustomizations and their sources: they were there before Flux read the tree. */
export function* bootstrappedNamespaces(cluster: Pick<Cluster, 'kustomizations' | 'begun'>): Generator<string> {
  yield 'flux-system';
  for (const { group, kind, name } of cluster.begun) if (group === '' && kind === 'Namespace') yield name;
  for (const kustomization of cluster.kustomizations.filter((each) => isFirst(each, cluster))) {
    yield kustomization.namespace;
    const source = textAt(kustomization.spec, 'sourceRef', 'namespace');
    if (source !== undefined) yield source;
  }
}

/** One entry of `spec.healthChecks`; without an apiVersion Flux takes apps/v1 (internal/inventory/inventory.go). */
export interface HealthCheck extends Identity {
  readonly index: number;
}

export function healthChecksOf({ spec }: FluxKustomization): readonly HealthCheck[] {
  return healthChecksIn(spec);
}

/** Read once: they are compared with every object that is applied. */
const healthChecksIn = memoize((spec: JsonObject): readonly HealthCheck[] =>
  listAt(spec, 'healthChecks').flatMap((entry, index) => {
    const kind = textAt(entry, 'kind');
    const name = textAt(entry, 'name');
    if (kind === undefined || name === undefined) return [];
    const { group } = groupVersion(textAt(entry, 'apiVersion') || 'apps/v1');
    return [{ index, group, kind, name, namespace: textAt(entry, 'namespace') ?? '' }];
  }),
);

/** Whether a Kustomization waits for anything before it counts as ready. */
export function waits({ spec }: FluxKustomization): boolean {
  return at(spec, 'wait') === true || listAt(spec, 'healthChecks').length > 0;
}

/** Whether a Kustomization counts as ready only when one of the objects that it applies is. */
export function waitsFor(
  kustomization: FluxKustomization,
  resource: Identity & Partial<Pick<Resource, 'madeBy'>>,
): boolean {
  // For what a ResourceSet makes, that waits or does not.
  if (at(kustomization.spec, 'wait') === true && resource.madeBy === undefined) return true;
  return healthChecksOf(kustomization).some(
    ({ group, kind, namespace, name }) =>
      group === resource.group && kind === resource.kind && namespace === resource.namespace && name === resource.name,
  );
}

/** Whether an expression says when objects of a kind are healthy: of its group at least (the version does not count). */
export function hasHealthExpression(
  { spec }: FluxKustomization,
  { group, kind }: Pick<Identity, 'group' | 'kind'>,
): boolean {
  return listAt(spec, 'healthCheckExprs').some((entry) => {
    const given = textAt(entry, 'kind') ?? '';
    return groupVersion(textAt(entry, 'apiVersion') ?? '').group === group && (given === '' || given === kind);
  });
}

/** What an object says of how Flux treats it (`kustomize.toolkit.fluxcd.io/prune`, say), in lower case. */
export function policyOf({ value }: Pick<Resource, 'value'>, policy: 'prune' | 'ssa' | 'force' | 'reconcile'): string {
  const key = `${kustomizeGroup}/${policy}`;
  const given = textAt(value, 'metadata', 'annotations', key) ?? textAt(value, 'metadata', 'labels', key);
  return given?.toLowerCase() ?? '';
}

/** Whether Flux never deletes an object, whoever takes it out of the tree (deleteObjects in kustomization_controller.go). */
export function neverPruned(resource: Pick<Resource, 'value' | 'madeBy'>): boolean {
  // (flux-operator internal/controller/resourceset_controller.go)
  if (resource.madeBy !== undefined) {
    return textAt(resource.value, 'metadata', 'annotations', 'fluxcd.controlplane.io/prune') === 'disabled';
  }
  return (
    policyOf(resource, 'prune') === 'disabled' ||
    policyOf(resource, 'reconcile') === 'disabled' ||
    policyOf(resource, 'ssa') === 'ignore'
  );
}

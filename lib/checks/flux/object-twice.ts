import { describe, identityKey, step } from '../../graph/identity';
import { at } from '../../graph/json';
import type { FluxKustomization, Resource } from '../../graph/resource';
import { isKnown } from '../../graph/substitution';
import { sameJson } from '../../tree/same-json';
import type { JsonObject } from '../../tree/tree';
import type { ClusterCheck, Problem } from '../check';
import { isSame, isSuspended, nameOf, neverPruned, policyOf } from './kustomization';

/** What two Kustomizations both apply. */
interface Shared {
  readonly first: FluxKustomization;
  readonly second: FluxKustomization;
  readonly objects: { readonly one: Resource; readonly other: Resource }[];
}

export const objectTwice: ClusterCheck = {
  id: 'flux/object-twice',
  severity: 'error',
  title: 'One object in two Kustomizations',
  atRunTime:
    'each overwrites what the other applied, at every interval, and the one that loses the object deletes it for both',
  remedy: 'leave the object to one Kustomization, and let the other depend on it',
  source: 'kustomize-controller internal/controller/kustomization_controller.go (SetOwnerLabels, deleteObjects)',
  *check({ resources, find }) {
    const seen = new Map<string, Resource>();
    const pairs = new Map<string, Shared>();
    for (const resource of resources) {
      const { appliedBy } = resource;
      // Nearly every object is the only one of its name.
      if (
        find(resource).length < 2 ||
        appliedBy === undefined ||
        resource.uncertain ||
        appliedBy.resource.uncertain ||
        isSuspended(appliedBy) ||
        isPartOwned(resource)
      )
        continue;
      if (!isKnown(resource.name) || !isKnown(resource.namespace)) continue;
      const key = identityKey(resource);
      const before = seen.get(key);
      if (before?.appliedBy === undefined) seen.set(key, resource);
      else if (!isSame(before.appliedBy, appliedBy)) add(pairs, before, before.appliedBy, resource, appliedBy);
    }
    for (const shared of pairs.values()) yield problemOf(shared);
  },
};

/** Flux applies it beside others, or once, or not at all. A Namespace that is never deleted may stand in several places. */
function isPartOwned(resource: Resource): boolean {
  // Most objects have neither.
  const { metadata } = resource.value;
  if (at(metadata, 'annotations') === undefined && at(metadata, 'labels') === undefined) return false;
  if (['merge', 'ifnotpresent', 'ignore'].includes(policyOf(resource, 'ssa'))) return true;
  if (policyOf(resource, 'reconcile') === 'disabled') return true;
  return resource.kind === 'Namespace' && resource.group === '' && neverPruned(resource);
}

function add(
  pairs: Map<string, Shared>,
  one: Resource,
  first: FluxKustomization,
  other: Resource,
  second: FluxKustomization,
): void {
  const key = `${nameOf(first)} ${nameOf(second)}`;
  const shared = pairs.get(key);
  if (shared === undefined) pairs.set(key, { first, second, objects: [{ one, other }] });
  else shared.objects.push({ one, other });
}

function problemOf({ first, second, objects }: Shared): Problem {
  const differing = objects.find(({ one, other }) => !sameJson(withoutMarks(one), withoutMarks(other)));
  const { other } = differing ?? (objects[0] as Shared['objects'][number]);
  const more = objects.length === 1 ? '' : ` and ${objects.length - 1} more`;
  const verb = objects.length === 1 ? 'is' : 'are';
  return {
    at: { resource: other, path: ['metadata', 'name'] },
    message: `${describe(other)}${more} ${verb} applied by both Kustomization ${nameOf(first)} and ${nameOf(second)}`,
    // The same content twice is only labelled anew, until one of the two goes.
    severity: differing === undefined ? 'warning' : 'error',
    together: {
      key: `${identityKey(other)} ${nameOf(first)}`,
      message: (count) =>
        `${count} Kustomizations apply ${describe(other)}, which Kustomization ${nameOf(first)} applies as well`,
    },
    chain: [`Kustomization/${first.name}`, step(other), `Kustomization/${second.name}`],
  };
}

/** An object without its labels and annotations: those of Kustomizations that label what they apply differ, and harm nobody. */
function withoutMarks({ value }: Resource): JsonObject {
  return { ...value, metadata: null };
}

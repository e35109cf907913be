import { describe, identityKey, step } from '../../graph/identity';
import { isSame, isSuspended, nameOf, neverPruned, policyOf } from '../../graph/kustomization';
import type { FluxKustomization, Resource } from '../../graph/resource';
import { isKnown } from '../../graph/substitution';
import { deepEqual } from '../../json/deep-equal';
import type { JsonObject } from '../../json/json';
import { at, objectAt } from '../../json/read';
import type { ClusterCheck, Problem } from '../check';

/** What the same Kustomizations apply, each of them all. */
interface Shared {
  readonly kustomizations: readonly FluxKustomization[];
  /** Each object, as each of them applies it. */
  readonly objects: (readonly Resource[])[];
}

export const objectTwice: ClusterCheck = {
  id: 'flux/object-twice',
  severity: 'error',
  title: 'One object in two Kustomizations',
  atRunTime:
    'each overwrites what the other applied, at every interval; when the object leaves one of them, that one deletes it',
  remedy: 'keep the object in one Kustomization, and make the other depend on it',
  source: 'kustomize-controller internal/controller/kustomization_controller.go (SetOwnerLabels, deleteObjects)',
  *check({ resources, find }) {
    const appliers = new Map<string, Resource[]>();
    for (const resource of resources) {
      const { appliedBy } = resource;
      // Nearly every object is the only one of its name.
      if (
        find(resource).length < 2 ||
        appliedBy === undefined ||
        // Helm takes it over (helm-controller 1.6 internal/action/install.go: TakeOwnership).
        resource.chart !== undefined ||
        resource.madeBy !== undefined ||
        resource.uncertain ||
        appliedBy.resource.uncertain ||
        isSuspended(appliedBy) ||
        isPartOwned(resource)
      )
        continue;
      if (!isKnown(resource.name) || !isKnown(resource.namespace)) continue;
      const known = appliers.get(identityKey(resource)) ?? [];
      appliers.set(identityKey(resource), known);
      if (!known.some((other) => isSame(other.appliedBy as FluxKustomization, appliedBy))) known.push(resource);
    }
    const shared = new Map<string, Shared>();
    for (const same of appliers.values()) {
      if (same.length < 2) continue;
      const kustomizations = same.map(({ appliedBy }) => appliedBy as FluxKustomization);
      const key = kustomizations.map(nameOf).join(' ');
      const before = shared.get(key);
      if (before === undefined) shared.set(key, { kustomizations, objects: [same] });
      else before.objects.push(same);
    }
    for (const each of shared.values()) yield problemOf(each);
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

function problemOf({ kustomizations, objects }: Shared): Problem {
  const differing = objects.find(([one, ...others]) => others.some((other) => !isAlike(one as Resource, other)));
  const other = (differing ?? (objects[0] as readonly Resource[]))[1] as Resource;
  const more = objects.length === 1 ? '' : ` and ${objects.length - 1} more`;
  const verb = objects.length === 1 ? 'is' : 'are';
  const names = kustomizations.map(nameOf);
  const by =
    names.length === 2
      ? `both Kustomization ${names.join(' and ')}`
      : `${names.length} Kustomizations: ${names.slice(0, 5).join(', ')}${names.length > 5 ? ', …' : ''}`;
  const [first, second] = kustomizations as [FluxKustomization, FluxKustomization];
  return {
    at: { resource: other, path: ['metadata', 'name'] },
    message: `${describe(other)}${more} ${verb} applied by ${by}`,
    // The same content twice is only labelled anew, until one of them goes.
    severity: differing === undefined ? 'warning' : 'error',
    chain: [`Kustomization/${first.name}`, step(other), `Kustomization/${second.name}`],
  };
}

/** Whether two objects say the same but for the labels and annotations of those that apply them. */
function isAlike(one: Resource, other: Resource): boolean {
  return deepEqual(withoutMarks(one.value), withoutMarks(other.value));
}

function withoutMarks({ metadata, ...rest }: JsonObject): JsonObject {
  const { labels: _, annotations: __, ...own } = objectAt(metadata) ?? {};
  return { ...rest, metadata: own };
}

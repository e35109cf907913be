import { identityKey } from '../graph/identity';
import type { Resource } from '../graph/resource';
import { groupBy } from '../text/group-by';
import type { Difference } from './difference';

/** An object before and after a change. */
export type Pairing =
  | { readonly before: Resource; readonly after: Resource }
  | { readonly before: Resource; readonly after: undefined }
  | { readonly before: undefined; readonly after: Resource };

/** An object on both sides of a change, with what differs. */
export type Changed = Pairing & { readonly fields: readonly Difference[] };

/**
 * Pairs objects by what they are: group, kind, namespace and name; of several with one identity, those of the same Kustomization. What
 * kustomize generates is paired without the hash at the end of its name.
 */
export function pairResources(before: readonly Resource[], after: readonly Resource[]): Pairing[] {
  const [paired, gone, come] = pairBy(before, after, identityKey);
  const [generated, reallyGone, reallyCome] = pairBy(gone, come, (resource) =>
    resource.generated ? identityKey({ ...resource, name: withoutHash(resource.name) }) : undefined,
  );
  return [
    ...paired,
    ...generated,
    ...reallyGone.map((resource) => ({ before: resource, after: undefined })),
    ...reallyCome.map((resource) => ({ before: undefined, after: resource })),
  ];
}

type Both = { readonly before: Resource; readonly after: Resource };

function pairBy(
  before: readonly Resource[],
  after: readonly Resource[],
  keyOf: (resource: Resource) => string | undefined,
): [paired: Both[], gone: Resource[], come: Resource[]] {
  const waiting = groupBy(after, keyOf);
  const paired: Both[] = [];
  const gone: Resource[] = [];
  const taken = new Set<Resource>();
  for (const resource of before) {
    const key = keyOf(resource);
    const candidates = (key === undefined ? undefined : waiting.get(key))?.filter((other) => !taken.has(other)) ?? [];
    const other = candidates.find((candidate) => isAppliedAlike(candidate, resource)) ?? candidates[0];
    if (other === undefined) gone.push(resource);
    else {
      taken.add(other);
      paired.push({ before: resource, after: other });
    }
  }
  return [paired, gone, after.filter((resource) => !taken.has(resource))];
}

/** Whether the same Kustomization applies them, or the same release of a chart makes them. */
export function isAppliedAlike(a: Resource, b: Resource): boolean {
  if (a.chart !== undefined || b.chart !== undefined)
    return a.chart !== undefined && b.chart !== undefined && isSameRelease(a.chart.release, b.chart.release);
  return a.appliedBy?.namespace === b.appliedBy?.namespace && a.appliedBy?.name === b.appliedBy?.name;
}

function isSameRelease(a: Resource, b: Resource): boolean {
  return a.namespace === b.namespace && a.name === b.name;
}

/** `settings` of `settings-7g2k9dh5mf` (sigs.k8s.io/kustomize api/hasher: ten characters). */
export function withoutHash(name: string): string {
  return name.replace(/-[a-z0-9]{10}$/, '');
}

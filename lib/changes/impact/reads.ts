import type { Cluster } from '../../graph/cluster';
import { type Identity, identityKey } from '../../graph/identity';
import { templatedReferences, valuesReferences } from '../../graph/references/chart-values';
import { type LikelyReference, likelyReferences } from '../../graph/references/likely';
import type { Reference } from '../../graph/references/reference';
import type { Remote } from '../../graph/remotes';
import { keysMadeOf } from '../../graph/secrets/lineage';
import { isOfSecret, type SecretKind, type SecretReference } from '../../graph/secrets/secret-index';
import { usedAs } from '../../graph/secrets/used-as';
import { groupBy } from '../../text/group-by';
import { memoize } from '../../text/memoize';

/** Who reads a Secret or ConfigMap, or a key of it: by object, releases whose values name it among them. */
export function readersOf(
  cluster: Cluster,
  kind: SecretKind,
  namespace: string,
  name: string,
  key: string | undefined,
): [SecretReference, ...SecretReference[]][] {
  const all = [
    ...cluster.secrets.readersOf(kind, namespace, name),
    ...(ofValues(cluster).get(`${kind}/${namespace}/${name}`) ?? []),
  ];
  const read = all.filter((one) => key === undefined || one.key === undefined || one.key === key);
  return [...groupBy(read, ({ resource }) => identityKey(resource)).values()];
}

/** What probably reads one, as only a field of it lets us think, and is none of those. */
export function likelyReadersOf(
  cluster: Cluster,
  kind: SecretKind,
  namespace: string,
  name: string,
  key: string | undefined,
): readonly LikelyReference[] {
  const sure = new Set(readersOf(cluster, kind, namespace, name, undefined).map(([{ resource }]) => resource));
  return likelyReferences(cluster, kind, namespace, name).filter(
    (one) => !sure.has(one.resource) && (key === undefined || one.key === undefined || one.key === key),
  );
}

/** What refers to an object: by a field, or in the values of a release whose chart is not opened. */
export function referencesTo(cluster: Cluster, identity: Identity): readonly Reference[] {
  return [...cluster.references.to(identity), ...(byTarget(cluster).get(identityKey(identity)) ?? [])];
}

const ofValues = memoize((cluster: Cluster) =>
  groupBy(inValues(cluster).filter(isOfSecret), ({ kind, namespace, name }) => `${kind}/${namespace}/${name}`),
);
const byTarget = memoize((cluster: Cluster) => groupBy(inValues(cluster), identityKey));

const inValues = memoize((cluster: Cluster) => [...valuesReferences(cluster), ...templatedReferences(cluster)]);

/** The one key of its Secret that an ExternalSecret makes of some reads; undefined for several, and where that is not known. */
export function keyMade(cluster: Cluster, remotes: readonly Remote[]): string | undefined {
  const made = remotes.map((remote) => keysMadeOf(cluster, remote));
  const keys = new Set(made.flat());
  return keys.size === 1 && !made.includes('all') ? [...keys][0] : undefined;
}

/** How a Secret or ConfigMap is taken, as the end of a sentence; the same words as in the pages of `espalier docs`. */
export function takes(references: readonly SecretReference[]): string {
  const ways = [...groupBy(references, ({ use, resource }) => (isValues(use, resource.kind) ? 'chart' : use))];
  return ways
    .map(([use, own]) => {
      const keys = [...new Set(own.flatMap(({ key }) => key ?? []))];
      const which = keys.length === 0 ? 'it' : keys.map((one) => `\`${one}\``).join(', ');
      return wayOf(use, which);
    })
    .join(', ');
}

/** What a chart does with the Secrets that its values name, only the chart knows. */
function isValues(use: SecretReference['use'], kind: string): boolean {
  return kind === 'HelmRelease' && use !== 'values' && use !== 'flux';
}

function wayOf(use: SecretReference['use'] | 'chart', which: string): string {
  if (use === 'chart') return `names ${which} in the values of its chart`;
  return use === 'push' ? `pushes ${which}` : `takes ${usedAs(use, which)}`;
}

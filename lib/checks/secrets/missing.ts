import type { Cluster } from '../../graph/cluster';
import { describe, identityKey, step } from '../../graph/identity';
import { bootstrappedNamespaces } from '../../graph/kustomization';
import { namePath } from '../../graph/references/find';
import { judgedReferences } from '../../graph/secrets/judged';
import { Neighbours } from '../../graph/secrets/neighbours';
import { renamed } from '../../graph/secrets/renames';
import type { SecretReference } from '../../graph/secrets/secret-index';
import { everywhere, Writers } from '../../graph/secrets/writers';
import { mayMake } from '../../graph/unknown-index';
import { groupBy } from '../../text/group-by';
import { lazy } from '../../text/memoize';
import type { ClusterCheck, Problem } from '../check';
import { respelledAll } from '../meant';
import { missingUnless } from '../unless';

export const missing: ClusterCheck = {
  id: 'secrets/missing',
  severity: 'error',
  title: 'Secret or ConfigMap that nothing creates',
  atRunTime:
    'a pod that reads it stays in CreateContainerConfigError or ContainerCreating; an operator keeps waiting for it',
  remedy:
    'name one that exists, or add what creates it; if something outside the tree creates it, list it under `external` in the configuration',
  fixes: 'write the one name that is a slip away',
  source: 'https://kubernetes.io/docs/concepts/configuration/secret/#using-secrets',
  *check(cluster) {
    const neighbours = new Neighbours(cluster);
    const writers = new Writers(cluster);
    const reported = new Set<string>();
    const first = new Set(bootstrappedNamespaces(cluster));
    const isAlone = ({ row, namespace: within }: SecretReference) =>
      row.byHand === 'always' || (row.byHand === 'first' && first.has(within));
    // What somebody makes by hand for one, such as a store's login, others may read.
    const byHand = new Set(cluster.secrets.references.filter(isAlone).map(identityKey));
    const isByHand = (reference: SecretReference) => byHand.has(identityKey(reference));
    const uses = lazy(() => groupBy(judgedReferences(cluster), useKey));
    for (const reference of judgedReferences(cluster)) {
      const { kind, namespace, name } = reference;
      const unsure = missingUnless(cluster.secrets.lookup(kind, namespace, name), reference);
      if (unsure === undefined || everywhere.test(name)) continue;
      const by = writers.makerOf(reference);
      const isOwn = onlyItselfMayMake(reference, cluster);
      const unless = by !== undefined ? { unless: { kind, namespace, name, by } } : isOwn ? {} : unsure;
      // Told by secrets/renamed.
      if (renamed(cluster, reference) !== undefined) continue;
      // One line for one object, however many of the keys it reads.
      const key = useKey(reference);
      if (reported.has(key)) continue;
      reported.add(key);
      for (const found of problem(reference, neighbours, isByHand, () => uses().get(key) ?? []))
        yield { ...found, ...unless };
    }
  },
};

/** Whether nothing may make what a HelmRelease takes values from but its own chart, which is not rendered without them. */
function onlyItselfMayMake({ use, kind, namespace, name, resource }: SecretReference, cluster: Cluster): boolean {
  if (use !== 'values' || resource.path.length > 0) return false;
  const makers = cluster.unknownSources.filter((source) => mayMake(source, { group: '', kind, namespace, name }));
  return makers.length > 0 && makers.every(({ document }) => document === resource.document);
}

/** What an object names, however many keys of it. */
function useKey({ resource, kind, namespace, name }: SecretReference): string {
  return JSON.stringify([step(resource), resource.namespace, kind, namespace, name]);
}

function* problem(
  reference: SecretReference,
  neighbours: Neighbours,
  isByHand: (reference: SecretReference) => boolean,
  uses: () => readonly SecretReference[],
): Generator<Problem> {
  const { resource, kind, name, use, row } = reference;
  const near = neighbours.near(reference);
  if (near === undefined && isByHand(reference)) return;
  const reason = neighbours.reason(reference);
  const meant = near === undefined ? neighbours.elsewhere(reference) : `did you mean ${near}?`;
  const hint = reason ?? meant;
  yield {
    at: { resource, path: namePath(reference) },
    message: `nothing creates ${describe(reference)}${hint === undefined ? '' : `; ${hint}`}`,
    chain: [step(resource), `${kind}/${name}`],
    ...(reason === undefined &&
      near !== undefined &&
      respelledAll(uses().map(namePath), name, neighbours.written(reference))),
    // A controller of ingresses serves its own certificate meanwhile.
    ...(use === 'tls' || row.byHand !== undefined ? { severity: 'warning' as const } : {}),
  };
}

import { describe, step } from '../../graph/identity';
import { namePath } from '../../graph/references/find';
import { judgedReferences } from '../../graph/secrets/judged';
import { Neighbours } from '../../graph/secrets/neighbours';
import { renamed } from '../../graph/secrets/renames';
import type { ReferenceUse, SecretReference } from '../../graph/secrets/secret-index';
import { everywhere, Writers } from '../../graph/secrets/writers';
import type { ClusterCheck, Problem } from '../check';
import { missingUnless } from '../unless';

/** Often made by hand before Flux comes: no tree shows them. They are reported where another name seems to be meant. */
const madeByHand = new Set<ReferenceUse>(['store', 'imagePullSecret']);

export const missing: ClusterCheck = {
  id: 'secrets/missing',
  severity: 'error',
  title: 'Secret or ConfigMap that nothing creates',
  atRunTime:
    'a pod that reads it stays in CreateContainerConfigError or ContainerCreating; an operator keeps waiting for it',
  remedy:
    'name one that exists, or add what creates it; if something outside the tree creates it, list it under `external` in the configuration',
  source: 'https://kubernetes.io/docs/concepts/configuration/secret/#using-secrets',
  *check(cluster) {
    const neighbours = new Neighbours(cluster);
    const writers = new Writers(cluster);
    const reported = new Set<string>();
    for (const reference of judgedReferences(cluster)) {
      const { resource, kind, namespace, name } = reference;
      const unsure = missingUnless(cluster.secrets.lookup(kind, namespace, name), reference);
      if (unsure === undefined || everywhere.test(name)) continue;
      const by = writers.makerOf(reference);
      const unless = by === undefined ? unsure : { unless: { kind, namespace, name, by } };
      // Told by secrets/renamed.
      if (renamed(cluster, reference) !== undefined) continue;
      // One line for one object, however many of the keys it reads.
      const key = JSON.stringify([step(resource), resource.namespace, kind, namespace, name]);
      if (reported.has(key)) continue;
      reported.add(key);
      for (const found of problem(reference, neighbours)) yield { ...found, ...unless };
    }
  },
};

function* problem(reference: SecretReference, neighbours: Neighbours): Generator<Problem> {
  const { resource, kind, name, use } = reference;
  const near = neighbours.near(reference);
  if (madeByHand.has(use) && near === undefined) return;
  const reason = neighbours.reason(reference);
  const meant = near === undefined ? neighbours.elsewhere(reference) : `did you mean ${near}?`;
  const hint = reason ?? meant;
  yield {
    at: { resource, path: namePath(reference) },
    message: `nothing creates ${describe(reference)}${hint === undefined ? '' : `; ${hint}`}`,
    chain: [step(resource), `${kind}/${name}`],
    // A controller of ingresses serves its own certificate meanwhile.
    ...(use === 'tls' || madeByHand.has(use) ? { severity: 'warning' as const } : {}),
  };
}

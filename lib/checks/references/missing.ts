import type { Cluster } from '../../graph/cluster';
import { describe, step } from '../../graph/identity';
import { isMisspelt } from '../../graph/misspelt';
import { valuesReferences } from '../../graph/references/chart-values';
import { namePath } from '../../graph/references/find';
import type { Reference } from '../../graph/references/reference';
import { targetsOf } from '../../graph/references/targets';
import { isKnown } from '../../graph/substitution';
import { textAt } from '../../json/read';
import { isClusterScoped } from '../../systems/kinds/scope';
import { isBroughtByCluster } from '../../systems/references/targets';
import type { ClusterCheck, Problem } from '../check';
import { didYouMean, hintFor } from '../hint';
import { namesWritten, respelled } from '../meant';
import { missingUnless } from '../unless';

export const missing: ClusterCheck = {
  id: 'references/missing',
  severity: 'error',
  title: 'Reference to an object that does not exist',
  atRunTime: 'the controller that follows the reference waits for the object, or fails, for as long as it is missing',
  remedy:
    'name an object that exists, or add it; if something outside the tree creates it, list it under `external` in the configuration',
  fixes: 'write the one name that is a slip away',
  source: 'docs/references.md',
  *check(cluster) {
    for (const reference of judgedTargets(cluster)) {
      const problem = problemOf(cluster, reference);
      if (problem !== undefined) yield problem;
    }
  },
};

/** What no rule of its own reports, as far as its names are known. */
export function* judgedTargets(cluster: Cluster): Generator<Reference> {
  for (const reference of [...cluster.references.all, ...valuesReferences(cluster)]) {
    const { use, row, resource, namespace, name } = reference;
    if (use !== undefined || (row.rule ?? missing.id) !== missing.id || resource.uncertain) continue;
    if (!isKnown(name) || !isKnown(namespace) || /[*{]/.test(name)) continue;
    if (namespace === '' && isClusterScoped(reference) !== true) continue;
    yield reference;
  }
}

function problemOf(cluster: Cluster, reference: Reference): Problem | undefined {
  const { resource, row, kind, group, namespace } = reference;
  const targets = targetsOf(cluster);
  const found = targets.lookup(reference);
  if (found.state === 'found') return undefined;
  const unless = isMisspelt(cluster, found, reference) ? {} : missingUnless(found, reference);
  if (unless === undefined) return undefined;
  const isOpen = unless.unless !== undefined;
  const near = isOpen ? undefined : targets.near(reference);
  const elsewhere = isOpen || near !== undefined ? '' : hintFor(reference, cluster.ofKind(group, kind));
  const hint = near === undefined ? elsewhere : didYouMean(near);
  if (hint === '' && (isBroughtByCluster(reference) || !targets.hasNamespace(namespace))) return undefined;
  // A chart within a chart brings accounts and Services under names of its own.
  if (hint === '' && row.severity === 'warning' && cluster.othersIn(reference) !== undefined) return undefined;
  const others = cluster.ofKind(group, kind).filter((other) => other.namespace === namespace);
  return {
    at: { resource, path: namePath(reference) },
    ...(row.severity !== undefined && { severity: row.severity }),
    message: `there is no ${describe(reference)}${row.fails === undefined ? '' : `: ${row.fails}`}${hint}`,
    chain: [step(resource), step(reference)],
    ...(!isOpen &&
      textAt(resource.value, ...namePath(reference)) === reference.name &&
      respelled(namePath(reference), reference.name, namesWritten(others))),
    ...unless,
  };
}

import { memoize } from '../../text/memoize';
import type { Cluster } from '../cluster';
import { valuesReferences } from '../references/chart-values';
import { isKnown } from '../substitution';
import { isOfSecret, type SecretReference } from './secret-index';

/** The references that must lead to something: not the optional ones, those that the rules of pushes report, nor those with a name that nobody knows yet. */
export const judgedReferences: (cluster: Cluster) => readonly SecretReference[] = memoize((cluster) => [
  ...judged(cluster),
]);

function* judged(cluster: Cluster): Generator<SecretReference> {
  for (const reference of [...cluster.secrets.references, ...valuesReferences(cluster).filter(isOfSecret)]) {
    const { use, optional, namespace, name, key = '' } = reference;
    if (optional || use === 'push' || reference.resource.uncertain) continue;
    // Without a namespace, where it lies depends on what a rule of its own reports.
    if (namespace === '' || ![namespace, name, key].every(isKnown)) continue;
    yield reference;
  }
}

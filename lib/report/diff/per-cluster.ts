import type { Cluster } from '../../graph/cluster';

/** Makes something of a cluster once, whoever asks for it how often. */
export function perCluster<T>(make: (cluster: Cluster) => T): (cluster: Cluster) => T {
  const made = new WeakMap<Cluster, { readonly of: T }>();
  return (cluster) => {
    const known = made.get(cluster) ?? { of: make(cluster) };
    made.set(cluster, known);
    return known.of;
  };
}

import { textsIn } from '../json/read';
import { nearest } from '../text/nearest';
import type { Cluster, Lookup } from './cluster';
import type { Identity } from './identity';

/**
 * Whether another name was meant, where nothing but a chart may bring an object of the name that is written: charts hardly ever bring
 * stores and generators, and none of the tree speaks of it.
 */
export function isMisspelt(cluster: Cluster, found: Lookup, { group, kind, namespace, name }: Identity): boolean {
  if (found.state !== 'unknown' || found.by?.helm !== true) return false;
  const others = cluster.ofKind(group, kind).flatMap((other) => (other.namespace === namespace ? [other.name] : []));
  if (nearest(name, others) === undefined) return false;
  for (const { value } of cluster.ofKind('helm.toolkit.fluxcd.io', 'HelmRelease')) {
    for (const { text } of textsIn(value)) if (text.includes(name)) return false;
  }
  return true;
}

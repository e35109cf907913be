import { textsIn } from '../json/read';
import { nearest } from '../text/nearest';
import type { Cluster, Lookup } from './cluster';

/**
 * The name that was meant, where nothing but a chart may bring an object of the name that is written: charts hardly ever bring
 * stores and generators, and none of the tree speaks of it.
 */
export function misspelt(
  cluster: Cluster,
  found: Lookup,
  name: string,
  others: () => readonly string[],
): string | undefined {
  if (found.state !== 'unknown' || found.by?.helm !== true) return undefined;
  const near = nearest(name, others());
  if (near === undefined) return undefined;
  for (const { value } of cluster.ofKind('helm.toolkit.fluxcd.io', 'HelmRelease')) {
    for (const { text } of textsIn(value)) if (text.includes(name)) return undefined;
  }
  return near;
}

import type { SynthesizedTree } from '../constructs/synthesis';
import { EspalierError } from '../errors';
import type { Tree, TreeCluster } from '../tree/tree';

/** What one Cluster of a program writes of an output folder. */
export interface ClusterPart {
  readonly tree: Tree;
  /** Whether a path of the output folder is the cluster's. */
  readonly within: (path: string) => boolean;
}

/** @throws EspalierError where no app has such a cluster */
export function requireCluster(synthesized: readonly SynthesizedTree[], wanted: string): void {
  const names = synthesized.flatMap(({ tree }) => (tree.clusters ?? []).map(({ name }) => name));
  if (names.includes(wanted)) return;
  // It loads graph/, which a run that finds nothing changed does without.
  const { noSuchCluster } = require('./choose-cluster') as typeof import('./choose-cluster');
  throw noSuchCluster(names, wanted);
}

/**
 * The part of a tree that is one cluster's, told by its folder.
 *
 * @throws EspalierError where it shares that with another
 */
export function clusterPart(tree: Tree, wanted: string): ClusterPart | undefined {
  const { clusters = [] } = tree;
  const cluster = clusters.find(({ name }) => name === wanted);
  if (cluster === undefined) return undefined;
  const other = clusters.find((one) => one !== cluster && one.folder === cluster.folder);
  if (other !== undefined) {
    throw new EspalierError(
      `--cluster ${JSON.stringify(wanted)}: the Clusters ${wanted} and ${other.name} are written to one folder. Give each a \`directory\` of its own, or leave --cluster out.`,
    );
  }
  const within = (path: string) => homeOf(path, clusters) === cluster;
  const files = tree.files.filter(({ path }) => within(path));
  const policies = tree.policies?.filter((policy) => policy.cluster === wanted);
  return { tree: { ...tree, files, ...(policies && { policies }) }, within };
}

/** The cluster with the innermost folder that a path lies in. */
function homeOf(path: string, clusters: readonly TreeCluster[]): TreeCluster | undefined {
  const homes = clusters.filter(({ folder }) => folder === '' || path.startsWith(`${folder}/`));
  return homes.sort((a, b) => b.folder.length - a.folder.length)[0];
}

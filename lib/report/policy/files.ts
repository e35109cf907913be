import type { Graph } from '../../graph/graph';
import { requirementsOf } from '../../graph/vault/requirements';
import type { Tree, TreeFile } from '../../tree/tree';
import { commandsOf } from './commands';
import { hclOf } from './hcl';

/** A file that is written beside a tree's own: its text is all there is. */
export interface PolicyFile extends Pick<TreeFile, 'path' | 'madeBy' | 'cluster'> {
  readonly text: string;
}

/**
 * The policies that the clusters of a tree need, and the commands that write them: `<policy>.hcl` and `<policy>.sh` in the folder
 * that each cluster has for them. None for a cluster without a store of Vault.
 */
export function policyFiles({ files, policies = [] }: Tree, { clusters, tree }: Graph): PolicyFile[] {
  if (policies.length === 0) return [];
  const prefix = tree.below === '' ? '' : `${tree.below}/`;
  const clusterOf = new Map(files.map(({ path, cluster }) => [prefix + path, cluster]));
  return clusters.flatMap((cluster) => {
    const own = cluster.resources.find(({ document }) => clusterOf.has(document.file.path));
    const name = own && clusterOf.get(own.document.file.path);
    const wanted = policies.find((one) => one.cluster === name);
    if (wanted === undefined) return [];
    const madeBy = `VaultStore of the cluster ${wanted.cluster}`;
    const by = `Made by espalier synth for the cluster ${wanted.cluster}; change the constructs, not this file`;
    return requirementsOf(cluster).flatMap((requirements) => {
      const file = (ending: string, text: string): PolicyFile => ({
        path: `${wanted.folder}/${requirements.policy}.${ending}`,
        madeBy,
        cluster: wanted.cluster,
        text,
      });
      return [
        file('hcl', hclOf(requirements, by)),
        file('sh', commandsOf(requirements, { madeBy: by, policyFile: `${requirements.policy}.hcl` })),
      ];
    });
  });
}

import type { Cluster } from '../../graph/cluster';
import type { Graph } from '../../graph/graph';
import type { Tree, TreeFile } from '../../tree/tree';
import { commandsOf } from './commands';
import { hclOf } from './hcl';
import { requirementsOf } from './requirements';

/** A file that is written beside a tree's own: its text is all there is. */
export interface PolicyFile extends Pick<TreeFile, 'path' | 'madeBy' | 'cluster'> {
  readonly text: string;
}

/**
 * The policies that the clusters of a tree need, and the commands that write them: `<policy>.hcl` and `<policy>.sh` in the folder
 * that each cluster has for them. None for a cluster without a store of Vault.
 */
export function policyFiles({ files, policies = [] }: Tree, { clusters }: Pick<Graph, 'clusters'>): PolicyFile[] {
  if (policies.length === 0) return [];
  const pathOf = ({ resources: [first] }: Cluster) => first?.document.file.path;
  const firsts = new Set(clusters.map(pathOf));
  const clusterOf = new Map<string | undefined, string | undefined>();
  for (const { path, cluster } of files) if (firsts.has(path)) clusterOf.set(path, cluster);
  return clusters.flatMap((cluster) => {
    const name = clusterOf.get(pathOf(cluster));
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

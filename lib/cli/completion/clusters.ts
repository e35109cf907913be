import { clusterNames } from '../../graph/cluster-name';
import { Progress } from '../progress';
import { readGraph } from '../read-graph';

/** Nobody's configuration: it may be a program, and a tab runs none. */
const settings = {
  config: {},
  checks: [],
  severities: new Map(),
  schemas: [],
  policies: [],
  kyverno: false,
  kubernetes: undefined,
  baseline: undefined,
  charts: undefined,
};

/** What the clusters of a tree are called; none where there is no tree to read. */
export async function clustersOf(path: string): Promise<readonly string[]> {
  try {
    const graph = await Progress.during((progress) => readGraph({ path, rev: undefined }, settings, progress));
    return [...new Set(clusterNames(graph).values())].sort();
  } catch {
    return [];
  }
}

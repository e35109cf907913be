import { EspalierError } from '../errors';
import { clusterNames } from '../graph/cluster-name';
import { startOf } from '../graph/start';
import { orderFormats } from '../report/order';
import type { OrderFormatName } from '../report/order/format';
import { toldOrder } from '../report/order/told';
import { choice } from './choice';
import type { Command } from './command';
import { Progress } from './progress';
import {
  clusterOption,
  clusterOptionHelp,
  givenTree,
  readGraph,
  readSettings,
  treeOptions,
  treeOptionsHelp,
} from './read-graph';
import { hasColours, print } from './terminal';

const help = `espalier order [PATH]: in which order a cluster starts from nothing but its tree, and what has to be there before.

Usage: espalier order [PATH] [options]

  PATH              a folder of a Flux tree, or one file (default: the working directory)
  --rev REV         read the tree of a Git revision instead of the folder
${clusterOptionHelp}
  --format FORMAT   ${Object.keys(orderFormats).join(', ')} (default: text)
${treeOptionsHelp}

Before: Secrets that nothing makes, logins, what the tree reads in Vault and nothing writes there, buckets, data, DNS, registries.
Then the waves in which Flux applies Kustomizations, and those that never start.

Exit codes: 0 told; 2 it could not run.

Example: espalier order dist --format markdown`;

export const order: Command = {
  help,
  positionals: 1,
  options: { rev: { type: 'string' }, format: { type: 'string' }, ...clusterOption, ...treeOptions },
  async run(invocation) {
    const { values } = invocation;
    const formats = Object.keys(orderFormats) as OrderFormatName[];
    const format = choice('--format', values.format as string | undefined, formats) ?? 'text';
    const settings = await readSettings(values);
    const given = { ...givenTree(invocation), cluster: values.cluster as string | undefined };
    const orders = await Progress.during(async (progress) => {
      const graph = await readGraph(given, settings, progress);
      if (graph.clusters.length === 0) {
        throw new EspalierError(`${given.path} holds no Kubernetes objects. Name the folder of a Flux tree.`);
      }
      const names = clusterNames(graph);
      return graph.clusters.map((cluster) =>
        toldOrder(names.get(cluster) ?? cluster.name, startOf(cluster, graph), graph),
      );
    });
    const options = { color: hasColours(process.stdout), width: process.stdout.columns };
    print(orderFormats[format].render(orders, options).replace(/\n$/, ''));
    return 0;
  },
};

import { EspalierError } from '../errors';
import type { Cluster } from '../graph/cluster';
import { clusterNames } from '../graph/cluster-name';
import type { Graph } from '../graph/graph';
import { ownFolder } from '../graph/narrow';
import { shownPath } from '../graph/shown-path';
import { type Job, type JobFormatName, jobFormats } from '../report/jobs';
import type { Command } from './command';
import { Progress } from './progress';
import {
  type Given,
  givenTree,
  readGraph,
  readSettings,
  type Settings,
  treeOptions,
  treeOptionsHelp,
} from './read-graph';
import { print } from './terminal';

const help = `espalier clusters [PATH]: the clusters of a Flux tree, as jobs of a CI: check, diff and synth take one each with --cluster.

Usage: espalier clusters [PATH] [options]

  PATH              a folder of a Flux tree, or one file (default: the working directory)
  --rev REV         read the tree of a Git revision instead of the folder
  --base REV        also the clusters that this revision has and the tree has no more: for diff, which then tells what goes
  --format FORMAT   ${Object.keys(jobFormats).join(', ')} (default: text)
                    github-matrix: the JSON of a job's strategy.matrix;
                    gitlab: a child pipeline that checks each cluster and merges the reports
${treeOptionsHelp}

The path of a job is the cluster's own folder, where all of the cluster lies in it and nothing of another: the job reads no more.

Exit codes: 0 printed; 2 it could not run.

Example: espalier clusters --format github-matrix`;

/** https://docs.github.com/actions/reference/limits: "A job matrix can generate a maximum of 256 jobs per workflow run". */
const mostOfMatrix = 256;

export const clusters: Command = {
  help,
  positionals: 1,
  options: {
    rev: { type: 'string', offers: 'revision' },
    base: { type: 'string', offers: 'revision' },
    format: { type: 'string', choices: Object.keys(jobFormats) },
    ...treeOptions,
  },
  async run(invocation) {
    const { values } = invocation;
    const format = (values.format ?? 'text') as JobFormatName;
    const settings = { ...(await readSettings(values)), charts: undefined };
    const given = givenTree(invocation);
    const base = values.base as string | undefined;
    const jobs = await Progress.during(async (progress) => {
      const now = await jobsOf(given, settings, progress);
      if (base === undefined) return now;
      const before = await jobsOf({ path: given.path, rev: base, mayBeEmpty: true }, settings, progress);
      const known = new Set(now.map(({ cluster }) => cluster));
      return [...now, ...before.filter(({ cluster }) => !known.has(cluster))];
    });
    if (jobs.length === 0) {
      throw new EspalierError(`${given.path} holds no Kubernetes objects. Name the folder of a Flux tree.`);
    }
    if (format === 'github-matrix' && jobs.length > mostOfMatrix) {
      throw new EspalierError(
        `the tree has ${jobs.length} clusters, and a matrix takes ${mostOfMatrix} jobs. Make one matrix for each of several folders: espalier clusters PATH.`,
      );
    }
    print(jobFormats[format](jobs).trimEnd());
    return 0;
  },
};

async function jobsOf(given: Given, settings: Settings, progress: Progress): Promise<Job[]> {
  const graph = await readGraph(given, settings, progress);
  const names = clusterNames(graph);
  const jobs: Job[] = [];
  for (const cluster of graph.clusters) {
    const name = names.get(cluster) ?? cluster.name;
    progress.say(`looking at ${name}`);
    const { kustomizations, resources } = cluster;
    jobs.push({
      cluster: name,
      path: (await pathOf(cluster, name, graph, given, settings, progress)) ?? given.path,
      kustomizations: kustomizations.length,
      resources: resources.length,
    });
  }
  return jobs;
}

/** A cluster's own folder, if it is the same cluster to who reads nothing else. */
async function pathOf(
  cluster: Cluster,
  name: string,
  graph: Graph,
  { rev }: Given,
  settings: Settings,
  progress: Progress,
): Promise<string | undefined> {
  const folder = graph.clusters.length === 1 ? undefined : ownFolder(graph, cluster);
  if (folder === undefined) return undefined;
  const path = shownPath(graph.tree, folder);
  const alone = await readGraph({ path, rev, mayBeEmpty: true }, settings, progress);
  const [only, ...others] = alone.clusters;
  const isSame =
    only !== undefined &&
    others.length === 0 &&
    clusterNames(alone).get(only) === name &&
    only.resources.length === cluster.resources.length &&
    only.kustomizations.length === cluster.kustomizations.length &&
    only.unknownSources.length === cluster.unknownSources.length;
  return isSame ? path : undefined;
}

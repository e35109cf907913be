import { join, resolve } from 'node:path';
import { EspalierError } from '../errors';
import type { Cluster } from '../graph/cluster';
import { clusterNames, folderName } from '../graph/cluster-name';
import type { Graph } from '../graph/graph';
import { hider } from '../graph/masking';
import { outcomeJson, type WrittenFolder } from '../report/outcomes';
import { documented, pagesOf } from '../report/pages';
import { compareTree, writeTree } from '../tree';
import { realPath, slashes } from '../tree/source/seen-from';
import { chooseClusters } from './choose-cluster';
import type { Command } from './command';
import { Progress } from './progress';
import { givenTree, readGraph, readSettings, treeOptions, treeOptionsHelp } from './read-graph';
import { print } from './terminal';
import { isAllThere, isCurrent, shown, summary, writtenFolder } from './written';

const help = `espalier docs [PATH]: writes the documentation of a Flux tree's clusters: an index of each, and a page for each of its apps.

Usage: espalier docs [PATH] [options]

  PATH              a folder of a Flux tree, or one file (default: the working directory)
  --rev REV         read the tree of a Git revision instead of the folder
  --output DIR      the folder to write to; each cluster has one of its own in it (default: docs/clusters)
  --cluster NAME    only this cluster of several; of a single cluster, the name to give it
                    (default: all, named as in their tree, else after their folders)
  --check           write nothing; show what would change and exit with 1 if anything would
  --force           overwrite files that somebody else created or changed
  --quiet           print errors only
  --format FORMAT   text or json (default: text)
${treeOptionsHelp}

Exit codes: 0 written, or nothing to change; 1 --check found a difference; 2 it could not run.

Example: espalier docs dist --check`;

/** Who writes the pages, for the ownership file beside them. */
const writer = {
  command: 'espalier docs',
  instead: 'Move what was added there into the tree, for example into descriptions',
};

export const docs: Command = {
  help,
  positionals: 1,
  options: {
    rev: { type: 'string', offers: 'revision' },
    output: { type: 'string' },
    cluster: { type: 'string', offers: 'cluster' },
    check: { type: 'boolean' },
    force: { type: 'boolean' },
    quiet: { type: 'boolean' },
    format: { type: 'string', choices: ['text', 'json'] },
    ...treeOptions,
  },
  async run(invocation) {
    const { values } = invocation;
    const settings = await readSettings(values);
    const given = givenTree(invocation);
    const output = resolve((values.output as string | undefined) ?? 'docs/clusters');
    const sites = await Progress.during(async (progress) => {
      const graph = await readGraph(given, settings, progress);
      const named = clustersOf(graph, given.path, values.cluster as string | undefined);
      const hide = hider([graph]);
      return named.map(({ cluster, name }) => {
        progress.say(`writing the pages of ${name}`);
        const outdir = join(output, name);
        const pages = pagesOf({ graph, cluster, name, folder: slashes(realPath(outdir)) });
        return { outdir, pages: new Map([...pages].map(([path, text]) => [path, hide(text)])) };
      });
    });
    let stale = false;
    const isJson = values.format === 'json';
    const told: WrittenFolder[] = [];
    for (const { outdir, pages } of sites) {
      if (values.check) {
        const source = given.rev === undefined ? given.path : `${given.path} in ${given.rev}`;
        const plan = compareTree(pages, outdir, { writer });
        const current = isJson
          ? isAllThere(plan)
          : isCurrent(plan, { folder: shown(outdir), source, command: thisCommand(), manifests: false });
        told.push(writtenFolder(plan, shown(outdir), current));
        stale ||= !current;
      } else {
        const plan = writeTree(pages, outdir, { force: values.force === true, writer });
        told.push(writtenFolder(plan, shown(outdir), !plan.written));
        if (!values.quiet && !isJson) print(summary(plan, shown(outdir), pages.size));
      }
    }
    if (isJson) print(outcomeJson({ version: 1, folders: told }));
    return stale ? 1 : 0;
  },
};

/** @throws EspalierError where there is nothing to document, or no cluster of the name */
function clustersOf(graph: Graph, path: string, wanted: string | undefined): { cluster: Cluster; name: string }[] {
  const clusters = documented(graph);
  const names = clusterNames(graph);
  if (clusters.length === 0) {
    throw new EspalierError(
      `${path} has no Flux Kustomization that applies anything of this tree, so there is nothing to document. Name the folder of a Flux tree, with the Kustomizations and what they apply.`,
    );
  }
  const named = clusters.map((cluster) => ({ cluster, name: names.get(cluster) ?? '' }));
  if (wanted === undefined) return named;
  const [only] = named;
  if (only !== undefined && named.length === 1) return [{ ...only, name: checkedName(wanted) }];
  const chosen = chooseClusters({ ...graph, clusters }, wanted);
  return named.filter(({ cluster }) => chosen.includes(cluster));
}

function checkedName(name: string): string {
  if (name !== '' && folderName(name) === name) return name;
  throw new EspalierError(
    `--cluster ${JSON.stringify(name)}: it becomes the name of a folder, so use only letters, digits, "-", "_" and ".", as in soyo.`,
  );
}

/** What the user typed to get here. */
function thisCommand(): string {
  return process.env.npm_lifecycle_event === 'docs' ? 'npm run docs' : 'espalier docs';
}

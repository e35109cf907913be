import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { runChecks } from '../checks/run';
import { EspalierError } from '../errors';
import type { Cluster } from '../graph/cluster';
import { clusterNames } from '../graph/cluster-name';
import type { Graph } from '../graph/graph';
import { hider } from '../graph/masking';
import { inline } from '../graph/masking/printable';
import { fluxOrder } from '../pictures/flux-order';
import { hidePicture } from '../pictures/hide';
import type { Picture, PictureName } from '../pictures/picture';
import { findApp, findNamespace, type Scope } from '../pictures/scope';
import { secretFlow } from '../pictures/secret-flow';
import { type PictureFormatName, pictureFormats } from '../report/pictures/formats';
import { chooseClusters, listed } from './choose-cluster';
import type { Command, Invocation } from './command';
import { Progress } from './progress';
import { givenTree, readGraph, readSettings, treeOptions, treeOptionsHelp } from './read-graph';
import { print, printError } from './terminal';

const names: readonly PictureName[] = ['secrets', 'order'];

const help = `espalier graph [PATH]: draws a Flux tree: how secrets flow, and in which order Flux applies it.

Usage: espalier graph [PATH] [options]

  PATH              a folder of a Flux tree, or one file (default: the working directory)
  --rev REV         read the tree of a Git revision instead of the folder
  --of PICTURE      ${names.join(' or ')} (default: both in HTML and JSON, secrets elsewhere)
  --app NAME        only the app that this Kustomization (name or namespace/name) applies, and what it depends on
  --namespace NS    only this namespace, and what it depends on
  --cluster NAME    which cluster, if the tree has several
  --format FORMAT   ${Object.keys(pictureFormats).join(', ')} (default: from the extension of --output, else mermaid)
  --output FILE     where to write it (default: the terminal)
${treeOptionsHelp}

The HTML is one file that loads nothing: pan, zoom, search, and click a node for its YAML, file, neighbours and findings.

Exit codes: 0 drawn; 2 it could not run.

Example: espalier graph dist --app backstage --output backstage.html`;

export const graph: Command = {
  help,
  positionals: 1,
  options: {
    rev: { type: 'string', offers: 'revision' },
    of: { type: 'string', choices: names },
    app: { type: 'string' },
    namespace: { type: 'string' },
    cluster: { type: 'string', offers: 'cluster' },
    format: { type: 'string', choices: Object.keys(pictureFormats) },
    output: { type: 'string' },
    ...treeOptions,
  },
  async run(invocation) {
    const { values } = invocation;
    const output = values.output as string | undefined;
    const format = formatOf(values.format as string | undefined, output);
    const of = values.of as PictureName | undefined;
    const settings = await readSettings(values);
    const { pictures, text } = await Progress.during(async (progress) => {
      const tree = await readGraph(givenTree(invocation), settings, progress);
      const { cluster, scope } = chosen(tree, values);
      const hide = hider([tree]);
      const pictures = (
        of === undefined ? (format === 'html' || format === 'json' ? names : ['secrets' as const]) : [of]
      ).map((name) => hidePicture(name === 'secrets' ? secretFlow(cluster, scope) : fluxOrder(cluster, scope), hide));
      progress.say(`drawing ${pictures.reduce((sum, { nodes }) => sum + nodes.length, 0)} nodes`);
      const text = await pictureFormats[format].render(pictures, {
        graph: tree,
        cluster,
        check: () => runChecks(tree, { checks: settings.checks, severities: settings.severities, each: true }),
      });
      return { pictures, text };
    });
    write(text, output);
    warn(pictures, format, text);
    return 0;
  },
};

const endings: Readonly<Record<string, PictureFormatName>> = {
  mmd: 'mermaid',
  mermaid: 'mermaid',
  dot: 'dot',
  gv: 'dot',
  svg: 'svg',
  html: 'html',
  htm: 'html',
  json: 'json',
};

function formatOf(given: string | undefined, output: string | undefined): PictureFormatName {
  if (given !== undefined) return given as PictureFormatName;
  const ending = output === undefined ? 'mmd' : output.slice(output.lastIndexOf('.') + 1).toLowerCase();
  const found = Object.hasOwn(endings, ending) ? endings[ending] : undefined;
  if (found !== undefined) return found;
  const known = Object.keys(endings)
    .map((name) => `.${name}`)
    .join(', ');
  throw new EspalierError(
    `--output ${JSON.stringify(output)}: its extension does not tell the format. Use one of ${known}, or give --format.`,
  );
}

/** The cluster and the part of it that the options name. */
function chosen(tree: Graph, values: Invocation['values']): { cluster: Cluster; scope: Scope } {
  const [app, namespace] = [values.app as string | undefined, values.namespace as string | undefined];
  const cluster = clusterOf(tree, values.cluster as string | undefined, app);
  return {
    cluster,
    scope: {
      app: app === undefined ? undefined : findApp(cluster, app),
      namespace: namespace === undefined ? undefined : findNamespace(cluster, namespace),
    },
  };
}

/** @throws EspalierError when there is no such cluster, or several and none is named */
function clusterOf(tree: Graph, wanted: string | undefined, app: string | undefined): Cluster {
  const { clusters } = tree;
  if (clusters.length === 0) {
    throw new EspalierError('the tree holds no Kubernetes objects. Name the folder of a Flux tree.');
  }
  const chosen = wanted === undefined ? clusters : chooseClusters(tree, wanted);
  if (chosen.length === 1) return chosen[0] as Cluster;
  // An app that only one of them has says which.
  const having = chosen.filter(({ kustomizations }) =>
    kustomizations.some((item) => app === item.name || app === `${item.namespace}/${item.name}`),
  );
  if (having.length === 1 && having[0] !== undefined) return having[0];
  const names = clusterNames(tree);
  const all = listed(chosen.map((cluster) => names.get(cluster) ?? cluster.name));
  throw new EspalierError(`the tree has several clusters. Name one with --cluster: ${all}.`);
}

function write(text: string, output: string | undefined): void {
  if (output === undefined) {
    print(text.trimEnd());
    return;
  }
  const isNew = !existsSync(output);
  try {
    writeFileSync(output, text);
  } catch (error) {
    // No half of a picture.
    if (isNew) rmSync(output, { force: true });
    const reason =
      (error as NodeJS.ErrnoException).code === 'ENOENT'
        ? 'its folder does not exist; create it first'
        : (error as Error).message;
    throw new EspalierError(`--output ${output} cannot be written: ${reason}.`);
  }
}

/** What the one who asked should know, beside the picture. */
function warn(pictures: readonly Picture[], format: PictureFormatName, text: string): void {
  const empty = pictures.filter(({ nodes }) => nodes.length === 0);
  for (const { title } of empty) printError(`note: ${inline(title)}: there is nothing to draw.`);
  const advice = pictureFormats[format].limit?.(pictures, text);
  if (advice !== undefined)
    printError(`warning: ${advice} Draw a part of it (--app, --namespace), or use --format html.`);
}

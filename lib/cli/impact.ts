import { type Impact, impactOf } from '../changes/impact';
import { EspalierError } from '../errors';
import type { Cluster } from '../graph/cluster';
import { clusterNames } from '../graph/cluster-name';
import type { Graph } from '../graph/graph';
import { type Hide, hider } from '../graph/masking';
import { inline } from '../graph/masking/printable';
import { shownPath } from '../graph/shown-path';
import { type Meaning, type Subject, subjectCalled, subjectsIn } from '../graph/subjects';
import { impactFormats } from '../report/impact';
import type { ImpactFormatName } from '../report/impact/format';
import { slashes } from '../tree/source';
import type { Command, Invocation } from './command';
import { statOf } from './look';
import { Progress } from './progress';
import { clusterOption, clusterOptionHelp, readGraph, readSettings, treeOptions, treeOptionsHelp } from './read-graph';
import { hasColours, print } from './terminal';

/** Lines of each list; more is told as a number, unless somebody asks for all. */
const mostShown = 40;

const help = `espalier impact OBJECT [PATH]: who reads something, what restarts if it changes, and what fails if it is gone.

Usage: espalier impact OBJECT [PATH] [options]

  OBJECT            what is asked about:
                      Secret/shop/db, secret shop/db, es/shop/db, shop/db, db   an object; a name alone where it is the only one
                      Secret/shop/db#password                                   one key of a Secret or ConfigMap
                      vault:kv/shop/db, vault:kv/shop/db#password               what lies in Vault; of other stores STORE:KEY
                      host:shop.example.org                                     a host that the cluster answers for
                      apps/shop/secret.yaml                                     all objects of a file
  PATH              a folder of a Flux tree, or one file (default: the working directory)
  --rev REV         read the tree of a Git revision instead of the folder
${clusterOptionHelp}
  --format FORMAT   ${Object.keys(impactFormats).join(', ')} (default: text)
  --all             show all of a long list; JSON always has all
${treeOptionsHelp}

Exit codes: 0 told; 2 it could not run, or nothing is called so.

Example: espalier impact secret backstage/backstage-secrets dist`;

export const impact: Command = {
  help,
  positionals: 3,
  options: {
    rev: { type: 'string', offers: 'revision' },
    format: { type: 'string', choices: Object.keys(impactFormats) },
    all: { type: 'boolean' },
    ...clusterOption,
    ...treeOptions,
  },
  async run(invocation) {
    const { values } = invocation;
    const format = (values.format ?? 'text') as ImpactFormatName;
    const { object, path } = asked(invocation.positionals);
    const settings = await readSettings(values);
    const given = { path, rev: values.rev as string | undefined, cluster: values.cluster as string | undefined };
    const impacts = await Progress.during(async (progress) => {
      const graph = await readGraph(given, settings, progress);
      progress.say(`looking for ${object}`);
      return impactsOf(graph, object);
    });
    const most = values.all === true ? Number.POSITIVE_INFINITY : mostShown;
    const options = { color: hasColours(process.stdout), width: process.stdout.columns, most };
    print(impactFormats[format].render(impacts, options).replace(/\n$/, ''));
    return 0;
  },
};

/**
 * A kind may stand apart from the name: `secret shop/db dist`.
 *
 * @throws EspalierError where nothing is asked about
 */
function asked(positionals: Invocation['positionals']): { readonly object: string; readonly path: string } {
  const [first, second, third] = positionals;
  if (first === undefined) {
    throw new EspalierError('impact needs the name of something, such as Secret/shop/db. See espalier impact --help.');
  }
  if (third !== undefined) return { object: `${first} ${second}`, path: third };
  const isApart = second !== undefined && !/[/:#]/.test(first) && statOf(second) === undefined;
  return isApart ? { object: `${first} ${second}`, path: '.' } : { object: first, path: second ?? '.' };
}

/** @throws EspalierError where nothing is called so in any cluster, or several things in one */
export function impactsOf(graph: Graph, object: string): Impact[] {
  const names = clusterNames(graph);
  const answers = graph.clusters.map((cluster) => ({ cluster, ...meant(graph, cluster, object) }));
  const found = answers.filter(({ subjects }) => subjects.length > 0);
  if (found.length === 0)
    throw notFound(
      object,
      answers.map(({ meaning }) => meaning),
      hider([graph]),
    );
  return found.flatMap(({ cluster, subjects }) =>
    subjects.map((subject) => impactOf(subject, graph, cluster, names.get(cluster) ?? cluster.name)),
  );
}

/** What somebody means in one cluster: an object, an entry or a host, else the objects of a file. */
function meant(graph: Graph, cluster: Cluster, object: string): { subjects: readonly Subject[]; meaning: Meaning } {
  const meaning = subjectCalled(cluster, object);
  if (meaning.state === 'found') return { subjects: [meaning.subject], meaning };
  const { tree } = graph;
  const given = slashes(object).replace(/^\.\//, '');
  // From where the command runs, from the tree's root or from the folder that was asked for.
  const files = [...tree.files.keys()].filter(
    (path) => [shownPath(tree, path), path].includes(given) || path === `${tree.below}/${given}`,
  );
  return { subjects: (files.length > 0 ? files : [given]).flatMap((file) => subjectsIn(cluster, file)), meaning };
}

/** Names that an error lists. */
const mostNames = 8;

function notFound(object: string, meanings: readonly Meaning[], hide: Hide): EspalierError {
  const shown = JSON.stringify(object);
  const ambiguous = meanings.find((one) => one.state === 'ambiguous');
  if (ambiguous?.state === 'ambiguous') {
    return new EspalierError(
      `${shown} may be one of several: ${listedNames(ambiguous.names, hide)}. Name one of these.`,
    );
  }
  const near = [...new Set(meanings.flatMap((one) => (one.state === 'absent' ? one.near : [])))];
  const hint =
    near.length === 0
      ? '. Name an object (Secret/shop/db), what lies in a store (vault:kv/shop/db), a host or a file of the tree.'
      : `; did you mean ${listedNames(near, hide)}?`;
  return new EspalierError(`nothing in the tree is called ${shown}${hint}`);
}

function listedNames(names: readonly string[], hide: Hide): string {
  const more = names.length > mostNames ? ` and ${names.length - mostNames} more` : '';
  return `${names
    .slice(0, mostNames)
    .map((name) => inline(hide(name)))
    .join(', ')}${more}`;
}

import { statSync } from 'node:fs';
import { differencesBetween, type Side } from '../changes/between';
import { type Compared, makeReview } from '../changes/make-review';
import type { Review } from '../changes/review';
import { runChecksTraced } from '../checks/run';
import { EspalierError } from '../errors';
import { clusterNames } from '../graph/cluster-name';
import type { Graph } from '../graph/graph';
import { narrow } from '../graph/narrow';
import { type ReviewFormatName, reviewFormats } from '../report/diff';
import { differs } from '../report/diff/digest/clusters';
import { meantWord } from '../text/nearest';
import { gitFault, isRevision, mergeBase, revisionNames, whyNoRevision } from '../tree/source';
import { chooseClusters, noSuchCluster } from './choose-cluster';
import type { Command } from './command';
import { basesHere } from './forges';
import { tellIgnored } from './ignored';
import { Progress } from './progress';
import {
  clusterOption,
  clusterOptionHelp,
  readGraph,
  readSettings,
  type Settings,
  treeOptions,
  treeOptionsHelp,
} from './read-graph';
import { hasColours, print } from './terminal';

const help = `espalier diff [BASE] [HEAD]: what Flux will do once a change is merged: what restarts, what is deleted, what a person must do.

Usage: espalier diff [BASE] [HEAD] [options]

  BASE              a Git revision, or a folder (default: where the work tree's branch left the main branch;
                    in a CI, the branch that the pull request is for)
  HEAD              a Git revision, or a folder (default: the work tree)
  --between         BASE and HEAD are two clusters of the tree: what differs between their objects
  --path DIR        the folder of the Flux tree, in the work tree and in revisions (default: the working directory)
${clusterOptionHelp}
  --format FORMAT   ${Object.keys(reviewFormats).join(', ')} (default: pretty)
  --exit-code       exit with 1 when anything changes
${treeOptionsHelp}

A name that begins with . or / or ends with / is a folder; any other name is a revision if there is one, else a folder.

Exit codes: 0 compared; 1 something changes, with --exit-code; 2 it could not run.

Example: espalier diff HEAD~1 --path dist --format markdown > comment.md`;

export const diff: Command = {
  help,
  positionals: 2,
  offers: ['revision'],
  options: {
    between: { type: 'boolean' },
    path: { type: 'string' },
    ...clusterOption,
    format: { type: 'string', choices: Object.keys(reviewFormats) },
    'exit-code': { type: 'boolean' },
    ...treeOptions,
  },
  async run({ values, positionals: [base, head] }) {
    const format = (values.format ?? 'pretty') as ReviewFormatName;
    const settings = await readSettings(values);
    const path = (values.path as string | undefined) ?? '.';
    const cluster = values.cluster as string | undefined;
    if (values.between === true) {
      if (base === undefined || head === undefined || cluster !== undefined) {
        throw new EspalierError(
          '--between compares two clusters of the tree. Name both, and leave --cluster out: espalier diff --between staging production.',
        );
      }
      const review = await Progress.during((progress) => between(path, [base, head], settings, progress));
      return tell(review, format as ReviewFormatName, values['exit-code'] === true);
    }
    const sides = { base, head, path, cluster };
    const review = await Progress.during((progress) => compareSides(sides, settings, progress));
    return tell(review, format as ReviewFormatName, values['exit-code'] === true);
  },
};

/** What is compared: revisions or folders; without a base the merge base, without a head the work tree. */
export interface Sides {
  readonly base: string | undefined;
  readonly head: string | undefined;
  /** The folder of the tree, in the work tree and in revisions. */
  readonly path: string;
  readonly cluster: string | undefined;
}

/** @throws EspalierError when a side is not there, or neither has anything */
export async function compareSides(
  { base, head, path, cluster }: Sides,
  settings: Settings,
  progress: Progress,
): Promise<Review> {
  const [from, to] = [
    base === undefined ? theMergeBase(path) : sideNamed(base, path),
    head === undefined ? workTree(path) : sideNamed(head, path),
  ];
  const before = await compared({ ...from, cluster }, settings, progress);
  const after = await compared({ ...to, cluster }, settings, progress);
  if (before.graph.tree.files.size === 0 && after.graph.tree.files.size === 0) {
    throw new EspalierError(
      `${path} has no YAML files, neither in ${from.name} nor in ${to.name}. Name the folder of a Flux tree: --path DIR.`,
    );
  }
  if (cluster !== undefined && before.graph.clusters.length + after.graph.clusters.length === 0) {
    throw noSuchCluster(namesIn(before.graph, after.graph), cluster);
  }
  progress.say('comparing');
  return makeReview(before, after);
}

/** @returns the exit code */
export function tell(review: Review, format: ReviewFormatName, exitCode: boolean): number {
  const options = { color: hasColours(process.stdout), width: process.stdout.columns };
  print(reviewFormats[format].render(review, options).replace(/\n$/, ''));
  return exitCode && differs(review) ? 1 : 0;
}

async function between(
  path: string,
  wanted: readonly [string, string],
  settings: Settings,
  progress: Progress,
): Promise<Review> {
  const graph = await readGraph({ path, rev: undefined }, settings, progress);
  const names = clusterNames(graph);
  const [first, second] = wanted.map((name) => {
    const [one, ...others] = chooseClusters(graph, name, '--between');
    if (one !== undefined && others.length === 0) return { graph: narrow(graph, [one]), name: names.get(one) ?? name };
    throw new EspalierError(`--between ${JSON.stringify(name)}: that is ${others.length + 1} clusters. Name one.`);
  });
  progress.say('comparing');
  return differencesBetween(first as Side, second as Side);
}

/** Which tree is meant, and what it is called in the report. */
interface Chosen {
  readonly path: string;
  readonly rev: string | undefined;
  readonly name: string;
}

function workTree(path: string): Chosen {
  return { path, rev: undefined, name: 'the work tree' };
}

function theMergeBase(path: string): Chosen {
  const { revision, branch } = mergeBase(path, basesHere(process.env));
  return { path, rev: revision, name: `${branch} (${revision.slice(0, 7)})` };
}

/** @throws EspalierError for what is neither a revision nor a folder */
function sideNamed(name: string, path: string): Chosen {
  const isPath = /^[./]|[/\\]$/.test(name);
  if (!isPath && isRevision(path, name)) return { path, rev: name, name };
  if (statSync(name, { throwIfNoEntry: false })?.isDirectory()) return { path: name, rev: undefined, name };
  const [, from, to] = /^([^.].*?)\.{2,3}(.*)$/.exec(name) ?? [];
  if (from !== undefined && isRevision(path, from)) {
    throw new EspalierError(
      `${JSON.stringify(name)} is a range of Git. Write its ends: espalier diff ${from} ${to || 'HEAD'}`,
    );
  }
  const near = meantWord(name, ['HEAD', ...revisionNames(path)]);
  throw (
    gitFault(path) ??
    new EspalierError(
      `${JSON.stringify(name)} is neither a Git revision of ${path} nor a folder${near === undefined ? '.' : `; did you mean ${near}?`} Give a branch, a tag or a commit, such as main or HEAD~1, or a folder.${whyNoRevision(path)}`,
    )
  );
}

/** What the clusters of trees are called, those included that were not asked for. */
function namesIn(...graphs: readonly Graph[]): string[] {
  return [...new Set(graphs.flatMap(({ calledByFolder }) => [...(calledByFolder?.values() ?? [])]))];
}

async function compared(
  side: Chosen & { readonly cluster: string | undefined },
  settings: Settings,
  progress: Progress,
): Promise<Compared> {
  const graph = await readGraph({ ...side, mayBeEmpty: true }, settings, progress);
  tellIgnored(graph, (text) => progress.warn(text));
  progress.say(`checking ${side.name}`);
  const { findings } = await runChecksTraced(graph, {
    checks: settings.checks,
    severities: settings.severities,
    each: true,
    fixes: false,
  });
  return { graph, findings, name: side.name };
}

import { resolve } from 'node:path';
import type { Result } from '../checks/finding';
import { editsOf, type Fixable, findingKey, fixesAtOnce, isCleaner, withEdits } from '../checks/fixes';
import { type RunOptions, runChecksTraced } from '../checks/run';
import type { Graph } from '../graph/graph';
import { maskedFile } from '../graph/masking';
import { inline } from '../graph/masking/printable';
import { shownPath } from '../graph/shown-path';
import { count } from '../text/count';
import { diffPlan } from '../tree/diff';
import { type EditedFile, editFiles, whyNotEdited } from '../tree/edit-files';
import { readRegular } from '../tree/regular';
import type { Progress } from './progress';
import { type Given, narrowed, readGraph, type Settings } from './read-graph';
import { paint } from './terminal';

/** Each try is a check of the tree. */
const mostTries = 200;

/** Files by their absolute paths. */
type Texts = ReadonlyMap<string, Uint8Array>;

/** What is found in the tree with other texts. */
export interface Looked {
  /** All of the tree: a file may be of more clusters than the one that is asked for. */
  readonly whole: Graph;
  /** What is asked for of it. */
  readonly graph: Graph;
  /** Every finding of the whole on its own, of all rules. */
  readonly all: Result;
  /** Of those, the ones that are asked for and not known. */
  readonly asked: Result;
}

/** A tree that is fixed, as far as it goes: nothing is written yet. */
export interface FixedTree {
  readonly graph: Graph;
  readonly fixed: readonly Fixable[];
  /** What a fix would not have made better: its finding stays, or another comes. */
  readonly refused: readonly Fixable[];
  readonly files: readonly EditedFile[];
}

/** Makes the fixes of a tree that a command was called with. */
export function fixGiven(
  given: Given,
  settings: Settings,
  options: RunOptions,
  progress: Progress,
): Promise<FixedTree> {
  return fixTree(async (texts) => {
    const { cluster, ...all } = given;
    const whole = await readGraph({ ...all, texts }, settings, progress);
    const graph = cluster === undefined ? whole : narrowed(whole, cluster);
    progress.say('checking what fixes do');
    const each = { ...options, each: true, fixes: true };
    const asked = await runChecksTraced(graph, each);
    const isAll = graph === whole && options.only === undefined && options.baseline === undefined;
    return {
      whole,
      graph,
      asked,
      all: isAll ? asked : await runChecksTraced(whole, { ...each, only: undefined, baseline: undefined }),
    };
  });
}

/**
 * Makes all fixes, round by round, until none is left. After each round the tree is checked: where the fixed findings are not gone, or
 * others have come, fewer are made at once, until the one that is to blame is left out.
 *
 * @param look checks the tree as it would be
 */
export async function fixTree(look: (texts: Texts) => Promise<Looked>): Promise<FixedTree> {
  let texts: Texts = new Map();
  const originals = new Map<string, Uint8Array>();
  const refused = new Map<string, Fixable>();
  const fixed: Fixable[] = [];
  let limit = Infinity;
  let now = await look(texts);
  const mayEdit = ({ fix }: Fixable) => {
    return fix.edits.every(({ file }) => whyNotEdited(resolve(file), now.graph.tree.location) === undefined);
  };
  for (let tries = 0; tries < mostTries; tries += 1) {
    const batch = fixesAtOnce(now.asked.findings, (finding) => refused.has(findingKey(finding)), limit);
    const outside = batch.filter((finding) => !mayEdit(finding));
    for (const finding of outside) refused.set(findingKey(finding), finding);
    if (outside.length > 0) continue;
    if (batch.length === 0) break;
    const next = new Map(texts);
    for (const [file, edits] of editsOf(batch)) {
      const path = resolve(file);
      const bytes = texts.get(path) ?? readRegular(path);
      if (!originals.has(path)) originals.set(path, bytes);
      next.set(path, withEdits(bytes, edits));
    }
    const then = await look(next);
    if (isCleaner(now.all, then.all, batch, appliedIn(now.whole))) {
      [texts, now] = [next, then];
      fixed.push(...batch);
      limit *= 2;
    } else if (batch.length === 1) {
      for (const finding of batch) refused.set(findingKey(finding), finding);
      limit = 2;
    } else limit = Math.ceil(batch.length / 2);
  }
  const files = [...texts].map(([path, after]) => ({
    path,
    shown: shownAs(path, fixed),
    before: originals.get(path) ?? after,
    after,
  }));
  return { graph: now.graph, fixed, refused: [...refused.values()], files };
}

/** Which files, as they are named, something is applied of, or Flux builds with. */
export function appliedIn({ tree, clusters, builds }: Graph): (file: string) => boolean {
  const documents = [
    ...clusters.flatMap(({ resources }) => resources.map(({ document }) => document)),
    ...builds.flatMap(({ kustomizations }) => kustomizations),
  ];
  const files = new Set(documents.map(({ file }) => shownPath(tree, file.path)));
  return (file) => files.has(file);
}

function shownAs(path: string, fixed: readonly Fixable[]): string {
  return fixed.flatMap(({ fix }) => fix.edits).find(({ file }) => resolve(file) === path)?.file ?? path;
}

/** Writes what was fixed. @throws EspalierError where a file has changed meanwhile */
export function writeFixes({ files, graph }: FixedTree): void {
  editFiles(files, graph.tree.location);
}

/** What differs in files, as a diff without what is secret. */
export function differenceOf(files: readonly EditedFile[]): string {
  const changed = files.map(({ shown, before, after }) => ({
    path: shown,
    before: Buffer.from(before).toString('utf8'),
    after: Buffer.from(after).toString('utf8'),
  }));
  // All of it, for `git apply`; documents that may be secret are hidden line by line.
  const options = { mask: maskedFile, manifests: false, maximumLines: Infinity };
  return diffPlan({ created: [], changed, pruned: [] }, options).replace(/\n$/, '');
}

/** What is fixed: the difference, and a line for each finding. */
export function fixesText({ files, fixed, refused }: FixedTree, isDry: boolean, left: Result): string {
  const difference = differenceOf(files);
  const lines = fixed.map(({ file, line, rule, fix }) => inline(`  ${file}:${line} ${rule}: ${fix.title}`));
  const done = isDry ? 'would be fixed' : 'fixed';
  const instead = new Set(left.findings.flatMap(({ fix }) => (fix?.instead === undefined ? [] : [fix.instead])));
  const kept = refused.map(({ file, line, rule, fix }) =>
    inline(`  ${file}:${line} ${rule}: to ${fix.title} would not make the tree cleaner`),
  );
  return [
    ...(difference === '' ? [] : [difference]),
    paint(
      'bold',
      `${count(fixed.length, 'finding')} ${done} in ${count(files.length, 'file')}${lines.length > 0 ? ':' : ''}`,
    ),
    ...lines,
    ...(kept.length > 0 ? ['Not fixed:', ...kept] : []),
    ...[...instead].map((text) => inline(`Not fixed: ${text}`)),
  ].join('\n');
}

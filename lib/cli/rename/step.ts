import { resolve } from 'node:path';
import { makeReview } from '../../changes/make-review';
import { kustomizationsCalled, type Renaming } from '../../changes/rename/called';
import { leavesItsObjects } from '../../changes/rename/steps';
import { unwanted } from '../../changes/rename/unwanted';
import type { Effect } from '../../changes/review';
import type { Fix, FixChange } from '../../checks/check';
import type { Finding, FindingFix } from '../../checks/finding';
import { editsOfFix } from '../../checks/fix';
import { editsOf, withEdits } from '../../checks/fixes';
import { runChecksTraced } from '../../checks/run';
import { EspalierError } from '../../errors';
import type { Graph } from '../../graph/graph';
import { describe } from '../../graph/identity';
import { nameOf } from '../../graph/kustomization';
import { hider } from '../../graph/masking';
import type { Resource } from '../../graph/resource';
import { shownPath } from '../../graph/shown-path';
import { pathText } from '../../json/path-text';
import type { EditedFile } from '../../tree/edit-files';
import { readRegular } from '../../tree/regular';
import { gitTop, type SourceDocument } from '../../tree/source';
import { Progress } from '../progress';
import { readGraph, type Settings } from '../read-graph';

/** What takes the place of files, by their absolute paths. */
export type Texts = ReadonlyMap<string, Uint8Array>;

/** A tree as it is, or as it would be after a step. */
export interface Looked {
  readonly graph: Graph;
  readonly findings: readonly Finding[];
  readonly name: string;
  readonly texts: Texts;
}

export interface Step {
  readonly fix: Fix;
  readonly made: FindingFix;
  readonly files: readonly EditedFile[];
  readonly after: Looked;
  /** What happens in the cluster, which should not. */
  readonly effects: readonly Effect[];
  /** What is found after it, and was not before. */
  readonly found: readonly Finding[];
  /** What becomes otherwise than the step says, as clauses. */
  readonly unwanted: readonly string[];
}

export async function lookAt(path: string, texts: Texts, settings: Settings): Promise<Looked> {
  return Progress.during(async (progress) => {
    const graph = await readGraph({ path, rev: undefined, texts }, settings, progress);
    const { findings } = await runChecksTraced(graph, {
      checks: settings.checks,
      severities: settings.severities,
      each: true,
      fixes: false,
    });
    return { graph, findings, name: 'the work tree', texts };
  });
}

/** @throws EspalierError where the first step is only in the work tree: Flux cannot have applied it */
export async function assertFirstCommitted(
  path: string,
  { from, clusters }: Renaming,
  settings: Settings,
): Promise<void> {
  if (gitTop(path) === undefined) return;
  const { charts: _, ...plain } = settings;
  const committed = await Progress.during((progress) =>
    readGraph({ path, rev: 'HEAD', mayBeEmpty: true }, { ...plain, charts: undefined }, progress),
  );
  const names = new Set(clusters.map(({ name }) => name));
  const own = committed.clusters.filter(({ name }) => names.has(name));
  if (kustomizationsCalled(own, from).every(leavesItsObjects)) return;
  throw new EspalierError(
    `Step 1 is not committed: in HEAD, Kustomization ${nameOf(from)} still deletes what it has applied, so Flux cannot have let go of it. Commit and merge step 1 first.`,
  );
}

/** Makes a step in memory, and compares what it does as espalier diff does. */
export async function stepOf(
  before: Looked,
  fix: Fix,
  renaming: Renaming | undefined,
  look: (texts: Texts) => Promise<Looked>,
): Promise<Step> {
  const hide = hider([before.graph]);
  const made = editsOfFix(fix, before.graph, hide);
  if (made === undefined) {
    const wrong = fix.changes.filter(
      (change) => editsOfFix({ ...fix, changes: [change] }, before.graph, hide) === undefined,
    );
    const places = (wrong.length === 0 ? fix.changes : wrong).map((change) => placeOf(change, before.graph));
    throw new EspalierError(
      `${fix.title}: one of the places is not written as it is read: a template, a variable, a patch, an alias or a file that SOPS has encrypted. Change by hand: ${places.join('; ')}.`,
    );
  }
  const texts = new Map(before.texts);
  const files: EditedFile[] = [];
  for (const [shown, edits] of editsOf([{ fix: made }])) {
    const path = resolve(shown);
    const bytes = texts.get(path) ?? readRegular(path);
    const after = withEdits(bytes, edits);
    texts.set(path, after);
    files.push({ path, shown, before: bytes, after });
  }
  if (files.length === 0)
    return { fix, made: told(made, fix, before.graph), files, after: before, effects: [], found: [], unwanted: [] };
  const then = await look(texts);
  const review = makeReview(before, then);
  const isDangerous = ({ danger }: Effect) => danger === 'high' || danger === 'critical';
  const effects = review.clusters.flatMap(({ effects: own, changes }) =>
    [...own, ...changes.flatMap((change) => change.effects)].filter(isDangerous),
  );
  return {
    fix,
    made,
    files,
    after: then,
    effects: [...new Map(effects.map((effect) => [JSON.stringify(effect), effect])).values()],
    found: review.found,
    unwanted: unwanted(before.graph, then.graph, fix, renaming).map(hide),
  };
}

/** With all that is to be changed where some of it is written by code. */
function told(made: FindingFix, { changes }: Fix, graph: Graph): FindingFix {
  if (made.instead === undefined) return made;
  const lines = changes.map((change) => {
    const value = 'set' in change ? `: ${JSON.stringify(change.set)}` : ' goes';
    return `\n  ${placeOf(change, graph)}${value}`;
  });
  return { ...made, instead: `${made.instead}${lines.join('')}` };
}

function placeOf({ of, path }: FixChange, { tree }: Graph): string {
  const document: SourceDocument | undefined = of !== undefined && 'document' in of ? (of as Resource).document : of;
  const made = of !== undefined && 'madeBy' in of && of.madeBy !== undefined ? ` (${describe(of as Resource)})` : '';
  return `${document === undefined ? '' : `${shownPath(tree, document.file.path)}${made} `}${pathText(path)}`;
}

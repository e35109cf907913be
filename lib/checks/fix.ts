import type { Graph } from '../graph/graph';
import { type Resource, writtenAt } from '../graph/resource';
import { shownPath } from '../graph/shown-path';
import { deepEqual } from '../json/deep-equal';
import { at } from '../json/read';
import { groupBy } from '../text/group-by';
import { type Change, editsFor, type FileEdits } from '../tree/edit';
import { type GeneratedFile, generated } from '../tree/generated';
import { wholeFile } from '../tree/source/embedded';
import { positionIn } from '../tree/source/lines';
import type { SourceDocument, SourceFile, SourceTree } from '../tree/source/source';
import { startsOf } from '../tree/source/spots';
import type { Fix, FixChange, Problem } from './check';
import type { FileEdit, FindingFix } from './finding';

/**
 * A fix as edits of files; undefined where it is not sure that they do what the rule means: what a chart, a generator or a template
 * makes, or a variable or patch changes, is not written where it is read.
 *
 * @param shown a text as it may be shown
 */
export function findingFix(
  { fix, at: spot, sensitive }: Problem,
  graph: Graph,
  shown: (text: string) => string,
): FindingFix | undefined {
  const own = 'resource' in spot ? spot.resource : 'document' in spot ? spot.document : undefined;
  const found = fix && editsOfFix(fix, graph, shown, own);
  // A part of what is secret is not told by what is hidden as a whole.
  const isSecret = sensitive === true || (own !== undefined && at(own.value, 'kind') === 'Secret');
  return isSecret && found?.edits.some(({ text }) => !/^\$*$/.test(text)) ? undefined : found;
}

/**
 * What changes of objects and documents are in their files; undefined as for findingFix.
 *
 * @param own what a change is of that does not say so itself
 */
export function editsOfFix(
  fix: Fix,
  graph: Graph,
  shown: (text: string) => string,
  own?: Resource | SourceDocument,
): FindingFix | undefined {
  const placed = fix.changes.map((change) => placedChange(change, change.of ?? own));
  const changes = placed.filter((change) => change !== undefined);
  if (changes.length < placed.length) return undefined;
  const edited: FileEdits[] = [];
  for (const [document, together] of groupBy(changes, (change) => change.document)) {
    const file = wholeFile(document.file);
    if (!isEditable(file, graph.tree) || document.encrypted) return undefined;
    const title = shown(fix.title);
    const made = generated(graph.tree, file.path);
    if (made !== undefined) return { title, edits: [], instead: inCode(shownPath(graph.tree, file.path), made) };
    const edits = editsFor(
      document,
      together.map(({ change }) => change),
    );
    if (edits === undefined || edits.edits.some(({ text }) => shown(text) !== text)) return undefined;
    edited.push(edits);
  }
  return { title: shown(fix.title), edits: edited.flatMap((edits) => fileEdits(edits, graph.tree)) };
}

/** What Espalier writes is changed where it is composed: the next run refuses to write over an edit. */
function inCode(path: string, { by }: GeneratedFile): string {
  return `espalier synth writes ${path}${by === undefined ? '' : `, of ${by}`}: change that in main.ts, and run it again`;
}

interface PlacedChange {
  readonly document: SourceDocument;
  readonly change: Change;
}

function placedChange(change: FixChange, of: Resource | SourceDocument | undefined): PlacedChange | undefined {
  if (of === undefined) return undefined;
  if (!('document' in of)) return { document: of, change };
  if (of.chart !== undefined || of.madeBy !== undefined || of.generated || of.uncertain) return undefined;
  // Of what is not there yet, what it is put into.
  let depth = change.path.length;
  while (depth > 0 && at(of.value, ...change.path.slice(0, depth)) === undefined) depth -= 1;
  const [way, rest] = [change.path.slice(0, depth), change.path.slice(depth)];
  const { document, path } = writtenAt(of, way);
  const [written, applied] = [at(document.value, ...path), at(of.value, ...way)];
  const isSame = rest.length === 0 || Array.isArray(applied) ? deepEqual(written, applied) : written !== undefined;
  if (!isSame || (rest.length > 0 && at(written, rest[0] as string | number) !== undefined)) return undefined;
  return { document, change: { ...change, path: [...path, ...rest] } };
}

/** SOPS signs a file as a whole. */
function isEditable(file: SourceFile, tree: SourceTree): boolean {
  if (file.madeBy !== undefined || file.documents.some(({ encrypted }) => encrypted)) return false;
  return tree.linkOn(file.path) === undefined;
}

function fileEdits({ file, edits }: FileEdits, tree: SourceTree): FileEdit[] {
  const starts = startsOf(file);
  const mark = startsWithMark(tree, file.path) ? 3 : 0;
  const place = (at: number) => ({
    ...positionIn(starts, at),
    offset: mark + Buffer.byteLength(file.text.slice(0, at)),
  });
  const path = shownPath(tree, file.path);
  return edits.map(({ start, end, text }) => ({ file: path, start: place(start), end: place(end), text }));
}

/** The mark of the byte order, which is no part of the text. */
function startsWithMark(tree: SourceTree, path: string): boolean {
  const [a, b, c] = tree.read(path) ?? [];
  return a === 0xef && b === 0xbb && c === 0xbf;
}

import { embeddingOf, wholeFile } from './embedded';
import { positionIn } from './lines';
import type { Path, Position, SourceDocument, SourceFile } from './source';
import { type Spot, spotsOf, startsOf } from './spots';

/**
 * Where a value, or the key that it stands under, is written. What an alias repeats or a `<<` merges is found where it is
 * written. For a path that is not there: the key of what is nearest to it, so for `[]` the document's first line.
 */
export function locate(document: SourceDocument, path: Path, on: 'key' | 'value' = 'value'): Position {
  let spot: Spot | undefined = spotsOf(document.file).get(document.index);
  let key = Math.max(0, spot?.start ?? 0);
  let found = true;
  for (const step of path) {
    const next: Spot | undefined = spot && child(spot, step);
    if (next === undefined) {
      found = false;
      break;
    }
    spot = next;
    key = next.key >= 0 ? next.key : next.start >= 0 ? next.start : key;
  }
  const value = spot?.start ?? -1;
  return inWhole(
    document.file,
    positionIn(startsOf(document.file), found && on === 'value' && value >= 0 ? value : key),
  );
}

/** Whether anything is written for a value: nothing is for the null of `key:`. */
export function isWritten(document: SourceDocument, path: Path): boolean {
  let spot: Spot | undefined = spotsOf(document.file).get(document.index);
  for (const step of path) spot = spot && child(spot, step);
  return (spot?.start ?? -1) >= 0;
}

/** Of a text within a document, the place in that document: where its lines are not written one by one, where it begins. */
function inWhole(file: SourceFile, { line, column }: Position): Position {
  const embedding = embeddingOf(file);
  if (embedding === undefined) return { line, column };
  const whole = wholeFile(file);
  const begin = locate(embedding.document, embedding.path);
  const there = begin.line + line - 1;
  const [inner, outer] = [lineOf(file, line), lineOf(whole, there)];
  const indent = outer.length - inner.length;
  return indent >= 0 && outer.endsWith(inner) && outer.slice(0, indent).trim() === ''
    ? { line: there, column: column + indent }
    : begin;
}

function lineOf(file: SourceFile, line: number): string {
  const starts = startsOf(file);
  return lineAt(file.text, starts[line - 1] ?? file.text.length, starts[line] ?? file.text.length);
}

/** A line of a file, as it is shown beside a finding. */
export interface FrameLine {
  readonly number: number;
  readonly text: string;
}

/** The characters of a line that are kept to be shown, and of those around it: a line may be a whole file. */
const longestLine = 4000;
const longestNeighbour = 200;

/**
 * The lines around a line, to be shown. None of a file that holds a Secret, whether it could be read or not: its values may be
 * secret, and so may what a mistake makes of them. None where the column is further to the right than anybody reads.
 *
 * @param around how many before and after it
 */
export function frame(file: SourceFile, { line, column }: Position, around: number): readonly FrameLine[] {
  if (file.text === '' || column > longestLine || mayHoldSecrets(file)) return [];
  const starts = startsOf(file);
  const shown: FrameLine[] = [];
  for (let i = Math.max(1, line - around); i <= line + around && i <= starts.length; i++) {
    const text = lineAt(file.text, starts[i - 1] ?? 0, starts[i] ?? file.text.length);
    // After the last line's end there is no line.
    if (i < starts.length || text !== '')
      shown.push({ number: i, text: text.slice(0, i === line ? longestLine : longestNeighbour) });
  }
  return shown;
}

function lineAt(text: string, start: number, end: number): string {
  let to = end;
  while (to > start && (text[to - 1] === '\n' || text[to - 1] === '\r')) to -= 1;
  return text.slice(start, to);
}

/** Of a file with thousands of findings the text is searched once. */
const mayHold = new WeakMap<SourceFile, boolean>();

function mayHoldSecrets(file: SourceFile): boolean {
  const known = mayHold.get(file);
  if (known !== undefined) return known;
  const holds =
    file.documents.some(({ encrypted }) => encrypted) ||
    file.text.includes('ENC[AES256_GCM,') ||
    /\bkind["']?\s*:\s*["']?Secret\b|\bsecretGenerator\b/.test(file.text);
  mayHold.set(file, holds);
  return holds;
}

function child(spot: Spot, step: string | number): Spot | undefined {
  const target = spot.target ?? spot;
  if (target.items !== undefined) return typeof step === 'number' ? target.items[step] : undefined;
  const own = target.fields?.get(String(step));
  if (own !== undefined) return own;
  for (const source of target.merges ?? []) {
    const merged = source.target ?? source;
    for (const one of merged.items ?? [merged]) {
      const there = child(one, step);
      if (there !== undefined) return there;
    }
  }
  return undefined;
}

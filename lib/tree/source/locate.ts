import type { Path } from '../../json/json';
import { textAt } from '../../json/read';
import { type Embedding, embeddingOf, wholeFile } from './embedded';
import { positionIn } from './lines';
import type { Position, SourceDocument, SourceFile } from './source';
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
  const { lines } = embedding;
  if (lines !== undefined) return ofTemplate(whole, begin, embedding, lines[line - 1] ?? 1);
  const there = begin.line + line - 1;
  const [inner, outer] = [lineOf(file, line), lineOf(whole, there)];
  const indent = outer.length - inner.length;
  return indent >= 0 && outer.endsWith(inner) && outer.slice(0, indent).trim() === ''
    ? { line: there, column: column + indent }
    : begin;
}

/** The line of a template where it is written one by one; where it begins, else. */
function ofTemplate(whole: SourceFile, begin: Position, { document, path }: Embedding, line: number): Position {
  const there = begin.line + line - 1;
  const written = (textAt(document.value, ...path) ?? '').split('\n')[line - 1]?.trim();
  const outer = lineOf(whole, there);
  if (written === undefined || written === '' || outer.trim() !== written) return begin;
  return { line: there, column: outer.length - outer.trimStart().length + 1 };
}

/** A line of a file, counted from 1, without its end. */
export function lineOf(file: SourceFile, line: number): string {
  const starts = startsOf(file);
  return lineAt(file.text, starts[line - 1] ?? file.text.length, starts[line] ?? file.text.length);
}

function lineAt(text: string, start: number, end: number): string {
  let to = end;
  while (to > start && (text[to - 1] === '\n' || text[to - 1] === '\r')) to -= 1;
  return text.slice(start, to);
}

/** Where a value is written; of an alias, what it repeats. Undefined for a path that is not there. */
export function spotAt(document: SourceDocument, path: Path): Spot | undefined {
  let spot: Spot | undefined = spotsOf(document.file).get(document.index);
  for (const step of path) spot = spot && child(spot, step);
  return spot?.target ?? spot;
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

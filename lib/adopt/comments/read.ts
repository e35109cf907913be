import { Lexer } from 'yaml';
import type { Path } from '../../json/json';
import { madeByLine } from '../../tree/render';
import { lineStarts, positionIn } from '../../tree/source/lines';
import type { SourceDocument, SourceFile } from '../../tree/source/source';
import { type Spot, spotsOf } from '../../tree/source/spots';
import { isUnused } from './unused';

/** What somebody wrote of a document in comments. */
export interface DocumentComments {
  /** Of the object as a whole. */
  readonly above: readonly Comment[];
  readonly fields: readonly FieldComment[];
  /** The address of its schema. */
  readonly schema: string | undefined;
}

/** Lines that stand together, without `#`; but for what begins with a second one and stays in the YAML. */
export interface Comment {
  readonly lines: readonly string[];
  /** Whether it is YAML that is out of use: whoever changes the code may want it, whoever reads the YAML does not. */
  readonly isUnused: boolean;
}

export interface FieldComment extends Comment {
  readonly path: Path;
  readonly at: CommentPlace;
}

/** On lines of their own above a field; at the end of its line; or below it and all that is in it. */
export type CommentPlace = 'above' | 'end' | 'below';

/** A field or an item of a list. */
interface Entry {
  readonly document: number;
  readonly path: Path;
  /** Where its key or its dash is. */
  readonly offset: number;
  readonly line: number;
  readonly column: number;
}

/** Of an item of a list. */
interface Dash {
  readonly offset: number;
  readonly column: number;
}

/** A comment at the end of a line, or on lines of its own. */
interface Written {
  /** With `#`. */
  readonly lines: string[];
  readonly offset: number;
  readonly line: number;
  readonly column: number;
  readonly isEnd: boolean;
}

const schemaLine = /^yaml-language-server:\s*\$schema=(\S+)\s*$/;

const byFile = new WeakMap<SourceFile, ReadonlyMap<number, DocumentComments>>();

/** What somebody wrote of a document; undefined where nobody did. */
export function commentsOf({ file, index }: SourceDocument): DocumentComments | undefined {
  const found = byFile.get(file) ?? commentsIn(file);
  byFile.set(file, found);
  return found.get(index);
}

/** The comments of a file, by the index of the document that they belong to: each one is in it. */
export function commentsIn(file: SourceFile): ReadonlyMap<number, DocumentComments> {
  const found = new Map<number, { above: Comment[]; fields: FieldComment[]; schema: string | undefined }>();
  if (!file.text.includes('#')) return found;
  const of = ({ document }: Entry) => {
    const all = found.get(document) ?? { above: [], fields: [], schema: undefined };
    found.set(document, all);
    return all;
  };
  const starts = lineStarts(file.text);
  const { comments, borders, dashes } = marksIn(file.text, starts);
  const entries = entriesIn(file, starts, dashes);
  for (const { lines, isEnd, offset, column } of comments) {
    const comment = commentOf(lines);
    const hasBorder = (from: number, to: number) => borders.some((border) => from < border && border < to);
    const next = entries.find((entry) => entry.offset > offset);
    const before = entries.findLast((entry) => entry.offset < offset);
    const previous = before && !(next && hasBorder(before.offset, offset)) ? before : undefined;
    const [, schema] = schemaLine.exec(comment.lines[0] as string) ?? [];
    if (schema !== undefined && next && of(next).schema === undefined) of(next).schema = schema;
    else if (previous && isEnd) of(previous).fields.push({ ...comment, path: previous.path, at: 'end' });
    else if (previous) {
      const isItem = comment.isUnused && /^\s*- /.test(comment.lines[0] as string);
      const below = next && !hasBorder(offset, next.offset) ? next : undefined;
      of(previous).fields.push({ ...comment, ...placeBetween(entries, previous, below, column, isItem) });
    } else if (next) of(next).above.push(comment);
  }
  return found;
}

/**
 * Where a comment on a line of its own belongs: to what follows it, unless it is indented as what is above it. Items that are out of use
 * belong to the list above, however they are indented.
 */
function placeBetween(
  entries: readonly Entry[],
  previous: Entry,
  next: Entry | undefined,
  column: number,
  isItem: boolean,
): Pick<FieldComment, 'path' | 'at'> {
  const around = entries.filter(
    ({ document, path }) => document === previous.document && path.every((step, i) => previous.path[i] === step),
  );
  const isInside = next !== undefined && previous.path.every((step, i) => next.path[i] === step);
  const item = around.find((entry) => typeof entry.path.at(-1) === 'number' && entry.column >= column);
  if (isItem && item && typeof next?.path.at(-1) !== 'number') return { path: item.path, at: 'below' };
  if (next !== undefined && (isInside || column <= next.column)) return { path: next.path, at: 'above' };
  const beside = around.findLast((entry) => entry.column <= column) ?? previous;
  return { path: beside.path, at: 'below' };
}

/** The comments of a text, and where `---` and `...` stand, and the dashes of items. */
function marksIn(text: string, starts: readonly number[]) {
  const comments: Written[] = [];
  const borders: number[] = [];
  const dashes: Dash[] = [];
  let offset = 0;
  let isScalar = false;
  for (const token of new Lexer().lex(text)) {
    // Marks of the lexer, which the text does not have: of a document, of the end of a flow, of a scalar that follows.
    if (token === '\u0002' || token === '\u0018' || token === '\u001f') {
      isScalar = token === '\u001f';
      continue;
    }
    if (!isScalar && token.startsWith('#')) addComment(comments, token, offset, text, starts);
    if (!isScalar && (token === '---' || token === '...')) borders.push(offset);
    if (!isScalar && token === '-') dashes.push({ offset, column: positionIn(starts, offset).column });
    isScalar = false;
    offset += token.length;
  }
  return { comments, borders, dashes };
}

function addComment(comments: Written[], token: string, offset: number, text: string, starts: readonly number[]): void {
  // Of code that is gone: it says nothing of the file any more.
  if (madeByLine.test(token)) return;
  const { line, column } = positionIn(starts, offset);
  const isEnd = text.slice(starts[line - 1], offset).trim() !== '';
  const last = comments.at(-1);
  const continues =
    last !== undefined &&
    !last.isEnd &&
    !isEnd &&
    last.column === column &&
    last.line + last.lines.length === line &&
    !schemaLine.test(withoutMark(last.lines[0] as string)) &&
    !schemaLine.test(withoutMark(token)) &&
    // What is said between lines that are out of use has often two.
    last.lines[0]?.startsWith('##') === token.startsWith('##') &&
    // After items that are out of use, what is said of the next one.
    !(/^# ?- /.test(last.lines[0] as string) && /^# ?[^-\s]/.test(token));
  if (continues) last.lines.push(token);
  else comments.push({ lines: [token], offset, line, column, isEnd });
}

function commentOf(written: readonly string[]): Comment {
  const lines = written.map(withoutMark);
  if (isUnused(lines)) return { lines, isUnused: true };
  return {
    lines: written.map((line, i) => (/^# ?#/.test(line) ? line.trimEnd() : (lines[i] as string))),
    isUnused: false,
  };
}

function withoutMark(line: string): string {
  return line.replace(/^# ?/, '').trimEnd();
}

/** The fields and items of all documents, in the order in which they are written; what is in another one after it. */
function entriesIn(file: SourceFile, starts: readonly number[], dashes: readonly Dash[]): Entry[] {
  const entries: Entry[] = [];
  const visit = (document: number, spot: Spot, path: Path, offset: number) => {
    if (path.length > 0 && offset >= 0) entries.push({ document, path, offset, ...positionIn(starts, offset) });
    for (const [key, value] of spot.fields ?? []) visit(document, value, [...path, key], value.key);
    if (spot.items === undefined) return;
    const first = dashes.findIndex((dash) => dash.offset === spot.start);
    // Dashes of lists in its items stand further to the right; a list in brackets has none.
    const own = first < 0 ? [] : dashes.slice(first).filter(({ column }) => column === dashes[first]?.column);
    for (const [i, item] of spot.items.entries()) visit(document, item, [...path, i], own[i]?.offset ?? item.start);
  };
  for (const [document, spot] of spotsOf(file)) visit(document, spot, [], -1);
  return entries.sort((a, b) => a.offset - b.offset || a.path.length - b.path.length);
}

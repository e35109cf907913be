import { tokenEnd } from '../text/token';
import type { Place } from '../tree/kustomize/origin';
import { lineOf, locate, type Position, type SourceFile } from '../tree/source';
import { wholeFile } from '../tree/source/embedded';

/** A word in a file. */
export interface Span extends Position {
  readonly file: string;
  /** The column after it. */
  readonly end: number;
}

/** The word that a place stands for: a value, or the key above it. */
export function spanOf({ document, path }: Place, onKey: boolean): Span {
  const position = locate(document, path, onKey ? 'key' : 'value');
  return { file: document.file.path, ...position, end: endOf(wholeFile(document.file), position) };
}

/** The column after the word at a position. */
export function endOf(file: SourceFile, { line, column }: Position): number {
  return tokenEnd(lineOf(file, line), column - 1) + 1;
}

/** Whether a position is on a word, or right behind it as a cursor may be. */
export function isOn({ line, column, end }: Omit<Span, 'file'>, position: Position): boolean {
  return position.line === line && position.column >= column && position.column <= end;
}

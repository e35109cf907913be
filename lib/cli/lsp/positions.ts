import type { Range } from 'vscode-languageserver';
import { tokenEnd } from '../../text/token';
import { lineOf, type Position, type SourceFile } from '../../tree/source';

/** The word or quoted text that begins at a place. Lines and columns count UTF-16 units; from 1 here, and from 0 in the protocol. */
export function rangeAt(file: SourceFile | undefined, { line, column }: Position): Range {
  const text = file === undefined ? '' : lineOf(file, line);
  // At the end of a line, its last character: an editor shows nothing of an empty range.
  const from = Math.max(Math.min(column, text.length) - 1, 0);
  return {
    start: { line: line - 1, character: from },
    end: { line: line - 1, character: tokenEnd(text, from) },
  };
}

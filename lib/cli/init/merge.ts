import {
  applyEdits,
  findNodeAtLocation,
  modify,
  type ParseError,
  parse,
  parseTree,
  printParseErrorCode,
} from 'jsonc-parser';
import { EspalierError } from '../../errors';

/** An object of a JSON file and what it shall have: the path of the object, its members. */
export type Members = readonly (readonly [path: readonly string[], members: Readonly<Record<string, unknown>>])[];

/**
 * Adds what a JSON file lacks; all else keeps its bytes, comments too.
 *
 * @param name the file, for the message
 * @throws EspalierError when it is no JSON object
 */
export function withMembers(text: string, name: string, members: Members): string {
  const errors: ParseError[] = [];
  const value: unknown = parse(text, errors, { allowTrailingComma: true });
  const [error] = errors;
  if (error !== undefined || typeof value !== 'object' || value === null || Array.isArray(value)) {
    const line = text.slice(0, error?.offset ?? 0).split('\n').length;
    const why = error === undefined ? 'it is no object' : `line ${line}: ${printParseErrorCode(error.error)}`;
    throw new EspalierError(`${name} cannot be read as JSON (${why}). Correct it, and run espalier init again.`);
  }
  const [, indent = '  '] = /^([\t ]+)"/m.exec(text) ?? [];
  const formattingOptions = {
    insertSpaces: !indent.startsWith('\t'),
    tabSize: indent.length,
    eol: text.includes('\r\n') ? '\r\n' : '\n',
  };
  let merged = text;
  for (const [path, wanted] of members) {
    for (const [key, member] of Object.entries(wanted)) {
      const root = parseTree(merged);
      if (root !== undefined && findNodeAtLocation(root, [...path, key]) !== undefined) continue;
      merged = applyEdits(merged, modify(merged, [...path, key], member, { formattingOptions }));
    }
  }
  return merged;
}

/** Appends the lines that a text lacks, below a comment that says what they are for. */
export function withLines(text: string, comment: string, lines: readonly string[]): string {
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const known = new Set(text.split(/\r?\n/).map((line) => line.trim()));
  const missing = lines.filter((line) => !known.has(line));
  if (missing.length === 0) return text;
  const before = text === '' || text.endsWith('\n') ? text : text + eol;
  return before + [`# ${comment}`, ...missing].map((line) => line + eol).join('');
}

import { findNodeAtLocation, type Node, type ParseError, parse, parseTree, printParseErrorCode } from 'jsonc-parser';
import { EspalierError } from '../../errors';

/** What objects at the top of a JSON file shall have: `scripts` and its members. */
export type Members = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/**
 * Adds what a JSON file lacks; all else keeps its bytes, comments too.
 *
 * @param file its name, for the message
 * @throws EspalierError when it is no JSON object
 */
export function withMembers(text: string, file: string, members: Members): string {
  const errors: ParseError[] = [];
  const value: unknown = parse(text, errors, { allowTrailingComma: true });
  const [error] = errors;
  if (error !== undefined || typeof value !== 'object' || value === null || Array.isArray(value)) {
    const line = text.slice(0, error?.offset ?? 0).split('\n').length;
    const why = error === undefined ? 'it is no object' : `line ${line}: ${printParseErrorCode(error.error)}`;
    throw new EspalierError(`${file} cannot be read as JSON (${why}). Correct it, and run espalier init again.`);
  }
  let merged = text;
  for (const [name, wanted] of Object.entries(members)) {
    for (const [key, member] of Object.entries(wanted)) {
      const root = parseTree(merged) as Node;
      const object = findNodeAtLocation(root, [name]);
      if (object === undefined) {
        merged = inserted(merged, root, 1, name, { [key]: member });
      } else if (object.type !== 'object') {
        throw new EspalierError(`${file}: ${name} is no object. Correct it, and run espalier init again.`);
      } else if (findNodeAtLocation(object, [key]) === undefined) {
        merged = inserted(merged, object, 2, key, member);
      }
    }
  }
  return merged;
}

/** Puts a member at the end of an object, on a line of its own: no other byte changes. */
function inserted(text: string, object: Node, depth: number, key: string, member: unknown): string {
  const eol = endOfLine(text);
  const [, indent = '  '] = /^([\t ]+)"/m.exec(text) ?? [];
  const value = JSON.stringify(member, undefined, indent);
  const line = `${JSON.stringify(key)}: ${value}`.replaceAll('\n', eol + indent.repeat(depth));
  const last = object.children?.at(-1);
  const end = object.offset + object.length - 1;
  if (last === undefined) {
    const before = text.slice(0, end).trimEnd();
    return `${before}${eol}${indent.repeat(depth)}${line}${eol}${indent.repeat(depth - 1)}${text.slice(end)}`;
  }
  const at = last.offset + last.length;
  return `${text.slice(0, at)},${eol}${indent.repeat(depth)}${line}${text.slice(at)}`;
}

function endOfLine(text: string): string {
  return text.includes('\r\n') ? '\r\n' : '\n';
}

/** Appends the lines that a text lacks, below a comment that says what they are for. */
export function withLines(text: string, comment: string, lines: readonly string[]): string {
  const eol = endOfLine(text);
  const known = new Set(text.split(/\r?\n/).map((line) => line.trim()));
  const missing = lines.filter((line) => !known.has(line));
  if (missing.length === 0) return text;
  const before = text === '' || text.endsWith('\n') ? text : text + eol;
  return before + [`# ${comment}`, ...missing].map((line) => line + eol).join('');
}

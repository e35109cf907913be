import type { Json } from '../../json/json';
import { memoizeText } from '../../text/memoize';
import type { FieldComment } from '../tree';
import { commentLines } from './characters';
import { type Notes, notesOf } from './notes';
import { findRefusal, isRecord, isTooLong, maximumDepth, mergeKey, Refused, refusalError } from './refuse';
import { key, scalar } from './scalar';

/** Longer keys need `? ` in front: readers look no further than 1,024 characters for the colon (YAML 1.2, 7.4.3). */
const longestImplicitKey = 500;

/**
 * A JSON value as YAML in block style, ending with a newline: what a reviewer expects from kubectl, and what every reader of
 * YAML 1.1 and 1.2 gives back equal. Fields stay in the order given. `undefined` fields are left out.
 *
 * @param origin who made it and for which file; begins the message of an error
 * @param comments what is said of its fields; nothing of what is read differs by them
 * @throws EspalierError for what Kubernetes cannot read (see refuse.ts), naming the field and never its content
 *
 * @example
 * emitYaml({ kind: 'ConfigMap', data: { on: 'yes' } }) // kind: ConfigMap\ndata:\n  "on": "yes"\n
 */
export function emitYaml(value: Json, origin = 'A YAML document', comments?: readonly FieldComment[]): string {
  try {
    const block = emitBlock(value, 0, comments && notesOf(value, comments));
    return block === '' ? `${emitScalar(value, '  ')}\n` : block;
  } catch (error) {
    const refusal = error instanceof Refused ? findRefusal(value) : undefined;
    throw refusal === undefined ? error : refusalError(refusal, origin);
  }
}

/** The lines of a collection, the first without its indentation, for it may follow `- `; none of an empty one or a scalar. */
function emitBlock(value: Json | undefined, depth: number, notes?: Notes): string {
  if (typeof value !== 'object' || value === null) return '';
  const indent = indentation(depth);
  const inner = indentation(depth + 1);
  let text = '';
  if (isArray(value)) {
    for (const [i, item] of value.entries()) {
      if (depth > maximumDepth) throw new Refused();
      const said = notes?.below.get(i);
      const block = emitBlock(item, depth + 1, said);
      const lead = `${text === '' ? '' : indent}${above(said, indent)}- `;
      text += block === '' ? `${lead}${withEnd(emitScalar(item, inner), said)}\n` : lead + block;
      text += after(said, indent);
    }
    return text;
  }
  if (!isRecord(value)) throw new Refused();
  for (const name of Object.keys(value)) {
    const item = value[name];
    if (item === undefined) continue;
    if (depth > maximumDepth) throw new Refused();
    const said = notes?.below.get(name);
    const block = emitBlock(item, depth + 1, said);
    const lead = (text === '' ? '' : indent) + above(said, indent) + emitKey(name, indent);
    text +=
      block === '' ? `${lead} ${withEnd(emitScalar(item, inner), said)}\n` : `${withEnd(lead, said)}\n${inner}${block}`;
    text += after(said, indent);
  }
  return text;
}

/** The comments above a line, each followed by the indentation of the next line. */
function above(notes: Notes | undefined, indent: string): string {
  if (notes === undefined || notes.above.length === 0) return '';
  return commentLines(notes.above.join('\n'), indent).slice(indent.length) + indent;
}

/** The comments below a block. */
function after(notes: Notes | undefined, indent: string): string {
  return notes === undefined || notes.after.length === 0 ? '' : commentLines(notes.after.join('\n'), indent);
}

/** The comment at the end of the line; of a block, of its first. */
function withEnd(text: string, notes: Notes | undefined): string {
  if (notes === undefined || notes.end.length === 0) return text;
  const comment = ` ${commentLines(notes.end.join(' '), '').trimEnd()}`;
  return text.startsWith('|') ? text.replace('\n', () => `${comment}\n`) : text + comment;
}

const indentations: string[] = [];

function indentation(depth: number): string {
  indentations[depth] ??= '  '.repeat(depth);
  return indentations[depth];
}

/** Keys as they are written: a tree has few, and each many times. */
const keyText = memoizeText((name) => {
  if (name === mergeKey || isTooLong(name)) throw new Refused();
  return key(name);
});

function emitKey(name: string, indent: string): string {
  const text = keyText(name);
  return text.length > longestImplicitKey ? `? ${text}\n${indent}:` : `${text}:`;
}

function emitScalar(value: Json | undefined, indent: string): string {
  if (typeof value === 'string') return scalar(value, indent);
  if (typeof value === 'number') return emitNumber(value);
  if (value === null || value === undefined) return 'null';
  if (typeof value === 'boolean') return value ? 'true' : 'false';
  if (typeof value === 'object') return Array.isArray(value) ? '[]' : '{}';
  throw new Refused();
}

/**
 * Integers in full, as the exact value of the double: Go reads them as int64 or uint64 as far as those go. Exponents with a
 * point, without which YAML 1.1 reads a string. JSON has no negative zero (JSON.stringify(-0) is 0), nor has Kubernetes.
 */
function emitNumber(value: number): string {
  if (Number.isSafeInteger(value)) return String(value);
  if (!Number.isFinite(value)) throw new Refused();
  const text = Number.isInteger(value) && Math.abs(value) < 1e21 ? BigInt(value).toString() : String(value);
  return /^-?\de/.test(text) ? text.replace('e', '.0e') : text;
}

function isArray(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

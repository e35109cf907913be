import type { Json } from '../tree';
import { isReadable } from './characters';
import { findRefusal, isRecord, isTooLong, maximumDepth, mergeKey, refusalError } from './refuse';
import { key, scalar } from './scalar';

/** Longer keys need `? ` in front: readers look no further than 1,024 characters for the colon (YAML 1.2, 7.4.3). */
const longestImplicitKey = 500;

/**
 * A JSON value as YAML in block style, ending with a newline: what a reviewer expects from kubectl, and what every reader of
 * YAML 1.1 and 1.2 gives back equal. Fields stay in the order given. `undefined` fields are left out.
 *
 * @param origin who made it and for which file; begins the message of an error
 * @throws EspalierError for what Kubernetes cannot read (see refuse.ts), naming the field and never its content
 *
 * @example
 * emitYaml({ kind: 'ConfigMap', data: { on: 'yes' } }) // kind: ConfigMap\ndata:\n  "on": "yes"\n
 */
export function emitYaml(value: Json, origin = 'A YAML document'): string {
  try {
    return isCollection(value) ? emitBlock(value, '', 0) : `${emitScalar(value, '  ')}\n`;
  } catch (error) {
    const refusal = error instanceof Refused ? findRefusal(value) : undefined;
    throw refusal === undefined ? error : refusalError(refusal, origin);
  }
}

/** Thrown where the fast walk meets what it cannot write; where that is and what to say, findRefusal finds out. */
class Refused extends Error {}

type Collection = readonly Json[] | { readonly [key: string]: Json };

/** A collection that is not empty, so that it stands on lines of its own. */
function isCollection(value: Json): value is Collection {
  if (typeof value !== 'object' || value === null) return false;
  if (Array.isArray(value)) return value.length > 0;
  if (!isRecord(value)) throw new Refused();
  for (const field of Object.values(value)) if (field !== undefined) return true;
  return false;
}

/** The collection's lines; the first comes without its indentation, for it may follow `- `. */
function emitBlock(value: Collection, indent: string, depth: number): string {
  if (depth > maximumDepth) throw new Refused();
  const inner = `${indent}  `;
  let text = '';
  if (isArray(value)) {
    for (const item of value) {
      const lead = text === '' ? '- ' : `${indent}- `;
      text += isCollection(item) ? lead + emitBlock(item, inner, depth + 1) : `${lead}${emitScalar(item, inner)}\n`;
    }
    return text;
  }
  for (const name of Object.keys(value)) {
    const item = value[name];
    if (item === undefined) continue;
    if (name === mergeKey || isTooLong(name) || !isReadable(name)) throw new Refused();
    if (text !== '') text += indent;
    text += emitKey(name, indent);
    text += isCollection(item) ? `\n${inner}${emitBlock(item, inner, depth + 1)}` : ` ${emitScalar(item, inner)}\n`;
  }
  return text;
}

function emitKey(name: string, indent: string): string {
  const text = key(name);
  return text.length > longestImplicitKey ? `? ${text}\n${indent}:` : `${text}:`;
}

function emitScalar(value: Json | undefined, indent: string): string {
  if (typeof value === 'string') {
    if (!isReadable(value)) throw new Refused();
    return scalar(value, indent);
  }
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
  if (!Number.isFinite(value)) throw new Refused();
  const text = Number.isInteger(value) && Math.abs(value) < 1e21 ? BigInt(value).toString() : String(value);
  return /^-?\de/.test(text) ? text.replace('e', '.0e') : text;
}

function isArray(value: Collection): value is readonly Json[] {
  return Array.isArray(value);
}

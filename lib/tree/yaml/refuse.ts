import { EspalierError } from '../../errors';
import { escapeUnprintable, unreadable } from './characters';

/** Deeper than any resource; a value that holds itself is found here instead of at the end of the stack. */
export const maximumDepth = 500;

/** kustomize drops a key `<<` with all that it holds, however it is quoted. */
export const mergeKey = '<<';

/**
 * Whether a key is too long for kustomize, which prints keys without `? ` and then cannot read its own text: from 1,022
 * characters on. An escape takes six at most.
 */
export function isTooLong(key: string): boolean {
  return key.length > 160 && JSON.stringify(key).length > 1000;
}

/** Thrown where the fast walk meets what it cannot write; where that is and what to say, findRefusal finds out. */
export class Refused extends Error {}

/** Where a value cannot be written as YAML that Kubernetes reads, and why. It never holds the value's text: that may be secret. */
export interface Refusal {
  /** The field, as in `data."app.yaml"` or `spec.args[2]`; empty for the value itself. */
  readonly field: string;
  /** What was found. */
  readonly found: string;
  /** What to do about it. */
  readonly remedy: string;
}

/** The first value below `value` that cannot be written, or undefined. The slow walk: the emitter takes it once it has failed. */
export function findRefusal(value: unknown, field = '', depth = 0): Refusal | undefined {
  if (depth > maximumDepth) {
    const found = `more than ${maximumDepth} levels, or a value that holds itself`;
    return { field: `${field.slice(0, 60)}…`, found, remedy: 'Flatten it.' };
  }
  if (typeof value === 'string') return inText(value, field, 'the text');
  if (typeof value === 'number' && !Number.isFinite(value)) return notJson(field, String(value));
  if (value === null || typeof value === 'number' || typeof value === 'boolean') return undefined;
  if (typeof value !== 'object') return notJson(field, `a ${typeof value}`);
  if (Array.isArray(value)) {
    for (const [i, item] of value.entries()) {
      const refusal = item === undefined ? undefined : findRefusal(item, `${field}[${i}]`, depth + 1);
      if (refusal) return refusal;
    }
    return undefined;
  }
  if (!isRecord(value)) return notJson(field, `a ${value.constructor?.name ?? 'class instance'}`);
  for (const [name, item] of Object.entries(value)) {
    if (item === undefined) continue;
    const below = join(field, name);
    if (name === mergeKey) {
      const remedy = 'Rename the key: YAML 1.1 reads it as a merge, and kustomize drops it even in quotes.';
      return { field: below, found: 'a key <<', remedy };
    }
    if (isTooLong(name)) {
      const remedy = 'Shorten it: kustomize cannot read longer ones.';
      return { field: `${below.slice(0, 60)}…`, found: `a key of ${name.length} characters`, remedy };
    }
    const refusal = inText(name, below, 'the key') ?? findRefusal(item, below, depth + 1);
    if (refusal) return refusal;
  }
  return undefined;
}

/** The error for a refusal, naming who made the object and the file it was to stand in. */
export function refusalError(refusal: Refusal, origin: string): EspalierError {
  const field = refusal.field === '' ? 'the document' : refusal.field;
  return new EspalierError(`${origin}: ${field} cannot be written: it holds ${refusal.found}. ${refusal.remedy}`);
}

/** A plain object, also one of another realm (a test runner's sandbox, a vm context): not a Date, Map or other class of its own. */
export function isRecord(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null || Object.getPrototypeOf(prototype) === null;
}

function inText(text: string, field: string, what: string): Refusal | undefined {
  const at = text.search(unreadable);
  if (at < 0) return undefined;
  const code = (text.codePointAt(at) ?? 0).toString(16).toUpperCase().padStart(4, '0');
  return {
    field,
    found: `U+${code} at position ${at} of ${what}, which Kubernetes' YAML readers refuse or alter, even escaped`,
    remedy: "Remove it, or carry the bytes in base64 (a ConfigMap's binaryData, a Secret's data).",
  };
}

function notJson(field: string, found: string): Refusal {
  return {
    field,
    found: `${found}, which JSON does not have`,
    remedy: 'Give a string, a finite number, a boolean, null, an array or a plain object.',
  };
}

function join(field: string, name: string): string {
  if (/^[\w/-]+$/.test(name)) return field === '' ? name : `${field}.${name}`;
  const shown = escapeUnprintable(JSON.stringify(name));
  return field === '' ? shown : `${field}.${shown}`;
}

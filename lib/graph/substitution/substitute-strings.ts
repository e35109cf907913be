import { isJsonObject, type Json, type JsonObject } from '../../json/json';
import { evaluate, isSubstituted } from '../../systems/flux/envsubst/evaluate';
import type { Variables } from '../../systems/flux/envsubst/variable';
import { carryOrigin } from '../../tree/kustomize/origin';
import { keyText, resolvePlain } from '../../tree/source/scalar';
import { isSimpleKey, printScalar, type ScalarPosition } from './print-scalar';
import { type Read, readDocument, readLeniently } from './read-document';
import type { Substituted, SubstitutionFault, TypeChange } from './substituted';

/**
 * Substitutes variables in one string of an object after the other: each is printed, substituted in, and read again. Undefined
 * where that does not tell what becomes of the object: a string that is not YAML on its own afterwards, a `${` that its string
 * does not close, two keys that become equal.
 */
export function substituteStrings(object: JsonObject, variables: Variables): Substituted | undefined {
  const walk: Walk = { variables, faults: [], typed: [], path: [] };
  const value = inMapping(walk, object, 0);
  return value && { value, faults: walk.faults, typed: walk.typed };
}

interface Walk {
  readonly variables: Variables;
  readonly faults: SubstitutionFault[];
  readonly typed: TypeChange[];
  readonly path: (string | number)[];
}

function inMapping(walk: Walk, object: JsonObject, indent: number): JsonObject | undefined {
  let fields: [string, Json][] | undefined;
  let isRenamed = false;
  const keys = Object.keys(object);
  for (const [i, key] of keys.entries()) {
    const item = object[key] ?? null;
    walk.path.push(key);
    const name = isSubstituted(key) ? inKey(walk, key, indent) : key;
    const value = inValue(walk, item, indent + 2, isSimpleKey(key) ? key : undefined);
    walk.path.pop();
    if (name === undefined || value === undefined) return undefined;
    isRenamed ||= name !== key;
    if (fields === undefined && value === item && name === key) continue;
    fields ??= keys.slice(0, i).map((before) => [before, object[before] ?? null]);
    fields.push([name, value]);
  }
  if (fields === undefined) return object;
  if (isRenamed && new Set(fields.map(([name]) => name)).size < keys.length) return undefined;
  return carryOrigin(object, Object.fromEntries(fields));
}

function inSequence(walk: Walk, items: readonly Json[], indent: number): readonly Json[] | undefined {
  const values: Json[] = [];
  for (const [i, item] of items.entries()) {
    walk.path.push(i);
    const value = inValue(walk, item, indent + 2);
    walk.path.pop();
    if (value === undefined) return undefined;
    values.push(value);
  }
  return values.every((value, i) => value === items[i]) ? items : carryOrigin(items, values);
}

/**
 * @param indent how far its lines are indented; those of a sequence behind a key no further than the key
 * @param key the one before it on its line; none behind the `-` of an item, or the `:` of a key that is too long to stand there
 */
function inValue(walk: Walk, value: Json, indent: number, key?: string): Json | undefined {
  if (typeof value === 'string') return isSubstituted(value) ? inText(walk, value, indent, key) : value;
  if (isJsonObject(value)) return inMapping(walk, value, indent);
  return Array.isArray(value) ? inSequence(walk, value, key === undefined ? indent : indent - 2) : value;
}

function inText(walk: Walk, text: string, indent: number, key: string | undefined): Json | undefined {
  const before = key === undefined ? '' : printScalar(key, { column: 0, indent, isSimpleKey: true });
  const after = inScalar(walk, text, { column: indent + before.length, indent, isSimpleKey: false }, false);
  if (after === undefined) return undefined;
  const read = readText(after, indent, key === undefined);
  if (read === undefined) return undefined;
  if (typeof read.value !== 'string') walk.typed.push({ path: [...walk.path], before: text, after: read.value });
  return read.value;
}

/** What is plain in every context, as most strings are; what is not known has signs of its own (symbolic.ts). */
const plainWord = /^[\w/\uFDD0][\w./@\uFDD0\uFDD1-]*(?::[\w./@\uFDD0\uFDD1-]+)*$/;

/** A key that no text brings along: a code point that Unicode keeps for a program's own use. */
const nobodysKey = '\uFDD2';

/** A string as it is read after substitution, be it a list or a map then; undefined where the whole document may tell another. */
function readText(text: string, indent: number, isItem: boolean): { readonly value: Json } | undefined {
  if (plainWord.test(text)) return { value: resolvePlain(text, 'kustomization') };
  if (/[^\n -~\u00a0-\u2027\u202a-\uffff]|[&*]|\n(?:---|\.\.\.)/.test(text)) return undefined;
  const margin = ' '.repeat(indent - 2);
  const before = isItem ? `${nobodysKey}:\n${margin}- ` : `${margin}${nobodysKey}: `;
  const whole = `${before}${text}${text.endsWith('\n') ? '' : '\n'}`;
  const valueIn = (read: Read): Json | undefined => {
    if ('error' in read || Object.keys(read.value).length !== 1) return undefined;
    const value = read.value[nobodysKey];
    if (!isItem) return value;
    return Array.isArray(value) && value.length === 1 ? value[0] : undefined;
  };
  const value = valueIn(readLeniently(whole));
  const isPlain = typeof value !== 'object' || value === null;
  const read = isPlain ? value : text.includes('\n') ? undefined : valueIn(readDocument(whole));
  return read === undefined ? undefined : { value: read };
}

/** Longer keys cannot be read again. (go.yaml.in/yaml v2.4, scannerc.go) */
const longestKey = 1000;

function inKey(walk: Walk, key: string, indent: number): string | undefined {
  const isSimple = isSimpleKey(key);
  const column = isSimple ? indent : indent + 2;
  const after = inScalar(walk, key, { column, indent: indent + 2, isSimpleKey: isSimple }, true);
  if (after === undefined || after.length > longestKey) return undefined;
  if (plainWord.test(after)) return keyText(after);
  // A space before it would move it away from the other keys.
  if (!isSimple || /^ |[\n&*]/.test(after)) return undefined;
  const read = readLeniently(`${after}: ${nobodysKey}\n`);
  const [name, ...others] = 'error' in read ? [] : Object.keys(read.value);
  return others.length === 0 ? name : undefined;
}

/** A string as YAML, with its variables substituted; undefined if it cannot be parsed on its own. */
function inScalar(walk: Walk, text: string, place: ScalarPosition, isKey: boolean): string | undefined {
  const { text: after, faults } = evaluate(printScalar(text, place), walk.variables);
  for (const { kind, variable, expression } of faults) {
    if (kind === 'parse-error' || kind === 'broken-character') return undefined;
    walk.faults.push({ kind, path: [...walk.path], inKey: isKey, variable, expression });
  }
  return after;
}

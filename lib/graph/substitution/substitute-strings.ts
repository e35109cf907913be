import { isJsonObject, type Json, type JsonObject } from '../../json/json';
import { evaluate, isSubstituted } from '../../systems/flux/envsubst/evaluate';
import type { Variables } from '../../systems/flux/envsubst/variable';
import { memoize } from '../../text/memoize';
import { carryOrigin } from '../../tree/kustomize/origin';
import { isSimpleKey, printScalar, type ScalarPosition } from './print-scalar';
import { readScalar } from './read-scalar';
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

/**
 * Whether there is anything in a map or list that substitution changes, or fails at. Asked of each several times: of an object that is
 * patched, too, of which most is as it was.
 */
export const mayChange: (of: object) => boolean = memoize((of) => {
  if (Array.isArray(of)) return of.some(isChanging);
  for (const [key, value] of Object.entries(of)) if (isSubstituted(key) || isChanging(value)) return true;
  return false;
});

function isChanging(value: Json): boolean {
  if (typeof value === 'string') return isSubstituted(value);
  return typeof value === 'object' && value !== null && mayChange(value);
}

function inMapping(walk: Walk, object: JsonObject, indent: number): JsonObject | undefined {
  let fields: [string, Json][] | undefined;
  let isRenamed = false;
  const keys = Object.keys(object);
  for (const [i, key] of keys.entries()) {
    const item = object[key] ?? null;
    const isNamed = isSubstituted(key);
    if (!isNamed && !isChanging(item)) {
      fields?.push([key, item]);
      continue;
    }
    walk.path.push(key);
    const name = isNamed ? inKey(walk, key, indent) : key;
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
    if (!isChanging(item)) {
      values.push(item);
      continue;
    }
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
  if (typeof value === 'string') return inText(walk, value, indent, key);
  if (isJsonObject(value)) return inMapping(walk, value, indent);
  return Array.isArray(value) ? inSequence(walk, value, key === undefined ? indent : indent - 2) : value;
}

function inText(walk: Walk, text: string, indent: number, key: string | undefined): Json | undefined {
  const before = key === undefined ? '' : printScalar(key, { column: 0, indent, isSimpleKey: true });
  const after = inScalar(walk, text, { column: indent + before.length, indent, isSimpleKey: false }, false);
  if (after === undefined) return undefined;
  const read = readScalar(after, indent) ?? readLine(after, key === undefined);
  if (read === undefined) return undefined;
  if (typeof read.value !== 'string') walk.typed.push({ path: [...walk.path], before: text, after: read.value });
  return read.value;
}

/** A line of YAML, if nothing outside of it has to do with it. Behind a `-` it may be more than behind a key: `a: b`. */
function readLine(text: string, isItem: boolean): { readonly value: Json } | undefined {
  if (/[^ -~\u00a0-\u2027\u202a-\uffff]|[&*]/.test(text)) return undefined;
  // Loaded when it is needed, as the document's reading is (substitute.ts).
  const { readDocument } = require('./read-document') as typeof import('./read-document');
  const read = readDocument(isItem ? `k:\n- ${text}\n` : `k: ${text}\n`);
  if ('error' in read || Object.keys(read.value).length !== 1) return undefined;
  const { k } = read.value;
  if (!isItem) return k === undefined ? undefined : { value: k };
  return Array.isArray(k) && k.length === 1 ? { value: k[0] } : undefined;
}

/** Longer keys cannot be read again. (go.yaml.in/yaml v2.4, scannerc.go) */
const longestKey = 1000;

function inKey(walk: Walk, key: string, indent: number): string | undefined {
  const isSimple = isSimpleKey(key);
  const column = isSimple ? indent : indent + 2;
  const after = inScalar(walk, key, { column, indent: indent + 2, isSimpleKey: isSimple }, true);
  const name = after === undefined ? undefined : readScalar(after, indent + 2)?.value;
  return typeof name === 'string' && name.length <= longestKey ? name : undefined;
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

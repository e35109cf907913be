import { isJsonObject, type Json, type JsonObject } from '../../tree/tree';
import { evaluate, isSubstituted } from './evaluate';
import { isSimpleKey, type Place, printScalar } from './print-scalar';
import { readScalar } from './read-scalar';
import type { Substituted, SubstitutionFault, TypeChange } from './substituted';
import type { Variables } from './variable';

/**
 * Substitutes variables in one string of an object after the other: each is printed, substituted in, and read again. Undefined
 * where that does not tell what becomes of the object: a string that is not surely one scalar afterwards, a `${` that its string
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

/** Where a value stands: how far a sequence, and all else, is indented in it. `column` is that of a string. */
interface Position {
  readonly column: () => number;
  readonly indent: number;
  readonly sequenceIndent: number;
}

function inMapping(walk: Walk, object: JsonObject, indent: number): JsonObject | undefined {
  const fields = new Map<string, Json>();
  let isChanged = false;
  for (const [key, item] of Object.entries(object)) {
    walk.path.push(key);
    const name = inKey(walk, key, indent);
    const value = inValue(walk, item, placeBehind(key, indent));
    walk.path.pop();
    if (name === undefined || value === undefined || fields.has(name)) return undefined;
    fields.set(name, value);
    isChanged ||= name !== key || value !== item;
  }
  return isChanged ? Object.fromEntries(fields) : object;
}

function placeBehind(key: string, indent: number): Position {
  const place = { column: indent, indent: indent + 2, isSimpleKey: true };
  return isSimpleKey(key)
    ? { column: () => indent + printScalar(key, place).length + 2, indent: indent + 2, sequenceIndent: indent }
    : { column: () => indent + 2, indent: indent + 2, sequenceIndent: indent + 2 };
}

function inValue(walk: Walk, value: Json, position: Position): Json | undefined {
  if (typeof value === 'string') return isSubstituted(value) ? inText(walk, value, position) : value;
  if (isJsonObject(value)) return inMapping(walk, value, position.indent);
  return Array.isArray(value) ? inSequence(walk, value, position.sequenceIndent) : value;
}

function inSequence(walk: Walk, items: readonly Json[], indent: number): readonly Json[] | undefined {
  const position = { column: () => indent + 2, indent: indent + 2, sequenceIndent: indent + 2 };
  const values: Json[] = [];
  for (const [i, item] of items.entries()) {
    walk.path.push(i);
    const value = inValue(walk, item, position);
    walk.path.pop();
    if (value === undefined) return undefined;
    values.push(value);
  }
  return values.every((value, i) => value === items[i]) ? items : values;
}

function inText(walk: Walk, text: string, position: Position): Json | undefined {
  const place = { column: position.column(), indent: position.indent, isSimpleKey: false };
  const value = inScalar(walk, text, place, false);
  if (value === text) return text;
  if (value !== undefined && typeof value !== 'string') {
    walk.typed.push({ path: [...walk.path], before: text, after: value });
  }
  return value;
}

/** Longer keys cannot be read again. (go.yaml.in/yaml v2.4, scannerc.go) */
const longestKey = 1000;

function inKey(walk: Walk, key: string, indent: number): string | undefined {
  if (!isSubstituted(key)) return key;
  const isSimple = isSimpleKey(key);
  const place = { column: isSimple ? indent : indent + 2, indent: indent + 2, isSimpleKey: isSimple };
  const name = inScalar(walk, key, place, true);
  return typeof name === 'string' && name.length <= longestKey ? name : undefined;
}

function inScalar(walk: Walk, text: string, place: Place, isKey: boolean): Json | undefined {
  const { text: after, faults } = evaluate(printScalar(text, place), walk.variables);
  for (const { kind, variable, expression } of faults) {
    if (kind === 'parse-error' || kind === 'broken-character') return undefined;
    walk.faults.push({ kind, path: [...walk.path], inKey: isKey, variable, expression });
  }
  return readScalar(after, place.indent)?.value;
}

import type { Json } from '../../json/json';
import { isKnown } from '../../text/symbolic';

/** A value in a template that is filled in: JSON, whose maps functions may change. A text may have parts that are not known (lib/text/symbolic.ts). */
export type Value = null | boolean | number | string | Value[] | ValueMap;
export interface ValueMap {
  [key: string]: Value;
}

/** What a template makes is not known: of a value that is not, or of a function that is not followed. */
export class NotFollowed extends Error {}

/** Why a function fails: a clause. */
export class FunctionError extends Error {}

/** A function that templates may call. @throws FunctionError where Go's fails; NotFollowed where its result is not known */
export type TemplateFunction = (args: readonly Value[], name: string) => Value;

export function isMap(value: Value | undefined): value is ValueMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A copy that a template may change. */
export function toValue(json: Json): Value {
  return structuredClone(json) as Value;
}

/** A map with these entries. */
export function mapOf(entries: Iterable<readonly [string, Value]>): ValueMap {
  return Object.fromEntries(entries);
}

/** The entry of a map; undefined where there is none. */
export function entryOf(map: ValueMap, key: string): Value | undefined {
  return Object.hasOwn(map, key) ? map[key] : undefined;
}

/** The keys in Go's order of printing and of ranges. */
export function sortedKeys(map: ValueMap): string[] {
  return Object.keys(map).sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
}

/** Whether all of a value is known. */
export function isAllKnown(value: Value): boolean {
  if (typeof value === 'string') return isKnown(value);
  if (Array.isArray(value)) return value.every(isAllKnown);
  return !isMap(value) || Object.entries(value).every(([key, item]) => isKnown(key) && isAllKnown(item));
}

/** Whether a condition holds: not for what is empty (template.IsTrue). */
export function isTrue(value: Value): boolean {
  if (typeof value === 'string') return !isEmptyText(value);
  if (Array.isArray(value)) return value.length > 0;
  if (isMap(value)) return Object.keys(value).length > 0;
  return Boolean(value);
}

function isEmptyText(text: string): boolean {
  if (text === '') return true;
  if (!isKnown(text) && text.replace(/\uFDD0[^\uFDD1]*\uFDD1/g, '') === '') {
    throw new NotFollowed('a condition depends on a value that the tree does not show');
  }
  return false;
}

/** What fmt prints of a value (`%v`). */
export function printed(value: Value, top = false): string {
  if (value === null) return top ? '<no value>' : '<nil>';
  if (typeof value === 'number') return printedNumber(value);
  if (Array.isArray(value)) return `[${value.map((item) => printed(item)).join(' ')}]`;
  if (!isMap(value)) return String(value);
  return `map[${sortedKeys(value)
    .map((key) => `${key}:${printed(value[key] ?? null)}`)
    .join(' ')}]`;
}

/** A number as Go prints it: with an exponent where that is shorter than -4 or longer than 20. */
function printedNumber(value: number): string {
  if (Number.isSafeInteger(value)) return String(value === 0 ? 0 : value);
  const [digits = '', exponent = '0'] = value.toExponential().split('e');
  const power = Number(exponent);
  if (power >= -4 && power < 21) return String(value);
  return `${digits}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`;
}

/** The name of a value's type, for what Go answers to it. */
export function typeName(value: Value): string {
  if (value === null) return 'nil';
  if (typeof value === 'string') return 'string';
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'number') return Number.isInteger(value) ? 'int64' : 'float64';
  return Array.isArray(value) ? '[]interface {}' : 'map[string]interface {}';
}

import { isJsonObject, type Json, type JsonObject } from '../../json/json';
import { isKnown } from '../../text/symbolic';

/**
 * What stands for values that are not known while a chart is rendered. Helm, YAML and the functions of templates take them for any
 * other value: a word, the digits of a number as text, and a number where the whole value is not known; another word and another number
 * where only such will do. What a template makes of one
 * (a length, a hash, its first letter) differs from what it makes of another: so is found what is not known of the result.
 */
const forms: readonly ((i: number) => string | number)[] = [
  (i) => `qx${pad(i)}unknown`,
  (i) => `74${pad(i)}100147`,
  // Helm prints larger numbers as 1e+06.
  (i) => 900_000 + i,
  (i) => `wyz${pad(i)}hidden`,
  (i) => 800_000 + i,
];

/** There are no more placeholders of a form. */
const maximum = 9_999;

function pad(i: number): string {
  return String(i).padStart(4, '0');
}

/** Values that Helm can be given, and what was put into them. */
export interface Filled {
  readonly values: JsonObject;
  /** Whether nothing was put into them. */
  readonly isPlain: boolean;
  /** Puts the symbols back into what Helm made. */
  restore(text: string): string;
}

/** Values without symbols, in the ways to be tried; one way where all of them are known. */
export function fillIn(values: JsonObject): readonly Filled[] {
  const symbols = symbolsIn(JSON.stringify(values));
  if (symbols.length === 0) return [{ values, isPlain: true, restore: (text) => text }];
  return forms.map((form) => {
    const bySymbol = new Map(symbols.map((symbol, i) => [symbol, form(i)]));
    const byText = new Map(symbols.map((symbol, i) => [String(form(i)), symbol]));
    const pattern = new RegExp([...byText.keys()].join('|'), 'g');
    const fill = (text: string) => text.replace(symbolPattern, (symbol) => String(bySymbol.get(symbol) ?? symbol));
    return {
      values: mapped(values, fill, (scalar) => {
        return typeof scalar === 'string' ? (bySymbol.get(scalar) ?? fill(scalar)) : scalar;
      }) as JsonObject,
      isPlain: false,
      restore: (text) => text.replace(pattern, (placeholder) => byText.get(placeholder) as string),
    };
  });
}

const symbolPattern = /\uFDD0[^\uFDD1]*\uFDD1/g;

function symbolsIn(text: string): readonly string[] {
  const symbols = isKnown(text) ? [] : (text.match(symbolPattern) ?? []);
  return [...new Set(symbols)].slice(0, maximum);
}

/** What was made with values, with the symbols put back: a number that is a placeholder becomes one, too. */
export function restoreAll(value: JsonObject, { restore, isPlain }: Filled): JsonObject {
  if (isPlain) return value;
  const scalar = (known: string | number) => {
    const text = String(known);
    const restored = restore(text);
    return restored === text ? known : restored;
  };
  return mapped(value, restore, scalar) as JsonObject;
}

/** A value with other keys, texts and numbers. */
function mapped(value: Json, key: (text: string) => string, scalar: (value: string | number) => Json): Json {
  if (typeof value === 'string' || typeof value === 'number') return scalar(value);
  if (Array.isArray(value)) return value.map((item) => mapped(item, key, scalar));
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [key(name), mapped(inner, key, scalar)]));
}

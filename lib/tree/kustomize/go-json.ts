import { isJsonObject, type Json } from '../../json/json';

/** JSON as Go writes it: with sorted keys, and some characters escaped. */
export function goJson(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(goJson).join(',')}]`;
  if (!isJsonObject(value)) return escaped(JSON.stringify(value));
  return `{${sortedEntries(value)
    .map(([key, each]) => `${escaped(JSON.stringify(key))}:${goJson(each)}`)
    .join(',')}}`;
}

/** The same over several lines. */
export function indentedJson(value: Json, indent = ''): string {
  const inner = `${indent}  `;
  const lines = Array.isArray(value)
    ? value.map((each) => indentedJson(each, inner))
    : isJsonObject(value)
      ? sortedEntries(value).map(([key, each]) => `${escaped(JSON.stringify(key))}: ${indentedJson(each, inner)}`)
      : [];
  if (lines.length === 0) return goJson(value);
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  return `${open}\n${lines.map((line) => `${inner}${line}`).join(',\n')}\n${indent}${close}`;
}

function sortedEntries(value: { readonly [key: string]: Json }): [string, Json][] {
  return Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
}

function escaped(text: string): string {
  return text.replace(/[<>&\u2028\u2029]/g, (odd) => `\\u${odd.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

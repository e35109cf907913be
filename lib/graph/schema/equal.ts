import { isJsonObject, type Json } from '../../json/json';

/** A text that two values have in common when they are the same. */
export function canonical(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (!isJsonObject(value)) return JSON.stringify(value);
  const keys = Object.keys(value).sort();
  return `{${keys.map((key) => `${JSON.stringify(key)}:${canonical(value[key] as Json)}`).join()}}`;
}

/** Whether every text in a value, keys included, is known. */
export function allKnown(value: Json, known: (text: string) => boolean): boolean {
  if (typeof value === 'string') return known(value);
  if (Array.isArray(value)) return value.every((item) => allKnown(item, known));
  if (!isJsonObject(value)) return true;
  return Object.entries(value).every(([key, item]) => known(key) && allKnown(item, known));
}

import { isJsonObject, type Json } from '../json/json';
import type { SourceDocument } from '../tree/source/source';

/** Whether most objects have their fields in the order of the alphabet, as tools write them. */
export function areSorted(documents: readonly SourceDocument[]): boolean {
  return documents.filter(({ value }) => isSorted(value)).length > documents.length * 0.8;
}

function isSorted(value: Json): boolean {
  if (Array.isArray(value)) return value.every((item) => isSorted(item as Json));
  if (!isJsonObject(value)) return true;
  const keys = Object.keys(value);
  return keys.every((key, i) => i === 0 || (keys[i - 1] as string) < key) && Object.values(value).every(isSorted);
}

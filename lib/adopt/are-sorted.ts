import { isJsonObject, type Json } from '../json/json';
import { listAt } from '../json/read';
import { isKustomizationFile } from '../systems/flux/kustomization-names';
import { resourcesByName } from '../tree/kustomize/resources-by-name';
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

/** Whether most kustomization.yaml list their resources by name. */
export function areResourcesSorted(documents: readonly SourceDocument[]): boolean {
  const lists = documents
    .filter(({ file }) => isKustomizationFile(file.path))
    .map(({ value }) => listAt(value, 'resources').map(String))
    .filter(({ length }) => length > 1);
  const sorted = lists.filter((list) => resourcesByName(list, String).every((entry, i) => entry === list[i]));
  return sorted.length > lists.length * 0.8;
}

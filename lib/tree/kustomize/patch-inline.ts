import type { SourceDocument } from '../source/source';
import { sourceTree } from '../source/storage';
import { isJsonObject, type Json, type JsonObject } from '../tree';
import { addItems, newYield } from './findings';
import { itemOf } from './item';
import type { Kustomization } from './kustomization';
import { applyPatches } from './patches';
import { newReading } from './reading';

/**
 * An object as entries of `patches` change it that are for others, too: those that do not fit it, or cannot be followed, change
 * nothing.
 */
export function patchedInline(value: JsonObject, document: SourceDocument, patches: readonly Json[]): JsonObject {
  const inline = patches.filter((patch) => isJsonObject(patch) && typeof patch.patch === 'string');
  if (inline.length === 0) return value;
  const yielded = newYield();
  addItems(yielded, [itemOf(value, document, [])], undefined);
  const places = new Map([['patches', inline.map((patch, i) => ({ value: patch, document, path: ['patches', i] }))]]);
  const kustomization: Kustomization = { document, folder: '', isComponent: false, value: {}, places };
  applyPatches(newReading(noFiles), kustomization, 'patches', yielded);
  return yielded.items[0]?.value ?? value;
}

const noFiles = sourceTree(
  { paths: [], unreadable: new Map(), read: () => undefined, exists: () => false },
  { prefix: '', location: '', below: '' },
);

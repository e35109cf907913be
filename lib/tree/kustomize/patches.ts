import { isJsonObject, type Json, type JsonObject } from '../../json/json';
import { noteTransformer } from './build-metadata';
import { affords, newWork, newYield, type Yield } from './findings';
import { itemOf } from './item';
import { entriesOf, type Kustomization, type Placed } from './kustomization';
import { type Place, placeOfEntry } from './origin';
import { PatchFault } from './patch-fault';
import { leaveOpen, mergeInto, mergeIntoTargets, operate, selected, warn } from './patch-targets';
import { inlinePatch, operationsIn, type PatchText, patchInFile, strategicPatches } from './patch-texts';
import type { Reading } from './reading';
import { Unfit } from './specs';
import type { NameOptions } from './strategic-object';

/** Puts the patches of a kustomization's field into what it has. */
export function applyPatches(
  reading: Reading,
  kustomization: Kustomization,
  field: 'patches' | 'patchesJson6902' | 'patchesStrategicMerge',
  into: Yield,
): void {
  const [transformer, patch] = {
    patches: ['PatchTransformer', patchByEntry] as const,
    patchesJson6902: ['PatchJson6902Transformer', patchByOperations] as const,
    patchesStrategicMerge: ['PatchStrategicMergeTransformer', patchByText] as const,
  }[field];
  const entries = entriesOf(kustomization, field);
  for (const [i, entry] of entries.entries()) {
    if (!affords(into, into.items.length, entry)) return;
    patch(reading, kustomization.folder, entry, into);
    // One transformer has all of these.
    if (field === 'patchesStrategicMerge' && i < entries.length - 1) continue;
    noteTransformer(reading, kustomization.document.file.path, transformer, into);
  }
}

/** An entry of `patches`, or a PatchTransformer (api/internal/builtins/PatchTransformer.go of kustomize 0.21). */
function patchByEntry(reading: Reading, folder: string, entry: Placed<Json>, into: Yield): void {
  const { value } = entry;
  if (!isJsonObject(value)) return;
  const target = isJsonObject(value.target) ? value.target : undefined;
  telling(entry, into, () => {
    const texts = readText(reading, folder, entry, into);
    if (texts === undefined) {
      leaveOpen(target, into);
      return;
    }
    patchByEither(texts, target, isJsonObject(value.options) ? value.options : {}, entry, into);
  });
}

/** Puts patches into an object that something else than kustomize makes, and patches as kustomize does. */
export function withPatches(value: JsonObject, at: Place, entries: readonly Placed<Json>[]): JsonObject {
  const into = newYield(newWork());
  into.items = [itemOf(value, at.document, at.path)];
  for (const entry of entries) {
    const { patch, target } = isJsonObject(entry.value) ? entry.value : ({} as JsonObject);
    if (typeof patch !== 'string') continue;
    telling(entry, into, () => {
      const texts = inlinePatch(patch, placeOfEntry(entry.value, entry, 'patch'));
      patchByEither(texts, isJsonObject(target) ? target : undefined, {}, entry, into);
    });
  }
  return into.items[0]?.value ?? value;
}

/** Merges what is an object, and does what is a list of operations. */
function patchByEither(
  texts: readonly PatchText[],
  target: JsonObject | undefined,
  options: NameOptions,
  entry: Place,
  into: Yield,
): void {
  const patches = strategicPatches(texts);
  const list = patches === undefined ? operationsIn(texts) : undefined;
  if (list !== undefined) {
    if (target === undefined) throw new PatchFault(entry, 'a patch that is a list of operations must have a target');
    operate(selected(target, entry, into), list, into, 'noted');
  } else if (patches === undefined) {
    const either = 'neither an object with kind and metadata.name nor a list of operations';
    throw new PatchFault(entry, `the patch is ${either}; write one of them`);
  } else if (target === undefined) {
    for (const patch of patches) mergeInto(patch, options, entry, into);
  } else mergeIntoTargets(patches, options, target, entry, into);
  if (patches?.length === 0) warn(into, entry, 'the patch is empty, and changes nothing; remove it');
}

/** An entry of `patchesJson6902`, or a PatchJson6902Transformer (PatchJson6902Transformer.go). */
function patchByOperations(reading: Reading, folder: string, entry: Placed<Json>, into: Yield): void {
  const { value } = entry;
  if (!isJsonObject(value)) return;
  telling(entry, into, () => {
    const { target } = value;
    if (!isJsonObject(target) || typeof target.name !== 'string' || target.name === '') {
      throw new PatchFault(entry, 'the patch must have a target with a name');
    }
    const texts = readText(reading, folder, entry, into);
    if (texts === undefined) {
      leaveOpen(target, into);
      return;
    }
    const list = operationsIn(texts);
    if (list === undefined || list.operations.length === 0) {
      const such = '- {op: remove, path: /spec/replicas}';
      throw new PatchFault(entry, `the patch must be a list of operations, such as ${such}`);
    }
    operate(selected(target, entry, into), list, into, 'forgotten');
  });
}

/** An entry of `patchesStrategicMerge`, which is a patch or the path of one. */
function patchByText(reading: Reading, folder: string, entry: Placed<Json>, into: Yield): void {
  telling(entry, into, () => {
    const text = String(entry.value);
    const texts = /[:{]/.test(text) ? writtenPatch(text, entry) : undefined;
    mergeAll(texts ?? patchInFile(reading, folder, text, entry, into), entry, into);
  });
}

/** A PatchStrategicMergeTransformer (PatchStrategicMergeTransformer.go). */
function patchByTransformer(reading: Reading, folder: string, entry: Placed<JsonObject>, into: Yield): void {
  const { paths, patches } = entry.value;
  for (const [i, value] of (Array.isArray(paths) ? paths : []).entries()) {
    const { document, path } = placeOfEntry(paths, placeOfEntry(entry.value, entry, 'paths'), i);
    patchByText(reading, folder, { document, path, value }, into);
  }
  if (typeof patches !== 'string' || patches === '') return;
  telling(entry, into, () => {
    mergeAll(inlinePatch(patches, placeOfEntry(entry.value, entry, 'patches')), entry, into);
  });
}

/** kustomize's transformers that patch, by the kind that they have as plugins. */
export const patchTransformers: { readonly [kind: string]: typeof patchByTransformer | undefined } = {
  PatchTransformer: patchByEntry,
  PatchJson6902Transformer: patchByOperations,
  PatchStrategicMergeTransformer: patchByTransformer,
};

/** A text that is a patch itself; undefined for one that is a path. */
function writtenPatch(text: string, at: Place): readonly PatchText[] | undefined {
  try {
    const texts = inlinePatch(text, at);
    return strategicPatches(texts) === undefined ? undefined : texts;
  } catch (error) {
    if (error instanceof PatchFault) return undefined;
    throw error;
  }
}

/** What an entry says, in itself or in a file. */
function readText(
  reading: Reading,
  folder: string,
  entry: Placed<Json>,
  into: Yield,
): readonly PatchText[] | undefined {
  const value = isJsonObject(entry.value) ? entry.value : {};
  const inline = value.jsonOp === undefined ? 'patch' : 'jsonOp';
  const text = typeof value[inline] === 'string' ? value[inline] : '';
  const path = typeof value.path === 'string' ? value.path : '';
  if ((text.trim() === '') === (path === '')) {
    throw new PatchFault(entry, `the patch must have one of ${inline} and path`);
  }
  if (path === '') return inlinePatch(text, placeOfEntry(value, entry, inline));
  return patchInFile(reading, folder, path, placeOfEntry(value, entry, 'path'), into);
}

function mergeAll(texts: readonly PatchText[] | undefined, entry: Place, into: Yield): void {
  if (texts === undefined) {
    leaveOpen(undefined, into);
    return;
  }
  const patches = strategicPatches(texts);
  if (patches === undefined || patches.length === 0) {
    throw new PatchFault(entry, 'the patch must be an object with kind and metadata.name');
  }
  for (const patch of patches) mergeInto(patch, {}, entry, into);
}

/** What goes wrong with a patch is told where it is written. */
function telling(entry: Place, into: Yield, run: () => void): void {
  try {
    run();
  } catch (error) {
    if (!(error instanceof PatchFault) && !(error instanceof Unfit)) throw error;
    const { kind, at } = error instanceof PatchFault ? error : ({ kind: 'invalid', at: entry } as const);
    into.faults.add({ kind, document: at.document, path: at.path, message: error.message, fails: true });
  }
}

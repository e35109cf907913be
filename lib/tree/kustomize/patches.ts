import { isJsonObject, type Json, type JsonObject } from '../../json/json';
import { addItems, affords, hidesObjects, newWork, newYield, type Yield } from './findings';
import { type Item, idOf, isSame, itemOf, nameOf, withPrevious, withValue } from './item';
import { patchJson } from './json-patch';
import { entriesOf, type Kustomization, type Placed } from './kustomization';
import { type Place, placeOfEntry } from './origin';
import { PatchFault } from './patch-fault';
import {
  inlinePatch,
  type Operations,
  operationsIn,
  type PatchText,
  patchInFile,
  type StrategicPatch,
  strategicPatches,
} from './patch-texts';
import type { Reading } from './reading';
import { isTarget, targetText } from './select';
import { withChanged } from './shared';
import { Unfit } from './specs';
import { forTarget, type NameOptions, withStrategic } from './strategic-object';
import { freeze, thaw, type Writable } from './writable';

/** Puts the patches of a kustomization's field into what it has. */
export function applyPatches(
  reading: Reading,
  kustomization: Kustomization,
  field: 'patches' | 'patchesJson6902' | 'patchesStrategicMerge',
  into: Yield,
): void {
  const patch = { patches: patchByEntry, patchesJson6902: patchByOperations, patchesStrategicMerge: patchByText }[
    field
  ];
  for (const entry of entriesOf(kustomization, field)) {
    if (!affords(into, into.items.length, entry)) return;
    patch(reading, kustomization.folder, entry, into);
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

/** Merges a patch into the object that it names. */
function mergeInto(patch: StrategicPatch, options: NameOptions, entry: Place, into: Yield): void {
  const id = idOf(patch.value);
  const found = into.items.filter((item) => isSame(item.id, id) || item.previous.some((old) => isSame(old, id)));
  const [item, second] = found;
  if (item === undefined) {
    // Beside a fault, or objects that are not known, it may well be among what is not there.
    if (hidesObjects(into)) return;
    const here = near(into, { kind: id.kind });
    throw new PatchFault(
      entry,
      `the patch fails the build: ${nameOf(id)} (${id.apiVersion}) is not here${here}`,
      'empty-patch',
    );
  }
  if (second !== undefined) {
    const both = `${nameOf(item.id)} and ${nameOf(second.id)}`;
    throw new PatchFault(entry, `the patch means two objects, ${both}; give it a target`);
  }
  const merged = merge(item, patch, options);
  into.items = into.items.flatMap((each) => (each === item ? merged : [each]));
}

/** Merges a patch into all objects that its target selects. */
function mergeIntoTargets(
  [patch, second]: readonly StrategicPatch[],
  options: NameOptions,
  target: JsonObject,
  entry: Place,
  into: Yield,
): void {
  if (patch === undefined) return;
  if (second !== undefined) {
    throw new PatchFault(entry, 'a patch of several documents must have no target; give each an entry of its own');
  }
  const hit = new Set(selected(target, entry, into));
  if (hit.size === 0) return;
  const items = into.items.flatMap((item) => {
    return hit.has(item) ? merge(item, forTarget(patch, item.id.apiVersion), options) : [item];
  });
  into.items = [];
  addItems(into, items, entry);
}

function merge(item: Item, patch: StrategicPatch, options: NameOptions): readonly Item[] {
  return fitting(item, () => {
    const value = withStrategic(item, patch, options);
    if (value === undefined) return [];
    const isNamed = options.allowNameChange === true || options.allowKindChange === true;
    return [withChanged(isNamed ? withPrevious(item) : item, value)];
  });
}

/** @param previous whether what an object was called before it was patched is noted */
function operate(
  items: readonly Item[],
  { operations, at }: Operations,
  into: Yield,
  previous: 'noted' | 'forgotten',
): void {
  if (!affords(into, items.length * operations.length, at)) return;
  const hit = new Set(items);
  into.items = into.items.map((item) => {
    if (!hit.has(item)) return item;
    return fitting(item, () => {
      const { value, document, path } = item;
      const node = thaw(value, { place: { document, path } });
      const isNoted = previous === 'noted' || item.previous.length > 0;
      const made = freeze(
        isNoted ? withNotes(node, (noted) => patchJson(noted, operations, at)) : patchJson(node, operations, at),
      );
      if (!isJsonObject(made)) throw new PatchFault(at, 'an object is replaced by what is none');
      // What kustomize reads again shares nothing.
      return { ...withValue(previous === 'noted' ? withPrevious(item) : item, made), shared: [] };
    });
  });
}

/** Annotations are always there for a patch, for kustomize notes there what the object was called (Resource.StorePreviousId). */
function withNotes(node: Writable, patch: (node: Writable) => Writable): Writable {
  const metadata = node.kind === 'map' ? node.fields.get('metadata') : undefined;
  if (metadata?.kind !== 'map' || metadata.fields.has('annotations')) return patch(node);
  const annotations: Writable = { kind: 'map', fields: new Map(), owner: metadata, step: 'annotations' };
  metadata.fields.set('annotations', annotations);
  const made = patch(node);
  if (metadata.fields.get('annotations') === annotations && annotations.fields.size === 0) {
    metadata.fields.delete('annotations');
  }
  return made;
}

function fitting<T>(item: Item, run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof PatchFault)) throw error;
    throw new PatchFault(error.at, `the patch does not fit ${nameOf(item.id)}: ${error.message}`, error.kind);
  }
}

/** The items that a target selects; that there are none is told. */
function selected(target: JsonObject, entry: Place, into: Yield): readonly Item[] {
  const found = into.items.filter((item) => isTarget(target, item));
  if (found.length === 0 && !hidesObjects(into)) {
    warn(into, entry, `the patch changes nothing: no object here fits ${targetText(target)}${near(into, target)}`);
  }
  return found;
}

/** What a patch that is not known may change is uncertain. */
function leaveOpen(target: JsonObject | undefined, into: Yield): void {
  const isHit = (item: Item) => target === undefined || isTarget(target, item);
  into.items = into.items.map((item) => (isHit(item) ? { ...item, uncertain: true } : item));
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

function warn(into: Yield, { document, path }: Place, message: string): void {
  into.faults.add({ kind: 'empty-patch', document, path, message, fails: false });
}

/** What a patch may have meant. */
function near({ items }: Yield, { kind }: JsonObject): string {
  const names = items.filter(({ id }) => id.kind === kind).map(({ id }) => nameOf(id));
  if (names.length === 0)
    return `; there is no ${typeof kind === 'string' && kind !== '' ? kind : 'such object'} at all`;
  return `; here: ${names.slice(0, 5).join(', ')}${names.length > 5 ? ', …' : ''}`;
}

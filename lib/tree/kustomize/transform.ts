import { isJsonObject, type Json, type JsonObject } from '../tree';
import { addGenerated, type Yield } from './findings';
import { followed } from './followed';
import { generate } from './generators';
import { setImage } from './images';
import { type Item, withValue } from './item';
import { entriesOf, type Kustomization, type Placed, textOf } from './kustomization';
import { additionsOf, withAddition } from './labels';
import { affixName } from './names';
import { clashMessage, moveItems } from './namespace';
import { patchedItems } from './patches';
import type { Reading } from './reading';
import { Unfit } from './specs';

/** Adds what configMapGenerator and secretGenerator make. */
export function runGenerators(reading: Reading, kustomization: Kustomization, into: Yield): void {
  for (const [field, kind] of [
    ['configMapGenerator', 'ConfigMap'],
    ['secretGenerator', 'Secret'],
  ] as const) {
    for (const entry of entriesOf(kustomization, field)) {
      const { item, files, faults, open } = generate(reading, kustomization, kind, entry);
      for (const file of files) into.files.add(file);
      for (const fault of faults) into.faults.add(fault);
      if (item !== undefined) addGenerated(into, item, entry);
      if (open === undefined) continue;
      const behavior = isJsonObject(entry.value) ? entry.value.behavior : undefined;
      const changes = behavior === 'merge' || behavior === 'replace';
      const what = changes ? `${open}, which is not followed` : open;
      const hidesObjects = item === undefined && !changes;
      into.open.add({ ...placeOf(entry), what, hidesObjects });
      if (changes) markGenerated(into, kind, entry.value);
    }
  }
}

/** Transforms what a kustomization has, in kustomize's order (configureBuiltinTransformers). */
export function transform(reading: Reading, kustomization: Kustomization, into: Yield): void {
  for (const field of ['patchesStrategicMerge', 'patches'] as const) applyPatches(reading, kustomization, field, into);
  const namespace = textOf(kustomization, 'namespace');
  if (namespace !== undefined) {
    guarded(namespace, into, () => {
      const { items, clashes } = moveItems(into.items, namespace.value);
      into.items = items;
      for (const item of clashes) {
        const message = clashMessage(item, namespace.value);
        into.faults.add({ kind: 'duplicate', ...placeOf(namespace), message, fails: true });
      }
    });
  }
  const prefix = textOf(kustomization, 'namePrefix');
  const suffix = textOf(kustomization, 'nameSuffix');
  if (prefix !== undefined || suffix !== undefined) {
    into.items = into.items.map((item) => affixName(item, prefix?.value ?? '', suffix?.value ?? ''));
  }
  for (const addition of additionsOf(kustomization)) {
    const before = into.items;
    guarded(addition.place, into, () => {
      into.items = before.map((item) => withAddition(item, addition));
    });
    if (!into.items.some(({ uncertain }, i) => uncertain && before[i]?.uncertain === false)) continue;
    const what = 'a label that is set twice, with selectors the first time, is not followed';
    into.open.add({ ...placeOf(addition.place), what, hidesObjects: false });
  }
  applyPatches(reading, kustomization, 'patchesJson6902', into);
  for (const image of entriesOf(kustomization, 'images')) {
    edit(into, image, (value) => (isJsonObject(image.value) ? setImage(value, image.value) : value));
  }
  followed(reading, kustomization, into);
}

function applyPatches(
  reading: Reading,
  kustomization: Kustomization,
  field: 'patches' | 'patchesJson6902' | 'patchesStrategicMerge',
  into: Yield,
): void {
  const [first] = entriesOf(kustomization, field);
  if (first === undefined) return;
  const hit = patchedItems(reading, kustomization, field, into);
  const what = `${field} is not followed`;
  into.open.add({
    document: first.document,
    path: first.path.slice(0, -1),
    what,
    hidesObjects: false,
  });
  into.items = into.items.map((item) => (hit.has(item) ? { ...item, uncertain: true } : item));
}

function edit(into: Yield, place: Placed<Json>, change: (value: JsonObject) => JsonObject): void {
  guarded(place, into, () => {
    into.items = into.items.map((item) => withValue(item, change(item.value)));
  });
}

/** A transformer that meets what it cannot transform fails the build. */
function guarded(place: Placed<Json>, into: Yield, run: () => void): void {
  try {
    run();
  } catch (error) {
    if (!(error instanceof Unfit)) throw error;
    into.faults.add({ kind: 'invalid', ...placeOf(place), message: error.message, fails: true });
  }
}

function markGenerated(into: Yield, kind: string, args: Json): void {
  const name = isJsonObject(args) ? args.name : undefined;
  const isHit = ({ id, previous }: Item) => id.kind === kind && [id, ...previous].some((each) => each.name === name);
  into.items = into.items.map((item) => (isHit(item) ? { ...item, uncertain: true } : item));
}

function placeOf({ document, path }: Placed<Json>): Pick<Placed<Json>, 'document' | 'path'> {
  return { document, path };
}

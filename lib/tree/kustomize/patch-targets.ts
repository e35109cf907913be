import { isJsonObject, type JsonObject } from '../../json/json';
import { addItems, affords, hidesObjects, type Yield } from './findings';
import { type Item, idOf, isSame, nameOf, withPrevious, withValue } from './item';
import { patchJson } from './json-patch';
import type { Place } from './origin';
import { PatchFault } from './patch-fault';
import type { Operations, StrategicPatch } from './patch-texts';
import { isTarget, targetText } from './select';
import { withChanged } from './shared';
import { forTarget, type NameOptions, withStrategic } from './strategic-object';
import { freeze, thaw, type Writable } from './writable';

/** Merges a patch into the object that it names. */
export function mergeInto(patch: StrategicPatch, options: NameOptions, entry: Place, into: Yield): void {
  const id = idOf(patch.value);
  const found = into.items.filter((item) => isSame(item.id, id) || item.previous.some((old) => isSame(old, id)));
  const [item, second] = found;
  if (item === undefined) {
    // Beside a fault, or objects that are not known, it may well be among what is not there.
    if (hidesObjects(into)) return;
    const here = near(into, { kind: id.kind });
    throw new PatchFault(
      entry,
      `the patch fails the build: there is no ${nameOf(id)} (${id.apiVersion}) here${here}`,
      'empty-patch',
    );
  }
  if (second !== undefined) {
    const both = `${nameOf(item.id)} and ${nameOf(second.id)}`;
    throw new PatchFault(entry, `the patch matches two objects, ${both}; give it a target`);
  }
  const merged = merge(item, patch, options);
  into.items = into.items.flatMap((each) => (each === item ? merged : [each]));
}

/** Merges a patch into all objects that its target selects. */
export function mergeIntoTargets(
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
export function operate(
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
      if (!isJsonObject(made)) throw new PatchFault(at, 'an object is replaced by something that is not an object');
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
export function selected(target: JsonObject, entry: Place, into: Yield): readonly Item[] {
  const found = into.items.filter((item) => isTarget(target, item));
  if (found.length === 0 && !hidesObjects(into)) {
    warn(into, entry, `the patch changes nothing: no object here matches ${targetText(target)}${near(into, target)}`);
  }
  return found;
}

/** What a patch that is not known may change is uncertain. */
export function leaveOpen(target: JsonObject | undefined, into: Yield): void {
  const isHit = (item: Item) => target === undefined || isTarget(target, item);
  into.items = into.items.map((item) => (isHit(item) ? { ...item, uncertain: true } : item));
}

export function warn(into: Yield, { document, path }: Place, message: string): void {
  into.faults.add({ kind: 'empty-patch', document, path, message, fails: false });
}

/** What a patch may have meant. */
function near({ items }: Yield, { kind }: JsonObject): string {
  const names = items.filter(({ id }) => id.kind === kind).map(({ id }) => nameOf(id));
  if (names.length === 0)
    return `; there is no ${typeof kind === 'string' && kind !== '' ? kind : 'such object'} at all`;
  return `; here: ${names.slice(0, 5).join(', ')}${names.length > 5 ? ', …' : ''}`;
}

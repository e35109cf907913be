import { parseFile } from '../source/parse';
import type { SourceDocument } from '../source/source';
import { isJsonObject, type Json, type JsonObject } from '../tree';
import type { BuildFault } from './built';
import { hidesObjects, type Yield } from './findings';
import { type Item, idOf, isSame, nameOf } from './item';
import { entriesOf, type Kustomization, type Placed } from './kustomization';
import { fetchedText, isRemote, resolveEntry } from './place';
import type { Reading } from './reading';
import { isTarget, targetText } from './select';

/** The items that the patches of a field change; what is wrong with the patches goes to `into`. */
function patchedItems(
  reading: Reading,
  kustomization: Kustomization,
  field: 'patches' | 'patchesJson6902' | 'patchesStrategicMerge',
  into: Yield,
): ReadonlySet<Item> {
  const hit = new Set<Item>();
  for (const entry of entriesOf(kustomization, field)) {
    const patch = isJsonObject(entry.value) ? entry.value : strategic(reading, kustomization, entry.value);
    const text = textOf(reading, kustomization, { ...entry, value: patch }, into);
    if (text === undefined) continue;
    for (const item of hitBy(text, patch, entry, into)) hit.add(item);
  }
  return hit;
}

/** An entry of patchesStrategicMerge is a path or, where nothing lies at it, a patch. */
function strategic(reading: Reading, { folder }: Kustomization, entry: Json): JsonObject {
  const text = String(entry);
  const path = resolveEntry(folder, text);
  const isFile = !text.includes('\n') && path !== undefined && reading.bytes(path) !== undefined;
  return isFile || !/[:{]/.test(text) ? { path: text } : { patch: text };
}

/** The documents of a patch; undefined when they cannot be read. */
function textOf(
  reading: Reading,
  kustomization: Kustomization,
  { value: patch, document, path }: Placed<JsonObject>,
  into: Yield,
): readonly Json[] | undefined {
  const fault = (kind: BuildFault['kind'], message: string, at: BuildFault['path'] = []): undefined => {
    into.faults.add({ kind, document, path: [...path, ...at], message, fails: true });
  };
  const inline = typeof patch.patch === 'string' ? patch.patch.trim() : '';
  const file = typeof patch.path === 'string' ? patch.path : '';
  if ((inline === '') === (file === '')) return fault('invalid', 'the patch must have one of patch and path');
  if (inline !== '') return readable(parseFile('patch', inline).documents) ?? fault('invalid', 'the patch is no YAML');
  const at = path.at(-2) === 'patchesStrategicMerge' ? [] : ['path'];
  const where = resolveEntry(kustomization.folder, file);
  const found = where === undefined ? undefined : reading.yaml(where);
  if (where !== undefined && found !== undefined) {
    into.files.add(where);
    if (found.faults.length > 0 || found.documents.length === 0) return undefined;
    return readable(found.documents);
  }
  if (isRemote(file)) {
    into.open.add({
      document,
      path: [...path, ...at],
      what: fetchedText(file),
      hidesObjects: false,
    });
    return undefined;
  }
  if (where === undefined) return fault('outside', `${file} lies outside the source; move it below its root`, at);
  return fault('missing', `${where} is not there; add the patch, or correct the entry`, at);
}

function readable(documents: readonly SourceDocument[]): readonly Json[] | undefined {
  return documents.length === 0 ? undefined : documents.map(({ value }) => value);
}

function hitBy(
  documents: readonly Json[],
  { target }: JsonObject,
  { document, path }: Placed<Json>,
  into: Yield,
): readonly Item[] {
  const fault = (kind: BuildFault['kind'], message: string, fails: boolean): readonly Item[] => {
    into.faults.add({ kind, document, path, message, fails });
    return [];
  };
  // Beside a fault, or objects that are not known, a target may well be among what is not there.
  const known = !hidesObjects(into);
  if (isJsonObject(target)) {
    const found = into.items.filter((item) => isTarget(target, item));
    if (found.length > 0 || !known) return found;
    return fault(
      'empty-patch',
      `the patch changes nothing: no object here fits ${targetText(target)}${near(into, target)}`,
      false,
    );
  }
  if (documents.some((each) => Array.isArray(each))) {
    return fault('invalid', 'a patch that is a list of operations must have a target', true);
  }
  const hit: Item[] = [];
  for (const each of documents) {
    if (!isJsonObject(each)) continue;
    const id = idOf(each);
    const found = into.items.filter((item) => isSame(item.id, id) || item.previous.some((old) => isSame(old, id)));
    if (found.length === 0 && known) {
      fault(
        'empty-patch',
        `the patch fails the build: ${nameOf(id)} (${id.apiVersion}) is not here${near(into, { kind: id.kind })}`,
        true,
      );
    }
    hit.push(...found);
  }
  return hit;
}

/** What a patch may have meant. */
function near({ items }: Yield, { kind }: JsonObject): string {
  const names = items.filter(({ id }) => id.kind === kind).map(({ id }) => nameOf(id));
  if (names.length === 0)
    return `; there is no ${typeof kind === 'string' && kind !== '' ? kind : 'such object'} at all`;
  return `; here: ${names.slice(0, 5).join(', ')}${names.length > 5 ? ', …' : ''}`;
}

/** Notes which objects the patches of a field change. */
export function applyPatches(
  reading: Reading,
  kustomization: Kustomization,
  field: 'patches' | 'patchesJson6902' | 'patchesStrategicMerge',
  into: Yield,
): void {
  const [first] = entriesOf(kustomization, field);
  if (first === undefined) return;
  const hit = patchedItems(reading, kustomization, field, into);
  const what = `${field} is not followed`;
  into.open.add({ document: first.document, path: first.path.slice(0, -1), what, hidesObjects: false });
  into.items = into.items.map((item) => (hit.has(item) ? { ...item, uncertain: true } : item));
}

import { posix } from 'node:path';
import { isJsonObject, type Json, type JsonObject } from '../../json/json';
import type { Yield } from './findings';
import type { Item } from './item';
import type { Kustomization, Placed } from './kustomization';
import { namedFile } from './named-file';
import { setNamespace } from './namespace';
import type { Reading } from './reading';
import { isTarget } from './select';
import { withChanged } from './shared';
import { editField, Unfit } from './specs';

/** The ValueAddTransformer (api/internal/builtins): a value in fields of objects, or at a place of the path that is there. */
export function addValue(
  reading: Reading,
  kustomization: Kustomization,
  plugin: Placed<JsonObject>,
  into: Yield,
): void {
  const { value: settings, document, path } = plugin;
  const given = typeof settings.value === 'string' ? settings.value.trim() : '';
  const value = given || posix.basename(kustomization.folder);
  const targets = [...targetsOf(settings)];
  const { targetFilePath: file } = settings;
  if (typeof file === 'string' && file !== '') {
    const read = namedFile(reading, kustomization, { value: file, document, path: [...path, 'targetFilePath'] }, into);
    if (read === undefined) return;
    targets.push(...targetsOf(read.documents[0]?.value ?? null));
  }
  try {
    if (targets.length === 0) throw new Unfit('a ValueAddTransformer must have targets');
    for (const target of targets) {
      into.items = into.items.map((item) => withAddition(item, target, value, plugin));
    }
  } catch (error) {
    if (!(error instanceof Unfit)) throw error;
    into.faults.add({ kind: 'invalid', document, path, message: error.message, fails: true });
  }
}

function targetsOf(value: Json): readonly JsonObject[] {
  const targets = isJsonObject(value) ? value.targets : undefined;
  return Array.isArray(targets) ? targets.filter(isJsonObject) : [];
}

function withAddition(
  item: Item,
  { selector, fieldPath, filePathPosition: position = 0 }: JsonObject,
  value: string,
  at: Placed<unknown>,
): Item {
  if (typeof fieldPath !== 'string' || fieldPath === '') throw new Unfit('a target must have a fieldPath');
  if (Number(position) < 0) throw new Unfit('filePathPosition must not be negative');
  if (isJsonObject(selector) && !isTarget(selector, item)) return item;
  if (fieldPath === 'metadata/namespace') {
    return withChanged(item, setNamespace(item.value, { namespace: value, specs: [], at }));
  }
  const set = (before: Json): Json => {
    if (typeof before === 'object' && before !== null) throw new Unfit(`${fieldPath} must hold a plain value`);
    return Number(position) > 0 ? inserted(String(before ?? ''), Number(position) - 1, value) : value;
  };
  return withChanged(item, editField(item.value, { path: fieldPath, create: true }, set, 'text', at));
}

/** A path with a part put in (kyaml/filesys/util.go, InsertPathPart). */
function inserted(path: string, position: number, part: string): string {
  const parts = path.split('/').filter((each) => each !== '');
  parts.splice(Math.min(position, parts.length), 0, part);
  return `${path.startsWith('/') ? '/' : ''}${parts.join('/')}`;
}

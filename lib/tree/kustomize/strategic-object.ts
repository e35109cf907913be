import type { Path } from '../../json/json';
import { isJsonObject, type Json, type JsonObject } from '../../json/json';
import { isWritten } from '../source/locate';
import type { Item } from './item';
import { carryOrigin, type Place, placeWithin, withField, withoutField } from './origin';
import type { StrategicPatch } from './patch-texts';
import { mergePatch } from './strategic';
import { freeze, thaw, type Writable, type WritableMap } from './writable';

/** Whether a patch may give an object another name or kind (types.PatchArgs of kustomize). */
export interface NameOptions {
  readonly allowNameChange?: Json;
  readonly allowKindChange?: Json;
}

/**
 * An object with a strategic-merge patch merged into it; undefined where it is deleted. It keeps its kind, name and namespace, unless
 * the patch may change them (ApplySmPatch in api/resource/resource.go).
 *
 * @throws PatchFault
 */
export function withStrategic(
  { value, document, path }: Item,
  patch: StrategicPatch,
  { allowKindChange, allowNameChange }: NameOptions,
): JsonObject | undefined {
  const root = thaw(value, { place: { document, path } }) as WritableMap;
  const kind = root.fields.get('kind');
  const metadata = mapIn(root, 'metadata');
  const [name, namespace] = [metadata?.fields.get('name'), metadata?.fields.get('namespace')];
  const merged = mergePatch(root, thaw(patch.value, { place: patch.at }));
  if (merged?.kind !== 'map') return undefined;
  if (root.fields.size === 0) return undefined;
  if (allowKindChange !== true) set(root, 'kind', kind);
  const own =
    mapIn(root, 'metadata') ?? ({ kind: 'map', fields: new Map(), owner: root, step: 'metadata' } as WritableMap);
  root.fields.set('metadata', own);
  if (allowNameChange !== true) set(own, 'name', name);
  set(own, 'namespace', namespace);
  return freeze(root) as JsonObject;
}

/**
 * A patch as kustomize copies it for an object that its target selects (ApplySmPatch in api/resmap/reswrangler.go): with the object's
 * apiVersion, and with labels and annotations that are texts. So `annotations: {a: null}` sets `null`, and deletes nothing.
 */
export function forTarget({ value, at }: StrategicPatch, apiVersion: string): StrategicPatch {
  let metadata = isJsonObject(value.metadata) ? value.metadata : {};
  for (const field of ['labels', 'annotations']) {
    const map = metadata[field];
    if (map === undefined) continue;
    const entries = isJsonObject(map) ? Object.entries(map) : [];
    const texts = Object.fromEntries(entries.map(([key, each]) => [key, asText(each, value, at, [field, key])]));
    metadata =
      entries.length === 0
        ? withoutField(metadata, field)
        : withField(metadata, field, carryOrigin(map as object, texts));
  }
  return { value: withField(withField(value, 'metadata', metadata), 'apiVersion', apiVersion), at };
}

/** An object as kustomize writes it: its annotations are texts, and none are no map (SetAnnotations in kyaml, yaml/rnode.go). */
export function textAnnotations(value: JsonObject, at: Place): JsonObject {
  const { metadata } = value;
  const annotations = isJsonObject(metadata) ? metadata.annotations : undefined;
  if (!isJsonObject(metadata) || annotations === undefined) return value;
  const entries = isJsonObject(annotations) ? Object.entries(annotations) : [];
  if (entries.length === 0) return withField(value, 'metadata', withoutField(metadata, 'annotations'));
  if (entries.every(([, each]) => typeof each === 'string')) return value;
  const texts = Object.fromEntries(entries.map(([key, each]) => [key, asText(each, value, at, ['annotations', key])]));
  return withField(value, 'metadata', withField(metadata, 'annotations', carryOrigin(annotations as object, texts)));
}

/** A label or annotation as the text that kustomize takes it for: the null of `key:` is none, and `null` is one. */
function asText(each: Json, object: JsonObject, at: Place, way: Path): string {
  if (each !== null) return typeof each === 'object' ? '' : String(each);
  const { document, path } = placeWithin(object, at, ['metadata', ...way]);
  return isWritten(document, path) ? 'null' : '';
}

function mapIn({ fields }: WritableMap, key: string): WritableMap | undefined {
  const field = fields.get(key);
  return field?.kind === 'map' ? field : undefined;
}

function set({ fields }: WritableMap, key: string, value: Writable | undefined): void {
  if (value === undefined) fields.delete(key);
  else fields.set(key, value);
}

import { isJsonObject, type Json, type JsonObject } from '../../json/json';
import type { FluxOverlay } from './built';
import type { Yield } from './findings';
import { entriesOf, type Kustomization, type Placed } from './kustomization';
import { placeOfEntry } from './origin';
import { isRemote, resolveEntry, withoutCredentials } from './place';
import type { Reading } from './reading';

/**
 * The kustomization that Flux writes in place of a folder's own (fluxcd/pkg kustomize 1.35, Generator.GenerateManifest).
 */
export function overlaid(
  reading: Reading,
  kustomization: Kustomization,
  { document, path = ['spec'], spec }: FluxOverlay,
  into: Pick<Yield, 'faults' | 'kustomizations'>,
): Kustomization {
  // Not one that Flux makes for the folder.
  const isOwn = into.kustomizations.has(kustomization.document);
  const listsNothing = isOwn && !isFilled(kustomization.document.value, 'resources');
  if (givenFields(spec).length === 0 && !listsNothing) return kustomization;
  const value: { [field: string]: Json } = { ...kustomization.value };
  const places = new Map(kustomization.places);
  const set = (field: string, entries: readonly Placed<Json>[], isList: boolean): void => {
    if (entries.length === 0) return;
    places.set(field, entries);
    value[field] = isList ? entries.map((each) => each.value) : (entries[0]?.value ?? null);
  };
  // A patch may have set what the spec says.
  const placed = (field: string) => placeOfEntry(spec, { document, path }, field);
  const listed = (field: string): Placed<Json>[] => {
    const given = spec[field];
    return Array.isArray(given) ? given.map((value, i) => ({ value, ...placeOfEntry(given, placed(field), i) })) : [];
  };
  for (const [from, to] of [
    ['targetNamespace', 'namespace'],
    ['namePrefix', 'namePrefix'],
    ['nameSuffix', 'nameSuffix'],
  ]) {
    const text = spec[from as string];
    if (typeof text === 'string') set(to as string, [{ value: text, ...placed(from as string) }], false);
  }
  set('patches', [...entriesOf(kustomization, 'patches'), ...listed('patches').map(asPatch)], true);
  const components = listed('components').filter((entry) => isComponent(reading, kustomization, entry, spec, into));
  set('components', [...entriesOf(kustomization, 'components'), ...components], true);
  set('images', withImages(entriesOf(kustomization, 'images'), listed('images')), true);
  // So that one that lists nothing does not count as empty.
  const { document: own } = kustomization;
  if (listsNothing) set('buildMetadata', [{ value: 'originAnnotations', document: own, path: [] }], true);
  set('buildMetadata', listed('buildMetadata'), true);
  return { ...kustomization, value, places };
}

function isFilled(value: Json, field: string): boolean {
  const list = isJsonObject(value) ? value[field] : undefined;
  return Array.isArray(list) && list.length > 0;
}

/** What of a spec changes what is built, as a key: equal for equal builds. */
export function overlayKey({ spec, document, path = ['spec'] }: FluxOverlay): string {
  const fields = givenFields(spec);
  if (fields.length === 0) return '';
  const values = fields.map((field) => [field, spec[field]]);
  return JSON.stringify([document.file.path, document.index, path, values]);
}

function givenFields(spec: JsonObject): readonly string[] {
  return overlayFields.filter((field) => spec[field] !== undefined && spec[field] !== null);
}

const overlayFields = [
  'targetNamespace',
  'namePrefix',
  'nameSuffix',
  'patches',
  'images',
  'components',
  'ignoreMissingComponents',
  'commonMetadata',
  'buildMetadata',
];

/** Only a patch and its target count; a path does not. */
function asPatch({ value, ...place }: Placed<Json>): Placed<Json> {
  const { patch, target } = isJsonObject(value) ? value : ({} as JsonObject);
  return { ...place, value: { ...(patch !== undefined && { patch }), ...(isJsonObject(target) && { target }) } };
}

function isComponent(
  reading: Reading,
  { folder }: Kustomization,
  { value, document, path }: Placed<Json>,
  spec: JsonObject,
  into: Pick<Yield, 'faults'>,
): boolean {
  const entry = typeof value === 'string' ? value : '';
  if (entry.startsWith('/') || isRemote(entry)) {
    const message = `component ${withoutCredentials(entry)} must be a path that starts from the folder of spec.path`;
    into.faults.add({ kind: 'outside', document, path, message, fails: true });
    return false;
  }
  const where = resolveEntry(folder, entry);
  return spec.ignoreMissingComponents !== true || where === undefined || reading.source.isFolder(where);
}

/** An image of the spec overrides the fields of one with its name: a tag or digest replaces both. */
function withImages(own: readonly Placed<Json>[], added: readonly Placed<Json>[]): Placed<Json>[] {
  const images = [...own];
  for (const entry of added) {
    const image = isJsonObject(entry.value) ? entry.value : {};
    const { name, newName, newTag, digest } = image;
    const index = images.findIndex(({ value }) => isJsonObject(value) && value.name === name);
    const old = images[index];
    if (old === undefined || !isJsonObject(old.value)) {
      images.push(entry);
      continue;
    }
    const { newTag: oldTag, digest: oldDigest, ...kept } = old.value;
    const version = newTag || digest ? { newTag, digest } : { newTag: oldTag, digest: oldDigest };
    const merged = Object.entries({ ...kept, ...(newName && { newName }), ...version });
    const value = Object.fromEntries(merged.filter((field): field is [string, Json] => field[1] !== undefined));
    images[index] = { ...entry, value };
  }
  return images;
}

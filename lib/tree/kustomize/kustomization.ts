import type { Path } from '../../json/json';
import { isJsonObject, type Json, type JsonObject } from '../../json/json';
import { memoize } from '../../text/memoize';
import { folderOf } from '../paths';
import type { SourceDocument, SourceFile } from '../source/source';
import type { BuildFault } from './built';
import { fieldNamed, type Misfit, misfits } from './fields';

/** A value and where it is written. */
export interface Placed<T> {
  readonly value: T;
  readonly document: SourceDocument;
  readonly path: Path;
}

/** A kustomization.yaml, and what a Flux Kustomization adds to it. */
export interface Kustomization {
  readonly document: SourceDocument;
  /** The folder that it lies in, which its paths start from. */
  readonly folder: string;
  readonly isComponent: boolean;
  /** Its fields by their proper names, without unknown ones; `bases` are among the resources, `imageTags` among the images. */
  readonly value: JsonObject;
  /** Where the entries of a list, or a single value, are written. */
  readonly places: ReadonlyMap<string, readonly Placed<Json>[]>;
}

/** The entries of a list field, or its one value. */
export function entriesOf(kustomization: Kustomization, field: string): readonly Placed<Json>[] {
  return kustomization.places.get(field) ?? [];
}

/** The one value of a text field, unless it is empty. */
export function textOf(kustomization: Kustomization, field: string): Placed<string> | undefined {
  const [entry] = entriesOf(kustomization, field);
  return typeof entry?.value === 'string' && entry.value !== '' ? (entry as Placed<string>) : undefined;
}

/** Whether it brings files and folders together and changes nothing, as most do. */
export function onlyLists({ places }: Kustomization): boolean {
  for (const field of places.keys()) if (!listing.has(field)) return false;
  return true;
}
const listing: ReadonlySet<string> = new Set(['apiVersion', 'kind', 'metadata', 'resources']);

/** A kustomization.yaml that was read; undefined when kustomize cannot. */
interface ReadKustomization {
  readonly kustomization?: Kustomization;
  readonly faults: readonly BuildFault[];
}

/** Reads a kustomization.yaml, once: a component may be listed by all. */
export function readKustomization(file: SourceFile, isRoot: boolean): ReadKustomization {
  return isRoot ? asRoot(file) : asListed(file);
}

const asRoot = memoize((file: SourceFile) => read(file, true));
const asListed = memoize((file: SourceFile) => read(file, false));

function read(file: SourceFile, isRoot: boolean): ReadKustomization {
  const [document = emptyDocument(file), second] = file.documents;
  const fault = (path: Path, message: string, fails: boolean, meant?: BuildFault['meant']): BuildFault => {
    return { kind: 'invalid', document, path, message, fails, ...(meant !== undefined && { meant }) };
  };
  const found = misfits(document.value);
  const faults = found.map(({ path, message, remedy, meant, text }) => {
    const asText = text === undefined ? undefined : 'text';
    if (isRoot && text !== undefined)
      return fault(
        path,
        `${message}: Flux turns it into the text ${JSON.stringify(text)}; put it in quotes`,
        false,
        asText,
      );
    if (remedy === undefined) return fault(path, message, true, asText);
    // Flux reads the file that a Kustomization's path leads to without looking for unknown fields, and writes it anew.
    const then = isRoot ? 'Flux drops it without a message' : 'the build fails';
    const field = meant === undefined ? undefined : { field: meant };
    return fault(path, `${message}, and ${then}; ${remedy}`, !isRoot, field);
  });
  if (second !== undefined) {
    faults.push(fault([], 'the file has several documents, but only the first counts; merge them into that', false));
  }
  const value = isJsonObject(document.value) ? (isRoot ? withTexts(document.value, found) : document.value) : {};
  faults.push(...kindFaults(value).map(([path, message]) => fault(path, message, true)));
  if (!isRoot && isEmpty(value))
    faults.push(fault([], 'the kustomization is empty; list something under resources', true));
  if (faults.some(({ fails }) => fails)) return { faults };
  return { kustomization: modelOf(document, folderOf(file.path), value), faults };
}

/** With the texts that Flux makes of numbers and booleans. */
function withTexts(value: JsonObject, found: readonly Misfit[]): JsonObject {
  if (found.every(({ text }) => text === undefined)) return value;
  return found.reduce<Json>(
    (made, { path, text }) => (text === undefined ? made : withAt(made, path, text)),
    value,
  ) as JsonObject;
}

/** A copy of a value that has another one at the end of a path. */
function withAt(value: Json, [key, ...rest]: Path, end: Json): Json {
  if (Array.isArray(value)) return value.map((item, i) => (i === key ? withAt(item, rest, end) : item));
  if (key === undefined || !isJsonObject(value)) return end;
  return { ...value, [key]: withAt(value[key] ?? null, rest, end) };
}

/** A kustomization that is a file without documents, or none at all, as messages speak of it. */
export function emptyDocument(file: SourceFile): SourceDocument {
  return { file, index: 0, value: null, encrypted: false };
}

function modelOf(document: SourceDocument, folder: string, value: JsonObject): Kustomization {
  const fields: { [field: string]: Json } = {};
  const places = new Map<string, Placed<Json>[]>();
  for (const [key, given] of Object.entries(value)) {
    const name = fieldNamed(key);
    if (name === undefined || given === null) continue;
    const field = legacyNames[name] ?? name;
    const placed: Placed<Json>[] = Array.isArray(given)
      ? given.map((value, i) => ({ value, document, path: [key, i] }))
      : [{ value: given, document, path: [key] }];
    const before = places.get(field) ?? [];
    // bases and imageTags come after the fields that took their place, in whatever order they are written.
    const all = before.length === 0 ? placed : field === name ? [...placed, ...before] : [...before, ...placed];
    places.set(field, all);
    fields[field] = Array.isArray(given) && all !== placed ? all.map((each) => each.value) : given;
  }
  return { document, folder, isComponent: fields.kind === 'Component', value: fields, places };
}

const legacyNames: { readonly [name: string]: string | undefined } = { bases: 'resources', imageTags: 'images' };

function kindFaults({ apiVersion, kind }: JsonObject): [Path, string][] {
  const faults: [Path, string][] = [];
  if (typeof kind === 'string' && !['', 'Kustomization', 'Component'].includes(kind)) {
    faults.push([['kind'], `kind ${JSON.stringify(kind)} must be Kustomization or Component`]);
  }
  const wanted = `kustomize.config.k8s.io/${kind === 'Component' ? 'v1alpha1' : 'v1beta1'}`;
  if (typeof apiVersion === 'string' && apiVersion !== '' && apiVersion !== wanted) {
    const flux = apiVersion.startsWith('kustomize.toolkit.fluxcd.io/');
    const remedy = flux ? "a Flux Kustomization needs another file name: this one is kustomize's own" : 'write that';
    faults.push([['apiVersion'], `apiVersion ${JSON.stringify(apiVersion)} must be ${wanted}; ${remedy}`]);
  }
  return faults;
}

/** As kustomize has it: neither is a list without entries. */
function isEmpty(value: JsonObject): boolean {
  return Object.entries(value).every(
    ([key, given]) => ['apiversion', 'kind'].includes(key.toLowerCase()) || given === null || given === '',
  );
}

import type { Path } from '../../json/json';
import { isJsonObject, type Json, type JsonObject } from '../../json/json';
import { memoize } from '../../text/memoize';
import type { SourceDocument } from '../source/source';
import type { BuildFault } from './built';
import { type Item, itemOf } from './item';

/** What a document holds, as kustomize reads a file that it is given as a resource. */
export interface DocumentObjects {
  readonly items: readonly Item[];
  readonly faults: readonly BuildFault[];
}

/** The objects of a document: itself or, where its kind ends in List and it has items, those (api/resource/factory.go). */
export function objectsOf(document: SourceDocument): DocumentObjects {
  const { value } = document;
  // Nearly every document is one object: nothing is queued or kept for it.
  if (isJsonObject(value) && !isList(value) && objectFault(value) === undefined) {
    return { items: [itemOf(value, document, none)], faults: none };
  }
  return othersOf(document);
}

/** Read once: what is wrong with a document is told once, however many list it. */
const othersOf = memoize((document: SourceDocument): DocumentObjects => {
  const items: Item[] = [];
  const faults: BuildFault[] = [];
  const queue: [value: Json, path: Path][] = [[document.value, []]];
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    const [value, path] = next;
    if (value === null) continue;
    const fault = objectFault(value);
    if (fault !== undefined) {
      faults.push({ kind: 'invalid', document, path, message: fault, fails: true });
      continue;
    }
    const object = value as JsonObject;
    if (!isList(object)) items.push(itemOf(object, document, path));
    else if (Array.isArray(object.items)) {
      for (const [i, each] of object.items.entries()) queue.push([each, [...path, 'items', i]]);
    } else if (object.items !== null) {
      const message = `items of a ${object.kind} must be a list; write each object as an entry of it`;
      faults.push({ kind: 'invalid', document, path: [...path, 'items'], message, fails: true });
    }
  }
  return { items, faults };
});

const none: readonly never[] = [];

function isList(value: JsonObject): boolean {
  return typeof value.kind === 'string' && value.kind.endsWith('List') && Object.hasOwn(value, 'items');
}

/** Why kustomize, or Flux after it, refuses a document as an object. */
function objectFault(value: Json): string | undefined {
  if (!isJsonObject(value))
    return `${Array.isArray(value) ? 'a list' : 'plain text'} stands where an object should; ${notHere}`;
  const { apiVersion, kind, metadata } = value;
  if (isBlank(kind)) return `an object has no kind; ${notHere}`;
  if (kind === 'Kustomization' && isKustomizeApi(apiVersion) && !named(metadata)) {
    return 'a kustomization is listed as a file; list the folder that it lies in';
  }
  if (String(kind).endsWith('List') && Object.hasOwn(value, 'items')) return undefined;
  if (isBlank(apiVersion)) return `${String(kind)} has no apiVersion; give it one, as in apiVersion: v1`;
  if (named(metadata)) return undefined;
  const generated = isJsonObject(metadata) && !isBlank(metadata.generateName);
  return `${String(kind)} has no metadata.name; ${generated ? 'generateName is not enough, since Flux must find it again' : 'give it one'}`;
}

const notHere = 'give it apiVersion, kind and metadata.name, or keep it out of what Flux builds';

function isKustomizeApi(apiVersion: Json | undefined): boolean {
  return typeof apiVersion === 'string' && apiVersion.startsWith('kustomize.config.k8s.io/');
}

function named(metadata: Json | undefined): boolean {
  return isJsonObject(metadata) && !isBlank(metadata.name);
}

function isBlank(value: Json | undefined): boolean {
  return value === undefined || value === null || value === '' || typeof value === 'object';
}

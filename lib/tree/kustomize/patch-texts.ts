import { isJsonObject, type Json, type JsonObject } from '../../json/json';
import { embed, embeddingOf } from '../source/embedded';
import { parseFile } from '../source/parse';
import type { SourceDocument, SourceFile } from '../source/source';
import type { Yield } from './findings';
import { namedFile } from './named-file';
import { type Place, placeWithin } from './origin';
import { PatchFault } from './patch-fault';
import type { Reading } from './reading';

/** What a patch says, and where it is written. */
export interface PatchText {
  readonly value: Json;
  readonly at: Place;
}

/** A strategic-merge patch for one object. */
export interface StrategicPatch extends PatchText {
  readonly value: JsonObject;
}

/** A JSON patch. */
export interface Operations {
  readonly operations: readonly Json[];
  readonly at: Place;
}

/**
 * Reads the patch that is written in a document itself.
 *
 * @throws PatchFault
 */
export function inlinePatch(text: string, at: Place): readonly PatchText[] {
  const file = embeddedFile(text, at);
  const [fault] = file.faults;
  if (fault !== undefined) throw new PatchFault(at, `the patch cannot be read: ${fault.message}`);
  return textsOf(file);
}

/** The patches in a file; undefined, with the reason told, where what it holds is not known. */
export function patchInFile(
  reading: Reading,
  folder: string,
  entry: string,
  at: Place,
  into: Yield,
): readonly PatchText[] | undefined {
  const file = namedFile(reading, { folder }, { value: entry, document: at.document, path: at.path }, into);
  return file && textsOf(file);
}

function textsOf({ documents }: SourceFile): readonly PatchText[] {
  return documents.map((document) => ({ value: document.value, at: { document, path: [] } }));
}

/** Read once: builds of several Kustomizations share what is wrong with it. */
const embedded = new WeakMap<SourceDocument, Map<string, SourceFile>>();

function embeddedFile(text: string, at: Place): SourceFile {
  const known = embedded.get(at.document) ?? new Map<string, SourceFile>();
  embedded.set(at.document, known);
  const key = JSON.stringify([at.path, text]);
  const file = known.get(key) ?? embed(parseFile('patch', text), at);
  known.set(key, file);
  return file;
}

/** The objects that a strategic-merge patch is made of; undefined where one of its documents is none. */
export function strategicPatches(texts: readonly PatchText[]): readonly StrategicPatch[] | undefined {
  const patches: StrategicPatch[] = [];
  const queue = [...texts];
  for (let text = queue.shift(); text !== undefined; text = queue.shift()) {
    const { value, at } = text;
    if (value === null || (typeof value === 'object' && Object.keys(value).length === 0)) continue;
    if (!isJsonObject(value) || isBlank(value.kind)) return undefined;
    const isList = String(value.kind).endsWith('List');
    if (isList && Array.isArray(value.items)) {
      const items = value.items.map((each, i): PatchText => {
        return { value: each, at: placeWithin(value, at, ['items', i]) };
      });
      queue.push(...items);
    } else if (isList || (isJsonObject(value.metadata) && !isBlank(value.metadata.name))) patches.push({ value, at });
    else return undefined;
  }
  return patches;
}

/**
 * The operations of a JSON patch: kustomize reads the first document, and no other.
 *
 * @throws PatchFault for what begins like JSON and is none: kustomize tries no YAML then (PatchTransformer.go, jsonPatchFromBytes)
 */
export function operationsIn([first]: readonly PatchText[]): Operations | undefined {
  if (first === undefined || !Array.isArray(first.value) || !first.value.every(isJsonObject)) return undefined;
  const { file } = first.at.document;
  const text = embeddingOf(file) === undefined ? file.text : file.text.trim();
  if (text.startsWith('[') && !isJson(text)) {
    const remedy = 'put names and texts into double quotes, or begin each operation with "- " on a line of its own';
    throw new PatchFault(first.at, `a patch that begins with "[" must be JSON, and this is none; ${remedy}`);
  }
  return { operations: first.value, at: first.at };
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function isBlank(value: Json | undefined): boolean {
  return value === undefined || value === null || value === '' || typeof value === 'object';
}

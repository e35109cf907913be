import { isJsonObject, type Json, type JsonObject } from '../tree';
import { groupOf, versionOf } from './item';
import { carryOrigin, withField } from './origin';

/** A field that a transformer sets, in the objects that have it (types.FieldSpec of kustomize). */
export interface FieldSpec {
  /** As `spec/template/metadata/labels`; lists are walked through, `[]` says that there must be one. */
  readonly path: string;
  readonly kind?: string;
  readonly group?: string;
  readonly version?: string;
  /** What to make where there is nothing. */
  readonly create?: 'map' | 'text';
}

/** A transformer that meets a scalar where it expects a map, of which kustomize fails. */
export class Unfit extends Error {}

/** Sets a field in an object, if the spec applies to it. Copies what it changes, and only that. */
export function editField(value: JsonObject, spec: FieldSpec, set: (at: Json) => Json): JsonObject {
  if (!applies(spec, value)) return value;
  return edit(value, partsOf(spec.path), spec, set) as JsonObject;
}

function applies({ kind, group, version }: FieldSpec, value: JsonObject): boolean {
  if (kind !== undefined && kind !== value.kind) return false;
  if (group === undefined && version === undefined) return true;
  const apiVersion = typeof value.apiVersion === 'string' ? value.apiVersion : '';
  return (
    (group ?? groupOf(apiVersion)) === groupOf(apiVersion) &&
    (version ?? versionOf(apiVersion)) === versionOf(apiVersion)
  );
}

function edit(at: Json, parts: readonly string[], spec: FieldSpec, set: (at: Json) => Json): Json {
  const [part, ...rest] = parts;
  if (part === undefined) return set(at);
  if (at === null) return at;
  if (Array.isArray(at)) return editEach(at, (each) => edit(each, parts, spec, set));
  if (!isJsonObject(at)) throw new Unfit(`${spec.path} leads through a plain value of a ${spec.kind ?? 'resource'}`);
  const isList = part.endsWith('[]');
  const name = isList ? part.slice(0, -2) : part;
  const inner = Object.hasOwn(at, name) ? at[name] : undefined;
  if ((inner === undefined || inner === null) && (spec.create === undefined || isList)) return at;
  const start = inner ?? (rest.length > 0 || spec.create === 'map' ? {} : '');
  const edited = edit(start, rest, spec, set);
  return edited === inner ? at : withField(at, name, edited);
}

function editEach(list: readonly Json[], change: (each: Json) => Json): Json {
  const edited = list.map(change);
  return edited.some((each, i) => each !== list[i]) ? carryOrigin(list, edited) : list;
}

/** The parts of a path; `\/` is a slash within one. */
function partsOf(path: string): readonly string[] {
  const known = split.get(path);
  if (known !== undefined) return known;
  const parts = path.split(/(?<!\\)\//).map((part) => part.replaceAll('\\/', '/'));
  split.set(path, parts);
  return parts;
}
const split = new Map<string, readonly string[]>();

/** Sets keys of a map of texts, such as labels. */
export function withEntries(at: Json, entries: JsonObject): Json {
  if (!isJsonObject(at)) throw new Unfit('labels and annotations must be maps');
  return Object.entries(entries).every(([key, value]) => Object.hasOwn(at, key) && at[key] === value)
    ? at
    : carryOrigin(at, { ...at, ...entries });
}

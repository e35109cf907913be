import type { Path } from '../../json/json';
import { isJsonObject, type Json, type JsonObject } from '../../json/json';
import { groupVersion } from '../../systems/api-version';
import { memoizeText } from '../../text/memoize';
import type { Id } from './item';
import { carryOrigin, type Place, withField } from './origin';

/** A field that a transformer sets, in the objects that have it (types.FieldSpec of kustomize). */
export interface FieldSpec {
  /** As `spec/template/metadata/labels`; lists are walked through, `[]` says that there must be one. */
  readonly path: string;
  readonly kind?: string;
  readonly group?: string;
  readonly version?: string;
  /** Whether it is made where there is none. */
  readonly create?: boolean;
}

/** A kind, and the fields in which objects refer to one of it by name. */
export interface NameReference {
  readonly target: Pick<FieldSpec, 'group' | 'version' | 'kind'>;
  readonly fields: readonly FieldSpec[];
}

/** A transformer that meets what it cannot transform, of which kustomize fails. */
export class Unfit extends Error {}

/**
 * Sets a field in an object, if the spec applies to it. Copies what it changes, and only that.
 *
 * @param made what is made where there is none, if the spec says so
 * @param place where what is set is written
 */
export function editField(
  value: JsonObject,
  spec: FieldSpec,
  set: (at: Json) => Json,
  made?: 'map' | 'text',
  place?: Place,
): JsonObject {
  if (!applies(spec, value)) return value;
  return edit(value, partsOf(spec.path), 0, {
    spec,
    set,
    made: spec.create === true ? made : undefined,
    place,
  }) as JsonObject;
}

function applies(spec: FieldSpec, { apiVersion, kind }: JsonObject): boolean {
  return isSelected({ apiVersion: typeof apiVersion === 'string' ? apiVersion : '', kind: kind as string }, spec);
}

/** Whether a kind is among those that a spec names; what it does not name is any. */
export function isSelected(
  { apiVersion, kind }: Pick<Id, 'apiVersion' | 'kind'>,
  spec: Pick<FieldSpec, 'group' | 'version' | 'kind'>,
): boolean {
  if (spec.kind !== undefined && spec.kind !== kind) return false;
  if (spec.group !== undefined && spec.group !== groupVersion(apiVersion).group) return false;
  return spec.version === undefined || spec.version === groupVersion(apiVersion).version;
}

interface Edit {
  readonly spec: FieldSpec;
  readonly set: (at: Json) => Json;
  readonly made: 'map' | 'text' | undefined;
  readonly place: Place | undefined;
}

function edit(at: Json, parts: readonly string[], depth: number, how: Edit): Json {
  const part = parts[depth];
  const { spec, set, made, place } = how;
  if (part === undefined) return set(at);
  if (at === null) return at;
  if (Array.isArray(at)) return editEach(at, (each) => edit(each, parts, depth, how));
  if (!isJsonObject(at)) throw new Unfit(`${spec.path} leads through a plain value of a ${spec.kind ?? 'resource'}`);
  const isList = part.endsWith('[]');
  const name = isList ? part.slice(0, -2) : part;
  const inner = Object.hasOwn(at, name) ? at[name] : undefined;
  if ((inner === undefined || inner === null) && (made === undefined || isList)) return at;
  const isLast = depth + 1 === parts.length;
  const start = inner ?? (!isLast || made === 'map' ? {} : '');
  const edited = edit(start, parts, depth + 1, how);
  return edited === inner ? at : withField(at, name, edited, isLast ? place : undefined);
}

/** The places in an object that a spec leads to. */
export function placesOf(value: JsonObject, spec: FieldSpec): readonly Path[] {
  const places: Path[] = [];
  const walk = (at: Json | undefined, [part, ...rest]: readonly string[], path: Path): void => {
    if (part === undefined) places.push(path);
    else if (Array.isArray(at)) for (const [i, each] of at.entries()) walk(each, [part, ...rest], [...path, i]);
    else if (isJsonObject(at)) {
      const name = part.replace(/\[\]$/, '');
      if (Object.hasOwn(at, name)) walk(at[name], rest, [...path, name]);
    }
  };
  if (applies(spec, value)) walk(value, partsOf(spec.path), []);
  return places;
}

function editEach(list: readonly Json[], change: (each: Json) => Json): Json {
  const edited = list.map(change);
  return edited.some((each, i) => each !== list[i]) ? carryOrigin(list, edited) : list;
}

/** The parts of a path; `\/` is a slash within one. */
const partsOf = memoizeText((path): readonly string[] =>
  path
    .replace(/^\/(?=.)/, '')
    .split(/(?<!\\)\//)
    .map((part) => part.replaceAll('\\/', '/')),
);

/** Specs as they are written in a configuration, a plugin or a label. */
export function specsOf(value: Json | undefined): readonly FieldSpec[] {
  const entries = Array.isArray(value) ? value.filter(isJsonObject) : [];
  return entries.map(({ path, create, ...gvk }) => {
    return { ...kindOf(gvk), path: typeof path === 'string' ? path : '', create: create === true };
  });
}

/** What a spec or selector says of a kind. */
export function kindOf({ group, version, kind }: JsonObject): Pick<FieldSpec, 'group' | 'version' | 'kind'> {
  const given = Object.entries({ group, version, kind }).filter(([, each]) => typeof each === 'string' && each !== '');
  return Object.fromEntries(given);
}

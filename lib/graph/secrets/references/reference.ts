import type { Path } from '../../../json/json';
import { isJsonObject, type Json, type JsonObject } from '../../../json/json';
import { at, listAt, textAt } from '../../../json/read';
import type { Resource } from '../../resource';
import type { ReferenceUse, SecretKind, SecretReference } from '../secret-index';

/**
 * The Secrets and ConfigMaps that an object of some kind reads. One function a system; index.ts names them. It adds to a list, since
 * most of the fields that are looked at are not there, and a generator for each would take longer than the looking.
 */
export type Refer = (resource: Resource, found: SecretReference[]) => void;

/** A part of an object that may hold references, so that no way is walked from the top, or put together, for what is not there. */
export interface Part {
  readonly resource: Resource;
  readonly value: JsonObject;
  /** The way to it. */
  readonly path: Path;
}

/** The object at a way into a part; undefined where there is none, of which nothing is looked for. */
export function partAt({ resource, value, path }: Part, ...steps: Path): Part | undefined {
  const found = at(value, ...steps);
  return isJsonObject(found) ? { resource, value: found, path: [...path, ...steps] } : undefined;
}

/** The `spec` of an object. */
export function specOf(resource: Resource): Part | undefined {
  const { spec } = resource.value;
  return isJsonObject(spec) ? { resource, value: spec, path: specPath } : undefined;
}
const specPath: Path = ['spec'];

/** How a field refers: where the name and the key stand in it. */
interface Shape {
  readonly kind?: SecretKind;
  readonly use: ReferenceUse;
  readonly namespace?: string;
  readonly optional?: boolean;
  /** The field of the name; the value itself is the name where it is a string. */
  readonly nameField?: string;
  /** The field of the key, where it reads one. */
  readonly keyField?: string;
  /** The key, where the API fixes it. */
  readonly key?: string;
}

/** Adds the reference that a field of a part is, if it is one. */
export function addReference(found: SecretReference[], part: Part | undefined, field: string, shape: Shape): void {
  const reference = part && referenceIn(part, field, shape);
  if (reference !== undefined) found.push(reference);
}

/** Adds the references that the entries of a list are. */
export function addEach(found: SecretReference[], part: Part | undefined, field: string, shape: Shape): void {
  if (part === undefined) return;
  for (const i of listAt(part.value, field).keys()) addEntry(found, part, [field, i], shape);
}

/** Adds the reference that an entry of a list is, if it is one. */
export function addEntry(
  found: SecretReference[],
  part: Part,
  steps: readonly [field: string, index: number],
  shape: Shape,
): void {
  const entry = at(part.value, ...steps);
  const reference = entry === undefined ? undefined : referenceTo(entry, part, steps, shape);
  if (reference !== undefined) found.push(reference);
}

/** The reference that a field of a part is, if it is one. */
export function referenceIn(part: Part, field: string, shape: Shape): SecretReference | undefined {
  const value = at(part.value, field);
  return value === undefined ? undefined : referenceTo(value, part, [field], shape);
}

function referenceTo(
  value: Json,
  { resource, path: above }: Part,
  steps: Path,
  shape: Shape,
): SecretReference | undefined {
  const { nameField = 'name', keyField } = shape;
  const plain = typeof value === 'string';
  const name = plain ? value : textAt(value, nameField);
  if (name === undefined || name === '') return undefined;
  const key = shape.key ?? (keyField === undefined ? undefined : textAt(value, keyField));
  const last = keyField !== undefined && key !== undefined ? keyField : nameField;
  return {
    kind: shape.kind ?? 'Secret',
    namespace: shape.namespace ?? textAt(value, 'namespace') ?? resource.namespace,
    name,
    key,
    optional: shape.optional ?? isOptional(value),
    use: shape.use,
    resource,
    path: plain ? [...above, ...steps] : [...above, ...steps, last],
  };
}

function isOptional(value: Json): boolean {
  return at(value, 'optional') === true;
}

/** `name` and `key`, as Kubernetes' and most operators' selectors have them. */
export const selector = { keyField: 'key' } as const;

/** Where the name stands, which a reference to a key has beside or above it. */
export function namePath({ resource, path, name }: SecretReference): Path {
  for (const above of [path.slice(0, -1), path.slice(0, -3)]) {
    for (const field of ['name', 'secretName']) {
      if (at(resource.value, ...above, field) === name) return [...above, field];
    }
  }
  return path;
}

import type { Path } from '../../../tree/source/source';
import type { Json } from '../../../tree/tree';
import { at, textAt } from '../../json';
import type { Resource } from '../../resource';
import type { ReferenceUse, SecretKind, SecretReference } from '../secret-index';

/**
 * The Secrets and ConfigMaps that an object of some kind reads. One function a system; index.ts names them. It adds to a list, since
 * most of the fields that are looked at are not there, and a generator for each would take longer than the looking.
 */
export type Refer = (resource: Resource, found: SecretReference[]) => void;

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

/** Adds the reference that stands at a path, if one does. */
export function addReference(found: SecretReference[], resource: Resource, path: Path, shape: Shape): void {
  const reference = referenceAt(resource, path, shape);
  if (reference !== undefined) found.push(reference);
}

/** The reference that stands at a path, if one does. */
export function referenceAt(resource: Resource, path: Path, shape: Shape): SecretReference | undefined {
  const value = at(resource.value, ...path);
  if (value === undefined || value === null) return undefined;
  const { nameField = 'name', keyField } = shape;
  const plain = typeof value === 'string';
  const name = plain ? value : textAt(value, nameField);
  if (name === undefined || name === '') return undefined;
  const key = shape.key ?? (keyField === undefined ? undefined : textAt(value, keyField));
  return {
    kind: shape.kind ?? 'Secret',
    namespace: shape.namespace ?? textAt(value, 'namespace') ?? resource.namespace,
    name,
    key,
    optional: shape.optional ?? isOptional(value),
    use: shape.use,
    resource,
    path: plain ? path : [...path, keyField !== undefined && key !== undefined ? keyField : nameField],
  };
}

function isOptional(value: Json): boolean {
  return at(value, 'optional') === true;
}

/** `name` and `key`, as Kubernetes' and most operators' selectors have them. */
export const selector = { keyField: 'key' } as const;

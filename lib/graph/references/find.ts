import { isJsonObject, type Json, type JsonObject, type Path } from '../../json/json';
import { at, listAt, textAt } from '../../json/read';
import { type GroupKind, groupVersion } from '../../systems/api-version';
import { isClusterScoped } from '../../systems/kinds/scope';
import type { Row } from '../../systems/references/row';
import { memoize } from '../../text/memoize';
import type { Resource } from '../resource';
import type { Reference } from './reference';

/** Where the name stands, which a reference to a key has beside or above it. */
export function namePath({ resource, at: way, row }: Reference): Path {
  return typeof at(resource.value, ...way) === 'string' ? way : [...way, ...(row.name ?? 'name').split('.')];
}

/** Adds what a value refers to: each key of a list `items`, or the whole. */
export function addReferences(found: Reference[], resource: Resource, row: Row, value: Json, path: Path): void {
  const { key: keyField } = row;
  const whole = referenceAt(resource, row, value, path);
  if (whole === undefined) return;
  const items = keyField === undefined ? [] : listAt(value, 'items');
  if (items.length === 0) found.push(whole);
  for (const [i, item] of items.entries()) {
    const key = textAt(item, keyField as string);
    if (key !== undefined) found.push({ ...whole, key, path: [...path, 'items', i, keyField as string] });
  }
}

function referenceAt(resource: Resource, row: Row, value: Json, way: Path): Reference | undefined {
  const { key: keyField, fixedKey } = row;
  const { steps, targets } = factsOf(row);
  const isText = typeof value === 'string';
  if (!isText && !isJsonObject(value)) return undefined;
  const text = isText ? value : textAt(value, ...steps);
  if (text === undefined || text === '') return undefined;
  const named = row.read === undefined ? { name: text } : row.read(text);
  if (named === undefined || row.unless?.(resource.value)) return undefined;
  const target = kindOf(row, targets, value, named.kind);
  if (target === undefined) return undefined;
  const given = isText || keyField === undefined ? undefined : textAt(value, keyField);
  const path = [...way];
  return {
    group: target.group,
    kind: target.kind,
    namespace: namespaceOf(resource, row, value, target, named.namespace),
    name: named.name,
    key: given ?? fixedKey,
    optional: !isText && at(value, 'optional') === true,
    use: row.use,
    resource,
    path: isText ? path : [...path, ...(given === undefined ? steps : [keyField as string])],
    at: path,
    row,
  };
}

/** The kind that is named: one of the row's, and undefined where another is. */
function kindOf(
  { kind: field = 'kind' }: Row,
  targets: readonly GroupKind[],
  value: Json,
  read: string | undefined,
): GroupKind | undefined {
  const kind = read ?? textAt(value, field);
  const group = targets.length === 0 || !isJsonObject(value) ? undefined : groupSaid(value);
  return targets.find(
    (one) => (kind === undefined || kind === one.kind) && (group === undefined || group === one.group),
  );
}

/** What is told of a row by its texts, which are taken apart once: a large tree has thousands of references by it. */
const factsOf = memoize(({ name = 'name', to }: Row) => ({ steps: name.split('.'), targets: to.map(kindNamed) }));

function kindNamed(groupKind: string): GroupKind {
  const slash = groupKind.indexOf('/');
  return { group: groupKind.slice(0, slash), kind: groupKind.slice(slash + 1) };
}

function groupSaid(value: JsonObject): string | undefined {
  const group = textAt(value, 'group') ?? textAt(value, 'apiGroup');
  const version = group === undefined ? textAt(value, 'apiVersion') : undefined;
  return version === undefined ? group : groupVersion(version).group;
}

function namespaceOf(resource: Resource, row: Row, value: Json, target: GroupKind, read: string | undefined): string {
  if (isClusterScoped(target) === true) return '';
  if (read !== undefined) return read;
  const given = row.namespace === 'own' || typeof value === 'string' ? undefined : textAt(value, 'namespace');
  return given || resource.namespace;
}

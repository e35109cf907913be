import { push } from '../../group-by';
import { isJsonObject, type Json, type JsonObject } from '../tree';
import { groupOf, type Id, type Item, originalId, versionOf, withValue } from './item';
import { type Reference, referencesOf } from './reference-fields';
import { editField } from './specs';

/**
 * Writes new names where built-in kinds refer to what was renamed or moved (api/filters/nameref). What custom resources refer to,
 * kustomize does not know.
 *
 * @returns the items, and those of which a reference may mean several objects, of which kustomize fails
 */
export function mendReferences(items: readonly Item[]): { items: Item[]; ambiguous: Item[] } {
  const byOldName = new Map<string, Item[]>();
  for (const item of items) {
    if (item.previous.length === 0) continue;
    for (const name of new Set(item.previous.map((id) => id.name))) push(byOldName, name, item);
  }
  const ambiguous: Item[] = [];
  if (byOldName.size === 0) return { items: [...items], ambiguous };
  return { items: items.map((item) => mended(item, items, byOldName, ambiguous)), ambiguous };
}

function mended(
  referrer: Item,
  items: readonly Item[],
  byOldName: ReadonlyMap<string, readonly Item[]>,
  ambiguous: Item[],
): Item {
  let value = referrer.value;
  for (const reference of referencesOf(referrer.id.kind)) {
    const set = (at: Json): Json => {
      if (typeof at === 'string') return find(at, byOldName.get(at) ?? [], false)?.id.name ?? at;
      if (Array.isArray(at)) return at.map(set);
      return isJsonObject(at) ? setMap(at) : at;
    };
    const setMap = (at: JsonObject): JsonObject => {
      if (typeof at.name !== 'string') return at;
      const all = byOldName.get(at.name) ?? [];
      const target = find(
        at.name,
        typeof at.namespace === 'string' ? within(all, at.namespace, referrer, items) : all,
        true,
      );
      if (target === undefined) return at;
      const namespace = namespaceOf(target);
      return { ...at, name: target.id.name, ...(namespace !== '' && { namespace }) };
    };
    const find = (_name: string, candidates: readonly Item[], byNamespace: boolean): Item | undefined => {
      const found = narrowed(candidates, referrer, reference);
      const [first] = found;
      const isSame = (each: Item) =>
        each.id.name === first?.id.name && (!byNamespace || namespaceOf(each) === namespaceOf(first as Item));
      if (found.every(isSame)) return first;
      ambiguous.push(referrer);
      return undefined;
    };
    value = editField(value, { path: reference.path, group: reference.group, version: reference.version }, set);
  }
  return withValue(referrer, equal(value, referrer.value) ? referrer.value : value);
}

/** The objects that the referrer can mean by a name that they once had. */
function narrowed(candidates: readonly Item[], referrer: Item, { target, path }: Reference): readonly Item[] {
  let found = candidates.filter((candidate) => {
    const { id, previous } = candidate;
    if (!isInReach(candidate, referrer)) return false;
    if (!previous.some((old) => isSelected(old, target))) return false;
    if (path === 'roleRef/name' && !isRoleRef(referrer, id)) return false;
    if (referrer.id.namespace === '' || id.namespace === '' || id.namespace === referrer.id.namespace) return true;
    return id.kind === 'ServiceAccount';
  });
  if (found.length > 1) found = found.filter((each) => affixesEqual(each, referrer, true));
  return found.length > 1 ? found.filter((each) => affixesEqual(each, referrer, false)) : found;
}

/** Candidates by the namespace that they had or, if no object had it, by the one that they have. */
function within(
  candidates: readonly Item[],
  namespace: string,
  referrer: Item,
  items: readonly Item[],
): readonly Item[] {
  const had = (item: Item) => originalId(item).namespace === namespace;
  if (items.some((item) => had(item) && isInReach(item, referrer))) return candidates.filter(had);
  return candidates.filter(({ id }) => id.namespace === namespace);
}

/** Whether kustomize looks at an object at all when it mends a referrer (SubsetThatCouldBeReferencedByResource). */
function isInReach({ id }: Item, referrer: Item): boolean {
  if (referrer.id.namespace === '' || id.namespace === '' || id.namespace === referrer.id.namespace) return true;
  return referrer.id.kind === 'RoleBinding' && subjectNamespaces(referrer).has(id.namespace);
}

function isRoleRef({ value }: Item, { apiVersion, kind }: Id): boolean {
  const { roleRef } = value;
  if (!isJsonObject(roleRef) || typeof roleRef.apiGroup !== 'string' || typeof roleRef.kind !== 'string') return true;
  return (roleRef.apiGroup === '' || roleRef.apiGroup === groupOf(apiVersion)) && roleRef.kind === kind;
}

function isSelected({ apiVersion, kind }: Id, target: Reference['target']): boolean {
  if (kind !== target.kind) return false;
  if (target.group !== undefined && target.group !== groupOf(apiVersion)) return false;
  return target.version === undefined || target.version === versionOf(apiVersion);
}

function subjectNamespaces({ value }: Item): ReadonlySet<unknown> {
  const subjects = Array.isArray(value.subjects) ? value.subjects : [];
  const accounts = subjects.filter((each) => isJsonObject(each) && each.kind === 'ServiceAccount') as JsonObject[];
  return new Set(accounts.map(({ namespace }) => namespace));
}

/** Whether both went through the same prefixing kustomizations, as far as the shorter list tells. */
function affixesEqual(a: Item, b: Item, allowEmpty: boolean): boolean {
  return endAlike(a.prefixes, b.prefixes, allowEmpty) && endAlike(a.suffixes, b.suffixes, allowEmpty);
}

function endAlike(a: readonly string[], b: readonly string[], allowEmpty: boolean): boolean {
  if (a.length === 0 || b.length === 0) return allowEmpty || a.length === b.length;
  const length = Math.min(a.length, b.length);
  return a.slice(-length).every((each, i) => each === b.slice(-length)[i]);
}

/** The namespace as it is written. */
function namespaceOf({ value }: Item): string {
  const { metadata } = value;
  return isJsonObject(metadata) && typeof metadata.namespace === 'string' ? metadata.namespace : '';
}

function equal(a: Json, b: Json): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}

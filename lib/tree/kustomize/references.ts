import { isJsonObject, type Json, type JsonObject } from '../../json/json';
import { groupVersion } from '../../systems/api-version';
import { push } from '../../text/group-by';
import { memoize } from '../../text/memoize';
import { type Item, originalId, withValue } from './item';
import { carryOrigin, withField } from './origin';
import { editField, type FieldSpec, isSelected, type NameReference, Unfit } from './specs';

/** A field in which a kind names another. */
interface Reference {
  readonly target: NameReference['target'];
  readonly spec: FieldSpec;
}

/** The references that objects of a kind may hold, in their order; of the kind '' those that any may. */
const byKind = memoize((references: readonly NameReference[]) => {
  const order: (readonly [kind: string, reference: Reference])[] = references.flatMap(({ target, fields }) =>
    fields.map((spec) => [spec.kind ?? '', { target, spec }] as const),
  );
  const kinds = new Map<string, Reference[]>();
  for (const [kind] of order) {
    if (!kinds.has(kind))
      kinds.set(
        kind,
        order.filter(([each]) => each === kind || each === '').map(([, one]) => one),
      );
  }
  return kinds;
});

/**
 * Writes new names where objects refer to what was renamed or moved (api/filters/nameref). What custom resources refer to,
 * kustomize knows only where it is configured.
 *
 * @returns the items, those of which a reference may mean several objects, and those with what is no reference: kustomize fails
 * of both
 */
export function fixReferences(
  items: readonly Item[],
  references: readonly NameReference[],
): { items: Item[]; ambiguous: Item[]; unfit: [Item, string][] } {
  const byOldName = new Map<string, Item[]>();
  for (const item of items) {
    if (item.previous.length === 0) continue;
    for (const name of new Set(item.previous.map((id) => id.name))) push(byOldName, name, item);
  }
  const ambiguous: Item[] = [];
  const unfit: [Item, string][] = [];
  const fixed = items.map((item) => {
    try {
      return withNames(item, items, byOldName, references, ambiguous);
    } catch (error) {
      if (!(error instanceof Unfit)) throw error;
      unfit.push([item, error.message]);
      return item;
    }
  });
  return { items: fixed, ambiguous, unfit };
}

function withNames(
  referrer: Item,
  items: readonly Item[],
  byOldName: ReadonlyMap<string, readonly Item[]>,
  references: readonly NameReference[],
  ambiguous: Item[],
): Item {
  let value = referrer.value;
  const kinds = byKind(references);
  const { kind } = originalId(referrer);
  const { apiVersion } = referrer.id;
  for (const reference of kinds.get(kind) ?? kinds.get('') ?? []) {
    if (!isSelected({ apiVersion, kind }, reference.spec)) continue;
    const set = (at: Json): Json => {
      if (typeof at === 'string') return find(at, byOldName.get(at) ?? [], false)?.id.name ?? at;
      if (Array.isArray(at)) {
        if (at.some(Array.isArray)) throw new Unfit(`${reference.spec.path} holds a list in a list`);
        return carryOrigin(at, at.map(set));
      }
      return isJsonObject(at) ? setMap(at) : at;
    };
    const setMap = (at: JsonObject): JsonObject => {
      if (at.name === undefined) throw new Unfit(`${reference.spec.path} has no name`);
      if (typeof at.name !== 'string') return at;
      const all = byOldName.get(at.name) ?? [];
      const target = find(
        at.name,
        typeof at.namespace === 'string' ? within(all, at.namespace, referrer, items) : all,
        true,
      );
      if (target === undefined) return at;
      const namespace = namespaceOf(target);
      const named = withField(at, 'name', target.id.name);
      return namespace === '' ? named : withField(named, 'namespace', namespace);
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
    value = editField(value, { path: reference.spec.path }, set);
  }
  return withValue(referrer, equal(value, referrer.value) ? referrer.value : value);
}

/** The objects that the referrer can mean by a name that they once had. */
function narrowed(candidates: readonly Item[], referrer: Item, { target, spec }: Reference): readonly Item[] {
  let found = candidates.filter((candidate) => {
    const { id, previous } = candidate;
    if (!isInReach(candidate, referrer)) return false;
    if (!previous.some(({ kind }) => isSelected({ apiVersion: id.apiVersion, kind }, target))) return false;
    if (spec.path.endsWith('roleRef/name') && !isRoleRef(referrer, candidate)) return false;
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

/** Whether kustomize looks at an object at all when it fixes a reference (SubsetThatCouldBeReferencedByResource). */
function isInReach({ id }: Item, referrer: Item): boolean {
  if (referrer.id.namespace === '' || id.namespace === '' || id.namespace === referrer.id.namespace) return true;
  return referrer.id.kind === 'RoleBinding' && subjectNamespaces(referrer).has(id.namespace);
}

function isRoleRef({ value }: Item, { id: { apiVersion }, previous }: Item): boolean {
  const { roleRef } = value;
  if (!isJsonObject(roleRef) || typeof roleRef.apiGroup !== 'string' || typeof roleRef.kind !== 'string') return true;
  return (
    (roleRef.apiGroup === '' || roleRef.apiGroup === groupVersion(apiVersion).group) &&
    previous.some(({ kind }) => kind === roleRef.kind)
  );
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

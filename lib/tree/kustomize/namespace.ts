import { isJsonObject, type Json, type JsonObject } from '../../json/json';
import { type Item, isKnownClusterScoped, keyOf, nameOf, withPrevious } from './item';
import { carryOrigin, type Place, withField } from './origin';
import { withChanged } from './shared';
import { editField, type FieldSpec, Unfit } from './specs';

/** What the namespace transformer is told. */
export interface NamespaceOptions {
  readonly namespace: string;
  readonly specs: readonly FieldSpec[];
  readonly unsetOnly?: boolean;
  /** `defaultOnly` where it is left out. */
  readonly setRoleBindingSubjects?: string;
  /** Where the namespace is written. */
  readonly at: Place;
}

/** The namespace transformer (api/filters/namespace/namespace.go). */
export function setNamespace(value: JsonObject, options: NamespaceOptions): JsonObject {
  const { specs, setRoleBindingSubjects: mode = 'defaultOnly', at } = options;
  const kind = typeof value.kind === 'string' ? value.kind : '';
  const apiVersion = typeof value.apiVersion === 'string' ? value.apiVersion : '';
  const set = setter(options);
  let edited = isKnownClusterScoped(apiVersion, kind) ? value : editField(value, metadataNamespace, set, 'text');
  const isBinding = kind === 'RoleBinding' || kind === 'ClusterRoleBinding';
  if (isBinding && mode !== 'none') edited = editField(edited, { path: 'subjects' }, setSubjects);
  for (const spec of specs) {
    if (spec.path === 'metadata/namespace' || (spec.path === 'metadata/name' && apiVersion !== 'v1')) continue;
    if (isBinding && spec.path === 'subjects/namespace' && spec.kind === kind) continue;
    edited = editField(edited, spec, set, 'text');
  }
  return edited;

  /** Those that are named default or, if that is asked for, all service accounts. */
  function setSubjects(subjects: Json): Json {
    if (subjects === null) return subjects;
    if (!Array.isArray(subjects)) throw new Unfit('subjects must be a list');
    return carryOrigin(
      subjects,
      subjects.map((each) => {
        if (!isJsonObject(each)) return each;
        const isMeant = mode === 'allServiceAccounts' ? each.kind === 'ServiceAccount' : each.name === 'default';
        return isMeant ? withField(each, 'namespace', set(each.namespace ?? ''), at) : each;
      }),
    );
  }
}

function setter({ namespace, unsetOnly = false }: NamespaceOptions): (at: Json) => Json {
  return (at) => {
    if (typeof at === 'object' && at !== null) throw new Unfit('a namespace must be a text');
    return unsetOnly && at !== null && at !== '' ? at : namespace;
  };
}

/** Moves all items to a namespace; the key of those of which two would become one. */
export function moveItems(items: readonly Item[], options: NamespaceOptions): { items: Item[]; clashes: Item[] } {
  const counts = new Map<string, number>();
  const count = (key: string, by: number) => counts.set(key, (counts.get(key) ?? 0) + by);
  for (const { id } of items) count(keyOf(id), 1);
  const clashes: Item[] = [];
  const moved = items.map((item) => {
    const next = withChanged(withPrevious(item), setNamespace(item.value, options));
    const [before, after] = [keyOf(item.id), keyOf(next.id)];
    if (after !== before) {
      count(before, -1);
      count(after, 1);
    }
    if ((counts.get(after) ?? 0) > 1) clashes.push(next);
    return next;
  });
  return { items: moved, clashes };
}

/** Why two objects that become one are a fault. */
export function clashMessage(item: Item, namespace: string): string {
  return `the namespace gives two objects one name: ${nameOf(item.id)}, in namespace ${namespace}; rename one of them`;
}

const metadataNamespace: FieldSpec = { path: 'metadata/namespace', create: true };

import { isJsonObject, type Json, type JsonObject } from '../tree';
import { type Item, isClusterScoped, keyOf, nameOf, withPrevious, withValue } from './item';
import { editField, type FieldSpec } from './specs';

/** The namespace transformer (api/filters/namespace/namespace.go). */
function setNamespace(value: JsonObject, namespace: string): JsonObject {
  const kind = typeof value.kind === 'string' ? value.kind : '';
  const apiVersion = typeof value.apiVersion === 'string' ? value.apiVersion : '';
  const set = (): Json => namespace;
  let edited = isClusterScoped(apiVersion, kind) ? value : editField(value, metadataNamespace, set);
  if (kind === 'RoleBinding' || kind === 'ClusterRoleBinding') edited = editField(edited, subjects, setDefault);
  if (kind === 'Namespace' && apiVersion === 'v1') edited = editField(edited, namespaceName, set);
  for (const spec of otherFields) edited = editField(edited, spec, set);
  return edited;

  // kustomize sets the namespace of subjects that are named default, and of no others.
  function setDefault(at: Json): Json {
    if (!Array.isArray(at)) return at;
    return at.map((each) => (isJsonObject(each) && each.name === 'default' ? { ...each, namespace } : each));
  }
}

/** Moves all items to a namespace; the key of those of which two would become one. */
export function moveItems(items: readonly Item[], namespace: string): { items: Item[]; clashes: Item[] } {
  const counts = new Map<string, number>();
  const count = (key: string, by: number) => counts.set(key, (counts.get(key) ?? 0) + by);
  for (const { id } of items) count(keyOf(id), 1);
  const clashes: Item[] = [];
  const moved = items.map((item) => {
    const value = setNamespace(item.value, namespace);
    const next = withValue(withPrevious(item), value);
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

const metadataNamespace: FieldSpec = { path: 'metadata/namespace', create: 'text' };
const namespaceName: FieldSpec = { path: 'metadata/name', create: 'text' };
const subjects: FieldSpec = { path: 'subjects' };
const otherFields: readonly FieldSpec[] = [
  { path: 'spec/service/namespace', group: 'apiregistration.k8s.io', kind: 'APIService', create: 'text' },
  {
    path: 'spec/conversion/webhook/clientConfig/service/namespace',
    group: 'apiextensions.k8s.io',
    kind: 'CustomResourceDefinition',
  },
];

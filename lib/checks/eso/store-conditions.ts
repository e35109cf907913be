import type { Cluster } from '../../graph/cluster';
import { allAsked } from '../../graph/external-secrets/specs';
import { findStore, storeRefs } from '../../graph/external-secrets/stores';
import { step } from '../../graph/identity';
import type { Resource } from '../../graph/resource';
import { isKnown } from '../../graph/substitution';
import type { Json } from '../../json/json';
import { keysAt, listAt, objectAt, textAt } from '../../json/read';
import { pattern } from '../../systems/kubernetes/patterns';
import type { ClusterCheck } from '../check';

export const storeConditions: ClusterCheck = {
  id: 'eso/store-conditions',
  severity: 'error',
  title: 'Store that refuses the namespace',
  atRunTime: 'nothing is synced: "using cluster store … is not allowed from namespace …: denied by spec.condition"',
  remedy:
    "add the namespace to the ClusterSecretStore's spec.conditions, or give the Namespace a label that they select",
  source: 'external-secrets pkg/controllers/secretstore/client_manager.go (shouldProcessSecret)',
  *check(cluster) {
    for (const asked of allAsked(cluster)) {
      const { resource, namespaces } = asked;
      for (const ref of storeRefs(asked)) {
        if (ref.kind !== 'ClusterSecretStore') continue;
        const store = findStore(cluster, ref, '');
        const refused = store && !store.uncertain && namespaces.find((namespace) => !admits(cluster, store, namespace));
        if (store === undefined || typeof refused !== 'string') continue;
        yield {
          at: { resource, path: [...ref.path, 'name'] },
          message: `the conditions of ClusterSecretStore ${store.name} do not allow namespace ${refused}`,
          chain: [step(resource), step(store), `Namespace/${refused}`],
        };
      }
    }
  },
};

/** Whether a store can be used from a namespace, as far as the tree tells: any condition is enough. */
function admits(cluster: Cluster, store: Resource, namespace: string): boolean {
  const conditions = listAt(store.value, 'spec', 'conditions');
  if (conditions.length === 0) return true;
  const [object] = cluster.find({ group: '', kind: 'Namespace', namespace: '', name: namespace });
  return conditions.some((condition) => {
    const texts = [...listAt(condition, 'namespaces'), ...listAt(condition, 'namespaceRegexes')];
    if (!texts.every((text) => typeof text === 'string' && isKnown(text))) return true;
    if (listAt(condition, 'namespaces').includes(namespace)) return true;
    if (listAt(condition, 'namespaceRegexes').some((text) => matches(text, namespace))) return true;
    const selector = objectAt(condition, 'namespaceSelector');
    return selector !== undefined && (object === undefined || object.uncertain || selects(selector, object));
  });
}

/** Go's regular expressions. What is none may match. */
function matches(source: Json, namespace: string): boolean {
  return typeof source !== 'string' || pattern(source)?.matcher(namespace).find() !== false;
}

/** A label selector; what is not known of it may select. */
function selects(selector: Json, namespace: Resource): boolean {
  const label = (key: string) =>
    key === 'kubernetes.io/metadata.name' ? namespace.name : textAt(namespace.value, 'metadata', 'labels', key);
  const equal = keysAt(selector, 'matchLabels').every((key) => {
    const wanted = textAt(selector, 'matchLabels', key);
    const actual = label(key);
    return wanted === undefined || wanted === actual || ![key, wanted, actual ?? ''].every(isKnown);
  });
  return equal && listAt(selector, 'matchExpressions').every((expression) => holds(expression, label));
}

function holds(expression: Json, label: (key: string) => string | undefined): boolean {
  const key = textAt(expression, 'key');
  const values = listAt(expression, 'values');
  const actual = label(key ?? '');
  if (
    key === undefined ||
    ![key, actual ?? '', ...values.filter((value) => typeof value === 'string')].every(isKnown)
  ) {
    return true;
  }
  switch (textAt(expression, 'operator')) {
    case 'In':
      return actual !== undefined && values.includes(actual);
    case 'NotIn':
      return actual === undefined || !values.includes(actual);
    case 'Exists':
      return actual !== undefined;
    case 'DoesNotExist':
      return actual === undefined;
    default:
      return true;
  }
}

import { isJsonObject, type JsonObject } from '../../json/json';
import { groupVersion } from '../../systems/api-version';
import type { Yield } from './findings';
import type { Item } from './item';
import { entriesOf, type Kustomization } from './kustomization';

/** Puts the objects in the order that `sortOptions` asks for (api/internal/builtins/SortOrderTransformer.go). */
export function sort(kustomization: Kustomization, into: Yield): void {
  const [options] = entriesOf(kustomization, 'sortOptions');
  if (options === undefined || !isJsonObject(options.value)) return;
  const { document, path, value } = options;
  const { order, legacySortOptions: legacy } = value;
  const fault = (message: string, at: string) =>
    into.faults.add({ kind: 'invalid', document, path: [...path, at], message, fails: true });
  if (order !== 'fifo' && order !== 'legacy') fault('the order must be fifo or legacy', 'order');
  else if (order === 'fifo') {
    if (isJsonObject(legacy)) fault('legacySortOptions are only for the order legacy', 'legacySortOptions');
  } else {
    const ranks = isJsonObject(legacy) ? ranksOf(legacy) : defaultRanks;
    into.items = [...into.items].sort((one, other) => compare(one, other, ranks));
  }
}

function ranksOf({ orderFirst, orderLast }: JsonObject): ReadonlyMap<string, number> {
  const first = Array.isArray(orderFirst) ? orderFirst.map(String) : [];
  const last = Array.isArray(orderLast) ? orderLast.map(String) : [];
  return new Map([
    ...first.map((kind, i) => [kind, i - first.length] as const),
    ...last.map((kind, i) => [kind, i + 1] as const),
  ]);
}

const defaultRanks = ranksOf({
  orderFirst: [
    'Namespace',
    'ResourceQuota',
    'StorageClass',
    'CustomResourceDefinition',
    'ServiceAccount',
    'PodSecurityPolicy',
    'Role',
    'ClusterRole',
    'RoleBinding',
    'ClusterRoleBinding',
    'ConfigMap',
    'Secret',
    'Endpoints',
    'Service',
    'LimitRange',
    'PriorityClass',
    'PersistentVolume',
    'PersistentVolumeClaim',
    'Deployment',
    'StatefulSet',
    'CronJob',
    'PodDisruptionBudget',
  ],
  orderLast: ['MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration'],
});

/** By rank, then by group, version and kind, then by namespace and name. */
function compare(one: Item, other: Item, ranks: ReadonlyMap<string, number>): number {
  const rank = (ranks.get(one.id.kind) ?? 0) - (ranks.get(other.id.kind) ?? 0);
  return rank || textOrder(kindKey(one), kindKey(other)) || textOrder(nameKey(one), nameKey(other));
}

function kindKey({ id: { apiVersion, kind } }: Item): string {
  const { group, version } = groupVersion(apiVersion);
  return [group || '~G', version || '~V', kind || '~K'].join('_');
}

function nameKey({ id: { name }, value: { metadata } }: Item): string {
  const namespace = isJsonObject(metadata) && typeof metadata.namespace === 'string' ? metadata.namespace : '';
  return `${namespace || '~X'}|${name || '~N'}`;
}

function textOrder(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

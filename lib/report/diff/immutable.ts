import { at } from '../../graph/json';
import { compareQuantities } from '../../graph/schema/cel/quantity';
import { refusedChanges } from '../../graph/schema/transitions';
import { isJsonObject } from '../../tree/tree';
import type { Changed, Side } from './context';
import { nodeOf } from './context';
import { type Difference, isBelow, pathText } from './difference';

/** A field that the API server, or an operator's webhook, lets nobody change. */
export interface Immutable {
  /** As reports show it. */
  readonly path: string;
  /** Why, a clause: `it cannot be changed`. */
  readonly reason: string;
}

/** Whether a difference of an object is refused. */
type Refuses = (difference: Difference, change: Changed) => boolean;

const fields =
  (...paths: readonly string[]): Refuses =>
  ({ path }) =>
    paths.some((text) => isBelow(path, ...text.split('.')));

/** All of spec but these fields. */
const allBut =
  (...names: readonly string[]): Refuses =>
  ({ path: [top, field] }) =>
    top === 'spec' && typeof field === 'string' && !names.includes(field);

/** Of an object that was made with `immutable: true`, its content. */
const ifImmutable: Refuses = ({ path: [top] }, { before }) =>
  before !== undefined &&
  at(before.value, 'immutable') === true &&
  /^(?:data|stringData|binaryData|immutable)$/.test(String(top));

/**
 * Kubernetes' own kinds, by `group/kind` (k8s.io/kubernetes pkg/apis/{apps,batch,core,rbac,storage,scheduling,networking}/validation, the
 * functions called Validate…Update).
 */
const kinds: Readonly<Record<string, Refuses>> = {
  'apps/Deployment': fields('spec.selector'),
  'apps/ReplicaSet': fields('spec.selector'),
  'apps/DaemonSet': fields('spec.selector'),
  'apps/StatefulSet': allBut(
    'replicas',
    'ordinals',
    'template',
    'updateStrategy',
    'revisionHistoryLimit',
    'persistentVolumeClaimRetentionPolicy',
    'minReadySeconds',
  ),
  'batch/Job': fields(
    'spec.template',
    'spec.selector',
    'spec.completionMode',
    'spec.podFailurePolicy',
    'spec.backoffLimitPerIndex',
    'spec.managedBy',
    'spec.successPolicy',
  ),
  '/Service': ({ path, before, after }) =>
    isBelow(path, 'spec', 'clusterIP') && before !== undefined && after !== undefined,
  '/PersistentVolumeClaim': allBut('resources', 'volumeAttributesClassName'),
  '/PersistentVolume': allBut(
    'capacity',
    'accessModes',
    'persistentVolumeReclaimPolicy',
    'storageClassName',
    'mountOptions',
    'claimRef',
    'volumeAttributesClassName',
  ),
  '/Secret': (difference, change) => fields('type')(difference, change) || ifImmutable(difference, change),
  '/ConfigMap': ifImmutable,
  '/Pod': ({ path }) => isBelow(path, 'spec') && path.at(-1) !== 'image' && !fieldsOfPods.has(String(path[1])),
  'rbac.authorization.k8s.io/RoleBinding': fields('roleRef'),
  'rbac.authorization.k8s.io/ClusterRoleBinding': fields('roleRef'),
  'storage.k8s.io/StorageClass': fields('provisioner', 'parameters', 'reclaimPolicy', 'volumeBindingMode'),
  'scheduling.k8s.io/PriorityClass': fields('value', 'preemptionPolicy'),
  'networking.k8s.io/IngressClass': fields('spec.controller'),
  'node.k8s.io/RuntimeClass': fields('handler'),
  'apiextensions.k8s.io/CustomResourceDefinition': fields('spec.group', 'spec.scope', 'spec.names.kind'),
  'postgresql.cnpg.io/Cluster': fields('spec.postgresUID', 'spec.postgresGID'),
};

const fieldsOfPods: ReadonlySet<string> = new Set([
  'activeDeadlineSeconds',
  'tolerations',
  'terminationGracePeriodSeconds',
]);

/** What of a change is refused; of an object that is not there yet, nothing. */
export function immutableFields(change: Changed, head: Side | undefined): Immutable[] {
  const { before, after } = change;
  if (before === undefined || after === undefined) return [];
  const refuses = Object.hasOwn(kinds, `${after.group}/${after.kind}`)
    ? kinds[`${after.group}/${after.kind}`]
    : undefined;
  const own = change.fields
    .filter((difference) => refuses?.(difference, change))
    .map(({ path }) => ({ path: pathText(path), reason: 'it cannot be changed' }));
  const node = nodeOf(after, head);
  const byRules = node === undefined ? [] : refusedChanges(node, before.value, after.value);
  return [
    ...own,
    ...byRules.map(({ path, reason }) => ({
      path: pathText(path.map((step) => (typeof step === 'number' ? { item: String(step) } : step))),
      reason,
    })),
    ...shrinking(change),
  ];
}

/**
 * Storage that becomes smaller: of a claim the API server refuses it, of a Cluster the webhook, which also keeps WAL volumes and tablespaces
 * (CloudNativePG internal/webhook/v1/cluster_webhook.go, validateClusterChanges).
 */
function* shrinking({ after, fields: differences }: Changed): Generator<Immutable> {
  const kind = after && `${after.group}/${after.kind}`;
  const claim = kind === '/PersistentVolumeClaim';
  if (!claim && kind !== 'postgresql.cnpg.io/Cluster') return;
  for (const { path, before, after: now } of differences) {
    const text = pathText(path);
    const isSize = claim
      ? text === 'spec.resources.requests.storage'
      : /^spec\.(?:.*\.)?(?:storage|walStorage)\.size$/.test(text);
    if (isSize && typeof before === 'string' && typeof now === 'string' && (compareQuantities(now, before) ?? 0) < 0) {
      yield { path: text, reason: `storage cannot shrink from ${before} to ${now}` };
    }
    const gone = now === undefined && isJsonObject(before);
    if (!claim && gone && text === 'spec.walStorage') yield { path: text, reason: 'a WAL volume cannot be taken away' };
    if (!claim && gone && /^spec\.tablespaces\[[^\]]*\]$/.test(text))
      yield { path: text, reason: 'a tablespace cannot be taken away' };
  }
}

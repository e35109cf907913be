import { refusedChanges } from '../graph/schema/transitions';
import { at, textAt } from '../json/read';
import { type RefusedChange, refusedChanges as refusedByCnpg } from '../systems/cnpg/admission/changes';
import { isCluster } from '../systems/cnpg/names';
import { compareQuantities } from '../systems/kubernetes/quantity';
import type { Changed, Side } from './context';
import { nodeOf } from './context';
import { type Difference, isBelow, pathText } from './difference';

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

/** A Job's template; of one that is suspended, what decides where its pods run may change (ValidateJobSpecUpdate). */
const ofJob: Refuses = (difference, change) => {
  const { path } = difference;
  if (isBelow(path, 'spec', 'template') && at(change.before?.value, 'spec', 'suspend') === true) {
    return !/^spec\.template\.(?:metadata\.(?:labels|annotations)|spec\.(?:nodeSelector|affinity|tolerations|schedulingGates))\b/.test(
      pathText(path),
    );
  }
  // An indexed Job grows and shrinks with its parallelism.
  if (isBelow(path, 'spec', 'completions')) return textAt(change.after?.value, 'spec', 'completionMode') !== 'Indexed';
  return jobFields(difference, change);
};

const jobFields = fields(
  'spec.template',
  'spec.selector',
  'spec.completionMode',
  'spec.podFailurePolicy',
  'spec.backoffLimitPerIndex',
  'spec.managedBy',
  'spec.successPolicy',
);

/** The address is given once: another, or none, is refused, but one that is no longer asked for stays. */
const ofService: Refuses = ({ path, after }, change) => {
  if ([change.before, change.after].some((side) => textAt(side?.value, 'spec', 'type') === 'ExternalName'))
    return false;
  return (
    (isBelow(path, 'spec', 'clusterIP') && after !== undefined) ||
    (isBelow(path, 'spec', 'loadBalancerClass') && textAt(change.before?.value, 'spec', 'type') === 'LoadBalancer')
  );
};

/** A claim takes the name of its volume when it is bound, and its storage class by default: writing them down may be no change. */
const ofClaim: Refuses = (difference, change) =>
  allBut('resources', 'volumeAttributesClassName')(difference, change) &&
  !(difference.before === undefined && /^(?:volumeName|storageClassName)$/.test(String(difference.path[1])));

/**
 * Kubernetes' own kinds, by `group/kind` (k8s.io/kubernetes pkg/apis/{apps,batch,core,rbac,storage,scheduling,networking,node}/validation, the
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
  'batch/Job': ofJob,
  '/Service': ofService,
  '/PersistentVolumeClaim': ofClaim,
  '/PersistentVolume': allBut(
    'capacity',
    'accessModes',
    'persistentVolumeReclaimPolicy',
    'storageClassName',
    'mountOptions',
    'claimRef',
    'nodeAffinity',
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
  'apiextensions.k8s.io/CustomResourceDefinition': fields(
    'spec.group',
    'spec.scope',
    'spec.names.kind',
    'spec.names.plural',
  ),
};

const fieldsOfPods: ReadonlySet<string> = new Set([
  'activeDeadlineSeconds',
  'tolerations',
  'terminationGracePeriodSeconds',
  'schedulingGates',
]);

/** What of a change is refused; of an object that is not there yet, nothing. */
export function immutableFields(change: Changed, head: Side | undefined): RefusedChange[] {
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
    ...(isCluster(after) ? refusedByCnpg(before.value, after.value) : []),
    ...shrinking(change),
  ];
}

/** A claim that would become smaller. */
function* shrinking({ after, fields: differences }: Changed): Generator<RefusedChange> {
  if (after?.kind !== 'PersistentVolumeClaim' || after.group !== '') return;
  for (const { path, before, after: now } of differences) {
    if (pathText(path) !== 'spec.resources.requests.storage' || typeof before !== 'string' || typeof now !== 'string')
      continue;
    if ((compareQuantities(now, before) ?? 0) < 0)
      yield { path: pathText(path), reason: `storage cannot shrink from ${before} to ${now}` };
  }
}

import type { Json } from '../../json/json';
import { at, textAt } from '../../json/read';
import { type GroupKind, groupKind } from '../api-version';
import type { RefusedChange } from '../fault';
import { compareQuantities } from './quantity';

/** A field that differs; undefined where it is not given. */
export interface ChangedField {
  /** As pathText writes it: `spec.selector.matchLabels.app`. */
  readonly path: string;
  readonly before: Json | undefined;
  readonly after: Json | undefined;
}

/** Whether a changed field of an object is refused. */
type Refuses = (field: ChangedField, before: Json, after: Json) => boolean;

const fields =
  (...paths: readonly string[]): Refuses =>
  ({ path }) =>
    paths.some((field) => path === field || path.startsWith(`${field}.`) || path.startsWith(`${field}[`));

/** All of spec but these fields. */
const allBut = (...names: readonly string[]): Refuses => {
  const own = fields(...names.map((name) => `spec.${name}`));
  return (field, before, after) => field.path.startsWith('spec.') && !own(field, before, after);
};

/** Of an object that was made with `immutable: true`, its content. */
const ifImmutable: Refuses = (field, before, after) =>
  at(before, 'immutable') === true && fields('data', 'stringData', 'binaryData', 'immutable')(field, before, after);

const jobFields = fields(
  'spec.template',
  'spec.selector',
  'spec.completionMode',
  'spec.podFailurePolicy',
  'spec.backoffLimitPerIndex',
  'spec.managedBy',
  'spec.successPolicy',
);

/** A Job's template; of one that is suspended, what decides where its pods run may change (ValidateJobSpecUpdate). */
const ofJob: Refuses = (field, before, after) => {
  const { path } = field;
  if (fields('spec.template')(field, before, after) && at(before, 'spec', 'suspend') === true) {
    return !/^spec\.template\.(?:metadata\.(?:labels|annotations)|spec\.(?:nodeSelector|affinity|tolerations|schedulingGates))\b/.test(
      path,
    );
  }
  // An indexed Job grows and shrinks with its parallelism.
  if (path === 'spec.completions') return textAt(after, 'spec', 'completionMode') !== 'Indexed';
  return jobFields(field, before, after);
};

/**
 * The address and its family are given once: another, or none, is refused, but one that is no longer asked for stays
 * (ValidateServiceUpdate).
 */
const ofService: Refuses = (field, before, after) => {
  if ([before, after].some((side) => textAt(side, 'spec', 'type') === 'ExternalName')) return false;
  if (field.path === 'spec.clusterIP') return field.after !== undefined;
  const isSet = field.before !== undefined && field.after !== undefined;
  if (/^spec\.(?:clusterIPs|ipFamilies)\[0\]$/.test(field.path))
    return isSet && ![before, after].some((side) => textAt(side, 'spec', 'clusterIP') === 'None');
  if (field.path === 'spec.healthCheckNodePort')
    return isSet && [before, after].every((side) => textAt(side, 'spec', 'externalTrafficPolicy') === 'Local');
  return field.path === 'spec.loadBalancerClass' && textAt(before, 'spec', 'type') === 'LoadBalancer';
};

/** A claim takes the name of its volume when it is bound, and its storage class by default: writing them down may be no change. */
const ofClaim: Refuses = (field, before, after) =>
  allBut('resources', 'volumeAttributesClassName')(field, before, after) &&
  !(field.before === undefined && /^spec\.(?:volumeName|storageClassName)$/.test(field.path));

/** What a volume is; where it can be reached may be said once. (ValidatePersistentVolumeUpdate) */
const ofVolume: Refuses = (field, before, after) => {
  if (field.path.startsWith('spec.nodeAffinity')) return at(before, 'spec', 'nodeAffinity') !== undefined;
  if (field.path.startsWith('spec.csi.controllerExpandSecretRef')) return field.before !== undefined;
  return volumeFields(field, before, after);
};
const volumeFields = allBut(
  'capacity',
  'accessModes',
  'persistentVolumeReclaimPolicy',
  'storageClassName',
  'mountOptions',
  'claimRef',
  'volumeAttributesClassName',
);

const ofPod = allBut('activeDeadlineSeconds', 'tolerations', 'terminationGracePeriodSeconds', 'schedulingGates');

/**
 * By `group/kind` (k8s.io/kubernetes 1.36 pkg/apis/{apps,batch,core,discovery,networking,node,rbac,resource,scheduling,storage}/validation, the functions called
 * Validate…Update).
 */
const kinds: ReadonlyMap<string, Refuses> = new Map(
  Object.entries<Refuses>({
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
    '/PersistentVolume': ofVolume,
    '/Secret': (field, before, after) => field.path === 'type' || ifImmutable(field, before, after),
    '/ConfigMap': ifImmutable,
    '/Pod': (field, before, after) => !field.path.endsWith('.image') && ofPod(field, before, after),
    'rbac.authorization.k8s.io/RoleBinding': fields('roleRef'),
    'rbac.authorization.k8s.io/ClusterRoleBinding': fields('roleRef'),
    'storage.k8s.io/StorageClass': fields('provisioner', 'parameters', 'reclaimPolicy', 'volumeBindingMode'),
    'storage.k8s.io/VolumeAttributesClass': fields('driverName', 'parameters'),
    'storage.k8s.io/CSIDriver': fields('spec.attachRequired', 'spec.volumeLifecycleModes'),
    'storage.k8s.io/CSIStorageCapacity': fields('nodeTopology', 'storageClassName'),
    'discovery.k8s.io/EndpointSlice': fields('addressType'),
    'resource.k8s.io/ResourceClaim': fields('spec'),
    'resource.k8s.io/ResourceClaimTemplate': fields('spec'),
    '/ResourceQuota': fields('spec.scopes'),
    'scheduling.k8s.io/PriorityClass': fields('value', 'preemptionPolicy'),
    'networking.k8s.io/IngressClass': fields('spec.controller'),
    'node.k8s.io/RuntimeClass': fields('handler'),
    'apiextensions.k8s.io/CustomResourceDefinition': fields(
      'spec.group',
      'spec.scope',
      'spec.names.kind',
      'spec.names.plural',
    ),
  }),
);

/** Which of the changed fields of an object the API server refuses. */
export function* refusedFields(
  kind: GroupKind,
  before: Json,
  after: Json,
  changed: readonly ChangedField[],
): Generator<RefusedChange> {
  const refuses = kinds.get(groupKind(kind));
  for (const field of changed) {
    const { path } = field;
    if (refuses?.(field, before, after)) yield { path, reason: 'it cannot be changed' };
    if (refuses === ofClaim && path === 'spec.resources.requests.storage') yield* shrunk(field);
  }
}

/** A claim that would become smaller. */
function* shrunk({ path, before, after }: ChangedField): Generator<RefusedChange> {
  if (typeof before === 'string' && typeof after === 'string' && (compareQuantities(after, before) ?? 0) < 0)
    yield { path, reason: `storage cannot shrink from ${before} to ${after}` };
}

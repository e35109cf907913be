import { deepEqual } from '../../json/deep-equal';
import type { Json } from '../../json/json';
import { type GroupKind, groupKind } from '../api-version';
import { imageParts } from '../image';
import { hasTrait, podTemplatePath } from '../kinds/kinds';
import { compareQuantities } from './quantity';

/** The kinds that have a default: those of one name, or all of which something is true. */
type Kinds = string | ((kind: GroupKind) => boolean);

/** Whose field it is, the field's path, and what Kubernetes fills in. */
type Default = readonly [kinds: Kinds, path: RegExp, value: Json];

const runsPods = (kind: GroupKind) => podTemplatePath(kind) !== undefined;
const isLongLived = (kind: GroupKind) => hasTrait(kind, 'long-lived');
const isScaled = (kind: GroupKind) => hasTrait(kind, 'scaled');
const rollsOut = (kind: GroupKind) => hasTrait(kind, 'rolls-out');
const isJob = ({ group }: GroupKind) => group === 'batch';

/** k8s.io/kubernetes pkg/apis/{core,apps,batch,networking}/v1/defaults.go, of the fields that people write. */
const defaults: readonly Default[] = [
  [() => true, /^metadata\.(?:annotations|labels)$/, {}],
  [isLongLived, /^spec\.template\.spec\.restartPolicy$/, 'Always'],
  [runsPods, /spec\.terminationGracePeriodSeconds$/, 30],
  [runsPods, /spec\.dnsPolicy$/, 'ClusterFirst'],
  [runsPods, /spec\.schedulerName$/, 'default-scheduler'],
  [runsPods, /spec\.enableServiceLinks$/, true],
  [runsPods, /spec\.securityContext$/, {}],
  [runsPods, /ontainers\[[^\]]*\]\.resources$/, {}],
  [runsPods, /ontainers\[[^\]]*\]\.terminationMessagePath$/, '/dev/termination-log'],
  [runsPods, /ontainers\[[^\]]*\]\.terminationMessagePolicy$/, 'File'],
  [runsPods, /ontainers\[[^\]]*\]\.ports\[[^\]]*\]\.protocol$/, 'TCP'],
  [runsPods, /Probe\.timeoutSeconds$/, 1],
  [runsPods, /Probe\.periodSeconds$/, 10],
  [runsPods, /Probe\.successThreshold$/, 1],
  [runsPods, /Probe\.failureThreshold$/, 3],
  [runsPods, /\.httpGet\.scheme$/, 'HTTP'],
  [runsPods, /volumes\[[^\]]*\]\.(?:secret|configMap|projected|downwardAPI)\.defaultMode$/, 420],
  [runsPods, /volumes\[[^\]]*\]\.hostPath\.type$/, ''],
  [runsPods, /volume(?:Mount)?s\[[^\]]*\](?:\.\w+)?\.readOnly$/, false],
  [runsPods, /spec\.volumes$/, []],
  [isScaled, /^spec\.replicas$/, 1],
  [rollsOut, /^spec\.revisionHistoryLimit$/, 10],
  ['apps/Deployment', /^spec\.progressDeadlineSeconds$/, 600],
  // A Deployment has the one field, the others have the other.
  [rollsOut, /^spec\.(?:s|updateS)trategy$/, { type: 'RollingUpdate' }],
  [rollsOut, /^spec\.(?:s|updateS)trategy\.type$/, 'RollingUpdate'],
  ['apps/StatefulSet', /^spec\.podManagementPolicy$/, 'OrderedReady'],
  ['apps/StatefulSet', /^spec\.volumeClaimTemplates\[[^\]]*\]\.apiVersion$/, 'v1'],
  ['apps/StatefulSet', /^spec\.volumeClaimTemplates\[[^\]]*\]\.kind$/, 'PersistentVolumeClaim'],
  ['apps/StatefulSet', /^spec\.volumeClaimTemplates\[[^\]]*\]\.spec\.volumeMode$/, 'Filesystem'],
  [isJob, /\.backoffLimit$/, 6],
  [isJob, /\.(?:completions|parallelism)$/, 1],
  [isJob, /\.completionMode$/, 'NonIndexed'],
  [isJob, /\.suspend$/, false],
  ['batch/CronJob', /^spec\.concurrencyPolicy$/, 'Allow'],
  ['batch/CronJob', /^spec\.successfulJobsHistoryLimit$/, 3],
  ['batch/CronJob', /^spec\.failedJobsHistoryLimit$/, 1],
  ['autoscaling/HorizontalPodAutoscaler', /^spec\.minReplicas$/, 1],
  ['/Service', /^spec\.type$/, 'ClusterIP'],
  ['/Service', /^spec\.sessionAffinity$/, 'None'],
  ['/Service', /^spec\.ports\[[^\]]*\]\.protocol$/, 'TCP'],
  // Not filled in: what it is where nothing is said. (plugin/pkg/admission/serviceaccount)
  ['/ServiceAccount', /^automountServiceAccountToken$/, true],
  ['/Secret', /^type$/, 'Opaque'],
  ['/Secret', /^immutable$/, false],
  ['/ConfigMap', /^immutable$/, false],
  ['/PersistentVolumeClaim', /^spec\.volumeMode$/, 'Filesystem'],
  ['/PersistentVolume', /^spec\.volumeMode$/, 'Filesystem'],
  ['storage.k8s.io/StorageClass', /^reclaimPolicy$/, 'Delete'],
  ['storage.k8s.io/StorageClass', /^volumeBindingMode$/, 'Immediate'],
  ['networking.k8s.io/NetworkPolicy', /\.ports\[[^\]]*\]\.protocol$/, 'TCP'],
];

/** Fields that the API server writes in its own form, whatever form they were given in: `1` for `1000m`. */
const quantities =
  /\.resources\.(?:requests|limits)(?:\.[\w-]+|\["[^"]*"\])$|\.(?:storage|walStorage)\.size$|\.sizeLimit$/;

/**
 * Whether two values of a field are the same to Kubernetes: one that it fills in where none is given, or a quantity in another form.
 *
 * @param path as in `spec.template.spec.containers[app].resources`
 */
export function isSameToKubernetes(kind: GroupKind, path: string, before: Json | undefined, after: Json | undefined) {
  const given = before ?? after;
  if (given === undefined || given === null) return true;
  if (isNothing(before) || isNothing(after)) {
    return defaults.some(
      ([of, field, value]) =>
        (typeof of === 'string' ? of === groupKind(kind) : of(kind)) && field.test(path) && deepEqual(given, value),
    );
  }
  if (!quantities.test(path) || !isScalar(before) || !isScalar(after)) return false;
  return compareQuantities(String(before), String(after)) === 0;
}

/** How an image is pulled where nothing is said. (SetDefaults_Container in pkg/apis/core/v1/defaults.go) */
export function pullPolicyOf(image: string): 'Always' | 'IfNotPresent' {
  const { tag, digest } = imageParts(image);
  return tag === 'latest' || (tag === undefined && digest === undefined) ? 'Always' : 'IfNotPresent';
}

function isNothing(value: Json | undefined): boolean {
  return value === undefined || value === null;
}

function isScalar(value: Json | undefined): boolean {
  return typeof value === 'string' || typeof value === 'number';
}

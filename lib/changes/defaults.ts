import { deepEqual } from '../json/deep-equal';
import type { Json } from '../json/json';
import { compareQuantities } from '../systems/kubernetes/quantity';
import { type Difference, pathText } from './difference';

/** What Kubernetes fills in: kinds, the field's path, the value. */
type Default = readonly [kinds: RegExp, path: RegExp, value: Json];

const pods = /^(?:apps\/(?:Deployment|StatefulSet|DaemonSet|ReplicaSet)|batch\/(?:Job|CronJob)|\/Pod)$/;

/** k8s.io/kubernetes pkg/apis/{core,apps,batch,networking}/v1/defaults.go, of the fields that people write. */
const defaults: readonly Default[] = [
  [/^apps\/(?:Deployment|StatefulSet|DaemonSet|ReplicaSet)$/, /^spec\.template\.spec\.restartPolicy$/, 'Always'],
  [pods, /spec\.terminationGracePeriodSeconds$/, 30],
  [pods, /spec\.dnsPolicy$/, 'ClusterFirst'],
  [pods, /spec\.schedulerName$/, 'default-scheduler'],
  [pods, /spec\.enableServiceLinks$/, true],
  [pods, /spec\.securityContext$/, {}],
  [pods, /ontainers\[[^\]]*\]\.resources$/, {}],
  [pods, /ontainers\[[^\]]*\]\.terminationMessagePath$/, '/dev/termination-log'],
  [pods, /ontainers\[[^\]]*\]\.terminationMessagePolicy$/, 'File'],
  [pods, /ontainers\[[^\]]*\]\.ports\[[^\]]*\]\.protocol$/, 'TCP'],
  [pods, /Probe\.timeoutSeconds$/, 1],
  [pods, /Probe\.periodSeconds$/, 10],
  [pods, /Probe\.successThreshold$/, 1],
  [pods, /Probe\.failureThreshold$/, 3],
  [pods, /\.httpGet\.scheme$/, 'HTTP'],
  [pods, /volumes\[[^\]]*\]\.(?:secret|configMap|projected|downwardAPI)\.defaultMode$/, 420],
  [pods, /volumes\[[^\]]*\]\.hostPath\.type$/, ''],
  [/^apps\/(?:Deployment|StatefulSet|ReplicaSet)$/, /^spec\.replicas$/, 1],
  [/^apps\/(?:Deployment|StatefulSet|DaemonSet)$/, /^spec\.revisionHistoryLimit$/, 10],
  [/^apps\/Deployment$/, /^spec\.progressDeadlineSeconds$/, 600],
  [/^apps\/Deployment$/, /^spec\.strategy$/, { type: 'RollingUpdate' }],
  [/^apps\/Deployment$/, /^spec\.strategy\.type$/, 'RollingUpdate'],
  [/^apps\/(?:StatefulSet|DaemonSet)$/, /^spec\.updateStrategy$/, { type: 'RollingUpdate' }],
  [/^apps\/(?:StatefulSet|DaemonSet)$/, /^spec\.updateStrategy\.type$/, 'RollingUpdate'],
  [/^apps\/StatefulSet$/, /^spec\.podManagementPolicy$/, 'OrderedReady'],
  [/^apps\/StatefulSet$/, /^spec\.volumeClaimTemplates\[[^\]]*\]\.apiVersion$/, 'v1'],
  [/^apps\/StatefulSet$/, /^spec\.volumeClaimTemplates\[[^\]]*\]\.kind$/, 'PersistentVolumeClaim'],
  [/^apps\/StatefulSet$/, /^spec\.volumeClaimTemplates\[[^\]]*\]\.spec\.volumeMode$/, 'Filesystem'],
  [/^batch\/(?:Job|CronJob)$/, /\.backoffLimit$/, 6],
  [/^batch\/(?:Job|CronJob)$/, /\.(?:completions|parallelism)$/, 1],
  [/^batch\/(?:Job|CronJob)$/, /\.completionMode$/, 'NonIndexed'],
  [/^batch\/(?:Job|CronJob)$/, /\.suspend$/, false],
  [/^batch\/CronJob$/, /^spec\.concurrencyPolicy$/, 'Allow'],
  [/^batch\/CronJob$/, /^spec\.successfulJobsHistoryLimit$/, 3],
  [/^batch\/CronJob$/, /^spec\.failedJobsHistoryLimit$/, 1],
  [/^autoscaling\/HorizontalPodAutoscaler$/, /^spec\.minReplicas$/, 1],
  [/^\/Service$/, /^spec\.type$/, 'ClusterIP'],
  [/^\/Service$/, /^spec\.sessionAffinity$/, 'None'],
  [/^\/Service$/, /^spec\.ports\[[^\]]*\]\.protocol$/, 'TCP'],
  [/^\/Secret$/, /^type$/, 'Opaque'],
  [/^\/(?:Secret|ConfigMap)$/, /^immutable$/, false],
  [/^\/PersistentVolumeClaim$/, /^spec\.volumeMode$/, 'Filesystem'],
  [/^storage\.k8s\.io\/StorageClass$/, /^reclaimPolicy$/, 'Delete'],
  [/^storage\.k8s\.io\/StorageClass$/, /^volumeBindingMode$/, 'Immediate'],
  [/^networking\.k8s\.io\/NetworkPolicy$/, /\.ports\[[^\]]*\]\.protocol$/, 'TCP'],
];

/** Fields that the API server writes in its own form, whatever form they were given in: `1` for `1000m`. */
const quantities =
  /\.resources\.(?:requests|limits)(?:\.[\w-]+|\["[^"]*"\])$|\.(?:storage|walStorage)\.size$|\.sizeLimit$/;

/** Whether two values are the same to Kubernetes: one that it fills in where none is given, or a quantity in another form. */
export function isSameToKubernetes(type: string, { path, before, after }: Difference): boolean {
  const given = before ?? after;
  if (given === undefined || given === null) return true;
  const text = pathText(path);
  if ((before ?? undefined) === undefined || (after ?? undefined) === undefined) {
    return defaults.some(([kinds, field, value]) => kinds.test(type) && field.test(text) && deepEqual(given, value));
  }
  return quantities.test(text) && isScalar(before) && isScalar(after)
    ? compareQuantities(String(before), String(after)) === 0
    : false;
}

function isScalar(value: Json | undefined): boolean {
  return typeof value === 'string' || typeof value === 'number';
}

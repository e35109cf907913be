import type { JsonObject } from '../../../json/json';
import { groupKind, groupVersion } from '../../api-version';
import type { Fault, Refusals } from '../../fault';
import { podTemplatePath } from '../../kinds/kinds';
import { horizontalPodAutoscaler, podDisruptionBudget } from './autoscaling';
import { configMap, secret } from './data';
import { endpointSlice, endpoints } from './endpoints';
import { ingress, ingressClass } from './ingress';
import * as jobs from './jobs';
import { metadata } from './metadata';
import { namespace } from './namespaces';
import { networkPolicy } from './network-policies';
import * as pods from './pods';
import { limitRange, resourceQuota } from './quotas';
import { clusterRole, clusterRoleBinding, role, roleBinding } from './rbac';
import { lease, priorityClass, runtimeClass } from './scheduling';
import { service } from './services';
import { csiDriver, csiNode, csiStorageCapacity, storageClass, volumeAttributesClass } from './storage';

/** What the API server of Kubernetes 1.36 refuses in new objects of its own kinds, beyond what their schemas say. */
const refusals: Readonly<Record<string, readonly Refusals[]>> = {
  'batch/CronJob': [jobs.schedule],
  '/ConfigMap': [configMap],
  '/Secret': [secret],
  '/Namespace': [namespace],
  '/Service': [service],
  '/Endpoints': [endpoints],
  'discovery.k8s.io/EndpointSlice': [endpointSlice],
  '/ResourceQuota': [resourceQuota],
  '/LimitRange': [limitRange],
  'networking.k8s.io/Ingress': [ingress],
  'networking.k8s.io/IngressClass': [ingressClass],
  'networking.k8s.io/NetworkPolicy': [networkPolicy],
  'autoscaling/HorizontalPodAutoscaler': [horizontalPodAutoscaler],
  'policy/PodDisruptionBudget': [podDisruptionBudget],
  'scheduling.k8s.io/PriorityClass': [priorityClass],
  'node.k8s.io/RuntimeClass': [runtimeClass],
  'coordination.k8s.io/Lease': [lease],
  'storage.k8s.io/StorageClass': [storageClass],
  'storage.k8s.io/VolumeAttributesClass': [volumeAttributesClass],
  'storage.k8s.io/CSIDriver': [csiDriver],
  'storage.k8s.io/CSINode': [csiNode],
  'storage.k8s.io/CSIStorageCapacity': [csiStorageCapacity],
  'rbac.authorization.k8s.io/Role': [role],
  'rbac.authorization.k8s.io/ClusterRole': [clusterRole],
  'rbac.authorization.k8s.io/RoleBinding': [roleBinding],
  'rbac.authorization.k8s.io/ClusterRoleBinding': [clusterRoleBinding],
};

/** The same of the pods in an object, wherever its kind has them. */
const ofPods = [pods.resources];

export function* faultsOf(object: JsonObject): Generator<Fault> {
  const kind = { group: groupVersion(String(object.apiVersion)).group, kind: String(object.kind) };
  yield* metadata(object);
  for (const find of refusals[groupKind(kind)] ?? []) yield* find(object);
  const template = podTemplatePath(kind);
  if (template === undefined) return;
  for (const find of ofPods) yield* find(object, [...template, 'spec']);
}

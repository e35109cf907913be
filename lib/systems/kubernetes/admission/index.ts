import { isJsonObject, type JsonObject } from '../../../json/json';
import { at } from '../../../json/read';
import { groupKind, groupVersion } from '../../api-version';
import type { Fault, Refusals } from '../../fault';
import { podTemplatePath } from '../../kinds/kinds';
import { annotationFaults } from './annotations';
import { horizontalPodAutoscaler, podDisruptionBudget } from './autoscaling';
import { certificateSigningRequest } from './certificates';
import { claimNames, persistentVolumeClaim } from './claims';
import { cronJob } from './cron-jobs';
import { configMap, secret, serviceAccount } from './data';
import { apiService, definition } from './definitions';
import { deviceClass, resourceClaim, resourceClaimTemplate } from './devices';
import { endpointSlice, endpoints } from './endpoints';
import { flowSchema, priorityLevel } from './flow-control';
import { nameOfJob } from './indexed-jobs';
import { ingress, ingressClass } from './ingress';
import { selectorOfJob } from './job-selectors';
import { jobSpec } from './jobs';
import { metadata } from './metadata';
import { namespace } from './namespaces';
import { networkPolicy } from './network-policies';
import { ipAddress, node, serviceCidr } from './nodes';
import { persistentVolume } from './persistent-volumes';
import { podFaults, podFaultsWith, podItself } from './pods';
import { mutatingBinding, mutatingPolicy, validatingBinding, validatingPolicy } from './policies';
import { limitRange, resourceQuota } from './quotas';
import { clusterRole, clusterRoleBinding, role, roleBinding } from './rbac';
import { needs, within } from './rules';
import { lease, priorityClass, runtimeClass } from './scheduling';
import { service } from './services';
import { csiDriver, csiNode, csiStorageCapacity, storageClass, volumeAttributesClass } from './storage';
import { webhookConfiguration } from './webhooks';
import * as workloads from './workloads';

/** What the API server of Kubernetes 1.36 refuses in new objects of its own kinds, beyond what their schemas say. */
const refusals: Readonly<Record<string, readonly Refusals[]>> = {
  'apps/DaemonSet': [workloads.daemonSet],
  'apps/Deployment': [workloads.deployment],
  'apps/ReplicaSet': [workloads.replicaSet],
  'apps/StatefulSet': [workloads.statefulSet],
  'batch/CronJob': [cronJob],
  'batch/Job': [jobSpec, selectorOfJob, nameOfJob],
  '/Pod': [podItself],
  '/PodTemplate': [needs({ template: 'the template of a pod' }), (object) => ofPods(object, ['template'])],
  '/ReplicationController': [workloads.replicationController],
  '/PersistentVolumeClaim': [persistentVolumeClaim],
  '/PersistentVolume': [persistentVolume],
  '/ConfigMap': [configMap],
  '/Secret': [secret],
  '/ServiceAccount': [serviceAccount],
  '/Namespace': [namespace],
  '/Service': [service],
  '/Node': [node],
  '/Endpoints': [endpoints],
  'discovery.k8s.io/EndpointSlice': [endpointSlice],
  '/ResourceQuota': [resourceQuota],
  '/LimitRange': [limitRange],
  'networking.k8s.io/Ingress': [ingress],
  'networking.k8s.io/IngressClass': [ingressClass],
  'networking.k8s.io/NetworkPolicy': [networkPolicy],
  'networking.k8s.io/ServiceCIDR': [serviceCidr],
  'networking.k8s.io/IPAddress': [ipAddress],
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
  'flowcontrol.apiserver.k8s.io/FlowSchema': [flowSchema],
  'flowcontrol.apiserver.k8s.io/PriorityLevelConfiguration': [priorityLevel],
  'apiextensions.k8s.io/CustomResourceDefinition': [definition],
  'apiregistration.k8s.io/APIService': [apiService],
  'admissionregistration.k8s.io/ValidatingWebhookConfiguration': [webhookConfiguration],
  'admissionregistration.k8s.io/MutatingWebhookConfiguration': [webhookConfiguration],
  'admissionregistration.k8s.io/ValidatingAdmissionPolicy': [validatingPolicy],
  'admissionregistration.k8s.io/ValidatingAdmissionPolicyBinding': [validatingBinding],
  'admissionregistration.k8s.io/MutatingAdmissionPolicy': [mutatingPolicy],
  'admissionregistration.k8s.io/MutatingAdmissionPolicyBinding': [mutatingBinding],
  'certificates.k8s.io/CertificateSigningRequest': [certificateSigningRequest],
  'resource.k8s.io/DeviceClass': [deviceClass],
  'resource.k8s.io/ResourceClaim': [resourceClaim],
  'resource.k8s.io/ResourceClaimTemplate': [resourceClaimTemplate],
  'rbac.authorization.k8s.io/Role': [role],
  'rbac.authorization.k8s.io/ClusterRole': [clusterRole],
  'rbac.authorization.k8s.io/RoleBinding': [roleBinding],
  'rbac.authorization.k8s.io/ClusterRoleBinding': [clusterRoleBinding],
};

export function* faultsOf(object: JsonObject): Generator<Fault> {
  const kind = { group: groupVersion(String(object.apiVersion)).group, kind: String(object.kind) };
  yield* metadata(object);
  for (const find of refusals[groupKind(kind)] ?? []) yield* find(object);
  const template = podTemplatePath(kind);
  if (template !== undefined) yield* ofPods(object, template);
}

/** The same of the pods in an object. */
function* ofPods(object: JsonObject, template: readonly string[]): Generator<Fault> {
  const pod = at(object, ...template, 'spec');
  if (!isJsonObject(pod)) {
    yield* missing(object, [...template, 'spec']);
    return;
  }
  const claims = object.kind === 'StatefulSet' ? claimNames(object) : undefined;
  yield* within([...template, 'spec'], claims === undefined ? podFaults(pod) : podFaultsWith(pod, claims));
  const path = [...template, 'metadata', 'annotations'];
  const annotations = at(object, ...path);
  if (isJsonObject(annotations)) yield* within(path, [...annotationFaults(annotations, pod)]);
}

/** Where a spec is missing on the way to the pods. Schemas demand what else is on it. */
function* missing(object: JsonObject, path: readonly string[]): Generator<Fault> {
  const depth = path.findIndex((_, i) => (at(object, ...path.slice(0, i + 1)) ?? null) === null);
  if (path[depth] === 'spec')
    yield { path: path.slice(0, depth + 1), allowed: 'given: pods need at least one container' };
}

import type { FieldSpec } from './specs';

/** The fields that kustomize's transformers set by default (api/internal/konfig/builtinpluginconsts of kustomize 5.8). */

function at(path: string, where: Omit<FieldSpec, 'path'> = {}): FieldSpec {
  return { path, create: true, ...where };
}

export const metadataLabels: FieldSpec = at('metadata/labels');

export const templateLabels: readonly FieldSpec[] = [metadataLabels, ...inTemplates('labels')];

export const annotations: readonly FieldSpec[] = [at('metadata/annotations'), ...inTemplates('annotations')];

function inTemplates(map: 'labels' | 'annotations'): FieldSpec[] {
  const template = `spec/template/metadata/${map}`;
  const isLabels = map === 'labels';
  return [
    at(template, { kind: 'ReplicationController', version: 'v1' }),
    at(template, { kind: 'Deployment' }),
    at(template, { kind: 'ReplicaSet' }),
    at(template, { kind: 'DaemonSet' }),
    at(template, { kind: 'StatefulSet', ...(isLabels && { group: 'apps' }) }),
    ...(isLabels ? [at('spec/volumeClaimTemplates[]/metadata/labels', { kind: 'StatefulSet', group: 'apps' })] : []),
    at(template, { kind: 'Job', group: 'batch' }),
    at(`spec/jobTemplate/metadata/${map}`, { kind: 'CronJob', group: 'batch' }),
    at(`spec/jobTemplate/spec/template/metadata/${map}`, { kind: 'CronJob', group: 'batch' }),
  ];
}

const affinities = ['podAffinity', 'podAntiAffinity'].flatMap((affinity) => [
  `affinity/${affinity}/preferredDuringSchedulingIgnoredDuringExecution/podAffinityTerm/labelSelector/matchLabels`,
  `affinity/${affinity}/requiredDuringSchedulingIgnoredDuringExecution/labelSelector/matchLabels`,
]);

export const selectorLabels: readonly FieldSpec[] = [
  at('spec/selector', { kind: 'Service', version: 'v1' }),
  at('spec/selector', { kind: 'ReplicationController', version: 'v1' }),
  at('spec/selector/matchLabels', { kind: 'Deployment' }),
  at('spec/selector/matchLabels', { kind: 'ReplicaSet' }),
  at('spec/selector/matchLabels', { kind: 'DaemonSet' }),
  at('spec/selector/matchLabels', { kind: 'StatefulSet', group: 'apps' }),
  ...['Deployment', 'StatefulSet'].flatMap((kind) =>
    [...affinities, 'topologySpreadConstraints/labelSelector/matchLabels'].map((path): FieldSpec => {
      return { path: `spec/template/spec/${path}`, kind, group: 'apps' };
    }),
  ),
  { path: 'spec/selector/matchLabels', kind: 'Job', group: 'batch' },
  { path: 'spec/jobTemplate/spec/selector/matchLabels', kind: 'CronJob', group: 'batch' },
  { path: 'spec/selector/matchLabels', kind: 'PodDisruptionBudget', group: 'policy' },
  ...['podSelector', 'ingress/from/podSelector', 'egress/to/podSelector'].map((path): FieldSpec => {
    return { path: `spec/${path}/matchLabels`, kind: 'NetworkPolicy', group: 'networking.k8s.io' };
  }),
  ...templateLabels,
];

export const names: readonly FieldSpec[] = [{ path: 'metadata/name' }];

export const namespaces: readonly FieldSpec[] = [
  at('metadata/name', { kind: 'Namespace' }),
  at('spec/service/namespace', { group: 'apiregistration.k8s.io', kind: 'APIService' }),
  {
    path: 'spec/conversion/webhook/clientConfig/service/namespace',
    group: 'apiextensions.k8s.io',
    kind: 'CustomResourceDefinition',
  },
];

export const images: readonly FieldSpec[] = ['spec', 'spec/template/spec'].flatMap((pod) =>
  ['containers[]/image', 'initContainers[]/image', 'volumes[]/image/reference'].map((path) => at(`${pod}/${path}`)),
);

export const replicas: readonly FieldSpec[] = ['Deployment', 'ReplicationController', 'ReplicaSet', 'StatefulSet'].map(
  (kind) => at('spec/replicas', { kind }),
);

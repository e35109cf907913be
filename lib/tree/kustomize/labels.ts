import { isJsonObject, type JsonObject } from '../tree';
import { entriesOf, type Kustomization } from './kustomization';
import { editField, type FieldSpec, withEntries } from './specs';

/** Adds the labels and annotations of a kustomization to an object (api/internal/konfig/builtinpluginconsts). */
export function setLabels(value: JsonObject, kustomization: Kustomization): JsonObject {
  let edited = value;
  for (const { value: label } of entriesOf(kustomization, 'labels')) {
    if (!isJsonObject(label) || !isJsonObject(label.pairs)) continue;
    const specs = label.includeSelectors ? selectorLabels : label.includeTemplates ? templateLabels : metadataLabels;
    edited = setAt(edited, specs, label.pairs);
  }
  const { commonLabels, commonAnnotations } = kustomization.value;
  if (isJsonObject(commonLabels)) edited = setAt(edited, selectorLabels, commonLabels);
  if (isJsonObject(commonAnnotations)) edited = setAt(edited, templateAnnotations, commonAnnotations);
  return edited;
}

/** Adds what a Flux Kustomization's commonMetadata says, to the objects alone. */
export function withCommonMetadata(value: JsonObject, { labels, annotations }: JsonObject): JsonObject {
  const labelled = isJsonObject(labels) ? setAt(value, metadataLabels, labels) : value;
  return isJsonObject(annotations) ? setAt(labelled, [at('metadata/annotations')], annotations) : labelled;
}

function setAt(value: JsonObject, specs: readonly FieldSpec[], entries: JsonObject): JsonObject {
  if (Object.keys(entries).length === 0) return value;
  return specs.reduce((edited, spec) => editField(edited, spec, (map) => withEntries(map, entries)), value);
}

function at(path: string, where: Omit<FieldSpec, 'path'> = {}): FieldSpec {
  return { path, create: 'map', ...where };
}

const metadataLabels: readonly FieldSpec[] = [at('metadata/labels')];

const templateLabels: readonly FieldSpec[] = [...metadataLabels, ...inTemplates('labels')];

const templateAnnotations: readonly FieldSpec[] = [at('metadata/annotations'), ...inTemplates('annotations')];

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

const selectorLabels: readonly FieldSpec[] = [
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

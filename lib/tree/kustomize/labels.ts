import { isJsonObject, type Json, type JsonObject } from '../tree';
import { type Item, withValue } from './item';
import { entriesOf, type Kustomization, type Placed } from './kustomization';
import { editField, type FieldSpec, withEntries } from './specs';

/** Labels or annotations that a kustomization adds, and where. */
export interface Addition {
  readonly place: Placed<Json>;
  readonly entries: JsonObject;
  readonly specs: readonly FieldSpec[];
  readonly isSpread: boolean;
}

/** What a kustomization adds, in order (api/internal/konfig/builtinpluginconsts). */
export function* additionsOf(kustomization: Kustomization): Generator<Addition> {
  for (const place of entriesOf(kustomization, 'labels')) {
    const label = place.value;
    if (!isJsonObject(label) || !isJsonObject(label.pairs)) continue;
    const specs = label.includeSelectors ? selectorLabels : label.includeTemplates ? templateLabels : metadataLabels;
    yield { place, entries: label.pairs, specs, isSpread: specs !== metadataLabels };
  }
  for (const [field, specs, isSpread] of [
    ['commonLabels', selectorLabels, true],
    ['commonAnnotations', templateAnnotations, false],
  ] as const) {
    for (const place of entriesOf(kustomization, field)) {
      if (isJsonObject(place.value)) yield { place, entries: place.value, specs, isSpread };
    }
  }
}

/**
 * The item with the additions. A label that kustomize once put in several places of an object is one node in its memory: to set
 * it anew in one of them sets it in those that it was not in before, too. Which they are, only kustomize knows.
 */
export function withAddition(item: Item, { entries, specs, isSpread }: Addition): Item {
  const next = withValue(item, setAt(item.value, specs, entries));
  const isOdd =
    specs !== templateAnnotations && Object.keys(entries).some((key) => isOther(item.spread[key], entries[key]));
  const uncertain = next.uncertain || isOdd;
  if (!isSpread && uncertain === next.uncertain) return next;
  return { ...next, uncertain, spread: isSpread ? { ...next.spread, ...entries } : next.spread };
}

function isOther(before: Json | undefined, now: Json | undefined): boolean {
  return before !== undefined && before !== now;
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

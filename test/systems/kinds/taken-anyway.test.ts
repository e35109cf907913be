import type { Json, Path } from '../../../lib/json/json';
import { takenAnyway } from '../../../lib/systems/kinds/taken-anyway';

const path = (text: string): Path => text.split('.').map((step) => (/^\d+$/.test(step) ? Number(step) : step));
const told = (group: string, kind: string, fault: string, place: Path, value: Json = {}) =>
  takenAnyway({ group, kind, value }, { kind: fault, path: place });

test.each([
  ['', 'Namespace', path('metadata.labels').concat('kubernetes.io/metadata.name'), 'the API server writes'],
  ['', 'Namespace', path('metadata.labels.team'), undefined],
  ['apps', 'StatefulSet', path('spec.volumeClaimTemplates.0.metadata.labels.a'), 'refuses the claims'],
  ['apps', 'StatefulSet', path('spec.template.metadata.labels.a'), undefined],
  ['batch', 'CronJob', path('spec.jobTemplate.metadata.labels.a'), 'refuses the Jobs'],
  ['batch', 'CronJob', path('spec.jobTemplate.spec.template.metadata.labels.a'), undefined],
  ['autoscaling', 'HorizontalPodAutoscaler', path('spec.metrics.0.pods.metric.selector.matchLabels.a'), 'no metric'],
])('of a label of the wrong form in %s %s at %j: %s', (group, kind, place, says) => {
  const found = told(group, kind, 'format', place);
  expect(says === undefined ? found : found?.includes(says)).toBe(says === undefined ? undefined : true);
  expect(told(group, kind, 'type', place)).toBeUndefined();
});

test.each<[Json, boolean]>([
  [
    [
      { name: 'a', sectionName: 'x', port: 80 },
      { name: 'a', sectionName: 'y' },
    ],
    true,
  ],
  [[{ name: 'a', port: 80 }, { name: 'b' }], true],
  [
    [
      { name: 'a', port: 80 },
      { name: 'a', port: 81 },
    ],
    false,
  ],
  [
    [
      { name: 'a', sectionName: 'x', port: 80 },
      { name: 'a', sectionName: 'x', port: 80, kind: 'Gateway' },
    ],
    false,
  ],
])('whether the standard channel of Gateway API takes the parents %j: %s', (parentRefs, isTaken) => {
  const found = told('gateway.networking.k8s.io', 'HTTPRoute', 'cel', path('spec.parentRefs'), {
    spec: { parentRefs },
  });
  expect(found !== undefined).toBe(isTaken);
});

test('what CloudNativePG fills in may be null in a Cluster', () => {
  const of = (field: string) =>
    told('postgresql.cnpg.io', 'Cluster', 'type', path(`spec.${field}`), { spec: { [field]: null } });
  expect(of('monitoring')).toBe("CloudNativePG's webhook fills it in");
  expect(of('tablespaces')).toBeUndefined();
});

test.each([
  [{ inheritedMetadata: { labels: { a: null } } }, path('spec.inheritedMetadata.labels.a'), true],
  [{ resources: { limits: { cpu: null } } }, path('spec.resources.limits.cpu'), true],
  [{ plugins: [{ parameters: { a: null } }] }, path('spec.plugins.0.parameters.a'), true],
  [{ affinity: null }, path('spec.affinity'), true],
  [{ inheritedMetadata: { labels: { a: 1 } } }, path('spec.inheritedMetadata.labels.a'), false],
  [{ imagePullPolicy: null }, path('spec.imagePullPolicy'), false],
  [{ env: [{ value: null }] }, path('spec.env.0.value'), false],
])("whether CloudNativePG's webhook fills in what is null in %j at %j: %s", (spec, place, isFilled) => {
  const found = told('postgresql.cnpg.io', 'Cluster', 'type', place, { spec });
  expect(found !== undefined).toBe(isFilled);
});

import { object } from '../../graph/graph';
import { shopEffects } from '../review-of';

const definition = (...versions: string[]) =>
  object(
    'apiextensions.k8s.io/v1',
    'CustomResourceDefinition',
    'apples.example.com',
    `spec: { group: example.com, scope: Namespaced, names: { kind: Apple, plural: apples }, versions: [${versions.join(', ')}] }`,
    '',
  );
const version = (name: string, served = true) => `{ name: ${name}, served: ${served}, storage: ${name === 'v1'} }`;
const apple = (of: string) => object(`example.com/${of}`, 'Apple', 'one');

test('a version that is no longer served, and who still uses it', () => {
  expect(
    shopEffects(
      definition(version('v1'), version('v1beta1')) + apple('v1beta1'),
      definition(version('v1'), version('v1beta1', false)) + apple('v1beta1'),
    ),
  ).toEqual([
    'blocked high: CustomResourceDefinition apples.example.com no longer serves `v1beta1`: Apple shop/one still uses it, and is refused',
  ]);
  expect(
    shopEffects(definition(version('v1'), version('v1beta1')) + apple('v1'), definition(version('v1')) + apple('v1')),
  ).toEqual([
    "other high: CustomResourceDefinition apples.example.com no longer serves `v1beta1`: requests for it are refused\n  1. Before the merge, check that nothing is stored in it: `kubectl get crd apples.example.com -o jsonpath='{.status.storedVersions}'` must not list `v1beta1`.",
  ]);
});

test('versions that come, or were not served, are no news', () => {
  expect(shopEffects(definition(version('v1')), definition(version('v1'), version('v2')))).toEqual([]);
  expect(shopEffects(definition(version('v1'), version('v1beta1', false)), definition(version('v1')))).toEqual([]);
});

import { makesNamed } from '../../../lib/systems/references/targets';

const account = { group: '', kind: 'ServiceAccount', namespace: 'shop', name: 'metrics' };
const release = (spec: object) => {
  const value = {
    apiVersion: 'helm.toolkit.fluxcd.io/v2',
    kind: 'HelmRelease',
    spec: JSON.parse(JSON.stringify(spec)),
  };
  return { group: 'helm.toolkit.fluxcd.io', kind: 'HelmRelease', namespace: 'shop', name: 'exporter', value };
};

test.each([
  [true, { values: { serviceAccount: { create: true, name: 'metrics' } } }],
  [false, { values: { serviceAccount: { create: true, name: 'other' } } }],
  [false, { values: { serviceAccount: { create: false, name: 'metrics' } } }],
  [false, { values: { serviceAccount: { create: true, name: 'metrics' } }, targetNamespace: 'elsewhere' }],
  [false, {}],
])('a release whose values name an account and create it makes it: %s of %j', (makes, spec) => {
  expect(makesNamed(release(spec), account)).toBe(makes);
});

test('a StatefulSet makes the claims of its pods', () => {
  const set = { spec: { volumeClaimTemplates: [{ metadata: { name: 'data' } }] } };
  const maker = { group: 'apps', kind: 'StatefulSet', namespace: 'shop', name: 'db', value: set };
  const makes = (name: string) =>
    makesNamed(maker, { group: '', kind: 'PersistentVolumeClaim', namespace: 'shop', name });
  expect(['data-db-0', 'data-db-12', 'data-db', 'data-db-x', 'logs-db-0'].map(makes)).toEqual([
    true,
    true,
    false,
    false,
    false,
  ]);
});

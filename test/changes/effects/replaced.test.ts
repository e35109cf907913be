import { object } from '../../graph/graph';
import { database, deployment, shopEffects } from '../review-of';

const named = (name: string, spec?: string) => database(spec).replace('name: db', `name: ${name}`);
const begins = (before: string, after: string) =>
  shopEffects(deployment() + before, deployment() + after).filter((effect) => effect.includes('begins empty'));

test('a database with another name, or in another namespace, begins empty', () => {
  expect(begins(named('one'), named('two'))).toEqual([
    'data critical: Cluster shop/two begins empty: it seems to take the place of Cluster shop/one, and the data does not come along\n  1. Decide how the data comes over before the merge: a backup of Cluster shop/one and `spec.bootstrap.recovery`, or `spec.bootstrap.initdb.import` while both run.',
  ]);
  expect(begins(named('one'), named('one').replace('namespace: shop', 'namespace: store'))).toEqual([
    'data critical: Cluster store/one begins empty: it seems to take the place of Cluster shop/one, and the data does not come along\n  1. Decide how the data comes over before the merge: a backup of Cluster shop/one and `spec.bootstrap.recovery`, or `spec.bootstrap.initdb.import` while both run.',
  ]);
});

test('a volume with another name begins empty', () => {
  const claim = (name: string) => object('v1', 'PersistentVolumeClaim', name, 'spec: { accessModes: [ReadWriteOnce] }');
  expect(begins(claim('one'), claim('two'))).toEqual([
    `data critical: PersistentVolumeClaim shop/two begins empty: it seems to take the place of PersistentVolumeClaim shop/one, and the data does not come along
  1. Decide how the data of PersistentVolumeClaim shop/one comes over before the merge.`,
  ]);
});

test("what is filled from elsewhere, takes nobody's place, or is one of many does not", () => {
  expect(begins(named('one'), named('two', 'instances: 1, bootstrap: { recovery: { source: one } }'))).toEqual([]);
  expect(begins('', named('two'))).toEqual([]);
  expect(begins(named('one'), named('one') + named('two'))).toEqual([]);
  expect(begins(named('one') + named('other'), named('two'))).toEqual([]);
});

test('a set of pods with volumes of its own begins with new ones under another name', () => {
  const set = (name: string, more = 'volumeClaimTemplates: [{ metadata: { name: data } }]') =>
    object('apps/v1', 'StatefulSet', name, `spec: { serviceName: queue, ${more} }`);
  expect(shopEffects(set('queue'), set('jobs')).filter((effect) => effect.startsWith('data'))).toEqual([
    'data critical: StatefulSet shop/jobs begins empty: it seems to take the place of StatefulSet shop/queue, whose volumes are not its own\n  1. Decide how the data of StatefulSet shop/queue comes over before the merge.',
  ]);
  expect(shopEffects(set('queue', 'replicas: 1'), set('jobs', 'replicas: 1')).join()).not.toContain('data');
});

import { object } from '../../graph/graph';
import { database, deployment, shopEffects } from '../review-of';

const named = (name: string, spec?: string) => database(spec).replace('name: db', `name: ${name}`);
const begins = (before: string, after: string) =>
  shopEffects(deployment() + before, deployment() + after).filter((effect) => effect.includes('starts empty'));

test('a database with another name, or in another namespace, starts empty', () => {
  expect(begins(named('one'), named('two'))).toEqual([
    'data critical: Cluster shop/two starts empty: it seems to replace Cluster shop/one, whose data does not move with it\n  1. Before the merge, decide how to move the data: a backup of Cluster shop/one and `spec.bootstrap.recovery`, or `spec.bootstrap.initdb.import` while both run.',
  ]);
  expect(begins(named('one'), named('one').replace('namespace: shop', 'namespace: store'))).toEqual([
    'data critical: Cluster store/one starts empty: it seems to replace Cluster shop/one, whose data does not move with it\n  1. Before the merge, decide how to move the data: a backup of Cluster shop/one and `spec.bootstrap.recovery`, or `spec.bootstrap.initdb.import` while both run.',
  ]);
});

test('a volume with another name starts empty', () => {
  const claim = (name: string) => object('v1', 'PersistentVolumeClaim', name, 'spec: { accessModes: [ReadWriteOnce] }');
  expect(begins(claim('one'), claim('two'))).toEqual([
    `data critical: PersistentVolumeClaim shop/two starts empty: it seems to replace PersistentVolumeClaim shop/one, whose data does not move with it
  1. Before the merge, decide how to move the data of PersistentVolumeClaim shop/one.`,
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
    'data critical: StatefulSet shop/jobs starts empty: it seems to replace StatefulSet shop/queue, whose volumes it does not use\n  1. Before the merge, decide how to move the data of StatefulSet shop/queue.',
  ]);
  expect(shopEffects(set('queue', 'replicas: 1'), set('jobs', 'replicas: 1')).join()).not.toContain('data');
});

import { countObjects, effectsByKind } from '../../../../lib/report/diff/digest/effects';
import { effectOf, reviewOf } from '../../../changes/reviews';

const restart = (message: string) => effectOf('restart', 'medium', 'Deployment shop/shop', message);

test('an object counts once in each cluster, however much of a kind happens to it', () => {
  const one = reviewOf({ name: 'prod', effects: [restart('restarts'), restart('is read by others')] });
  const two = reviewOf({ name: 'staging', effects: [restart('restarts')] });
  const [kind] = effectsByKind({ ...one, clusters: [...one.clusters, ...two.clusters] });
  expect(kind?.objects).toBe(2);
  expect(kind?.groups.map(({ objects, instances }) => [objects, instances.size])).toEqual([
    [['Deployment shop/shop in prod, staging'], 2],
    [['Deployment shop/shop in prod'], 1],
  ]);
});

test('what is of two kinds counts once for both together', () => {
  const both = reviewOf({
    effects: [restart('restarts'), effectOf('deleted', 'high', 'Deployment shop/shop', 'goes')],
  });
  expect(countObjects(effectsByKind(both).flatMap(({ groups }) => groups))).toBe(1);
});

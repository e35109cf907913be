import type { Review } from '../../../../lib/changes/review';
import { countObjects, effectsByKind, reasonOf, sentencesOf, whoOf } from '../../../../lib/report/diff/digest/effects';
import { effectOf, reviewOf } from '../../../changes/reviews';
import { withChain } from '../../results';

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

test('an error of the checks says why, and is to be fixed; one that is also for a person to do counts once', () => {
  const error = {
    ...withChain,
    severity: 'error' as const,
    message: 'Secret shop/db has no key `PASSWORD`',
    object: 'Deployment shop/shop',
  };
  const none = { ...reviewOf({}), danger: 'high' as const, found: [error] };
  expect(sentencesOf(none, effectsByKind(none)).todo).toBe('1 error to fix before the merge.');
  expect(reasonOf(none, effectsByKind(none))).toBeUndefined();
  const two = { ...none, found: [error, error] };
  expect(reasonOf(two, effectsByKind(two))).toBe('the checks find an error: Secret shop/db has no key `PASSWORD`');
  const both = { ...reviewOf({ effects: [{ ...restart('is blocked'), todo: ['Fix it.'] }] }), found: [error] };
  expect(sentencesOf(both, effectsByKind(both)).todo).toBe('1 thing for a person to do.');
});

test('what does not happen yet stands apart', () => {
  const review = reviewOf({
    effects: [
      { ...restart('restarts'), held: 'Kustomization apps/shop is suspended' },
      effectOf('deleted', 'high', 'Service shop/shop', 'is deleted'),
    ],
  });
  expect(sentencesOf(review, effectsByKind(review)).happens).toBe('1 object is deleted. Not yet: 1 object restarts.');
});

test('one item alone is its own reason; what waits is none where an error stands first', () => {
  const reason = (review: Review) => reasonOf({ ...review, danger: 'high' }, effectsByKind(review));
  const deleted = (name: string, message: string) => effectOf('deleted', 'high', `Service shop/${name}`, message);
  expect(reason(reviewOf({ effects: [deleted('a', 'is deleted')] }))).toBeUndefined();
  expect(reason(reviewOf({ effects: [deleted('a', 'is deleted'), deleted('b', 'is gone')] }))).toBe(
    'Service shop/a is deleted',
  );
  const held = reviewOf({ effects: [{ ...deleted('a', 'is deleted'), held: 'it fails' }] });
  const error = { ...withChain, severity: 'error' as const, message: 'nothing declares the namespace b' };
  expect(reason({ ...held, found: [error] })).toBeUndefined();
  expect(reason({ ...held, found: [error, error] })).toBe('the checks find an error: nothing declares the namespace b');
});

test('what is suspended and what is resumed is told apart', () => {
  const of = (object: string, message: string) => effectOf('suspended', 'medium', object, message);
  const review = reviewOf({
    effects: [
      of('CronJob shop/a', 'is resumed'),
      of('CronJob shop/b', 'is suspended: it does nothing until somebody resumes it'),
      of('CronJob shop/c', 'is resumed'),
    ],
  });
  expect(sentencesOf(review, effectsByKind(review)).happens).toBe('1 object is suspended and 2 objects are resumed.');
});

test('few objects are named, many counted', () => {
  const of = (...objects: string[]) => {
    const review = reviewOf({ effects: objects.map((object) => effectOf('deleted', 'high', object, 'is deleted')) });
    return effectsByKind(review).flatMap(({ groups }) => groups.map(whoOf));
  };
  expect(of('Pod a')).toEqual(['Pod a']);
  expect(of('Pod a', 'Pod b', 'Pod c')).toEqual(['Pod a, Pod b and Pod c: each']);
  expect(of('Pod a', 'Pod b', 'Pod c', 'Pod d')).toEqual(['4 objects: each']);
});

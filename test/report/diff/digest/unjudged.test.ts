import type { Review } from '../../../../lib/changes/review';
import { statusText } from '../../../../lib/report/comment';
import { reviewFormats } from '../../../../lib/report/diff';
import { isNotJudged, unjudgedIn } from '../../../../lib/report/diff/digest/unjudged';
import { reviewOf, shop } from '../../../changes/review-of';
import { object } from '../../../graph/graph';

const change = (before: string, after: string) => unjudgedIn(reviewOf(shop(before), shop(after)));
const talos = (version: string) =>
  object('tuppr.home-operations.com/v1alpha1', 'TalosUpgrade', 'talos', `spec: { talos: { version: ${version} } }`);

test('a changed object of a kind that nothing is known of is named', () => {
  expect(change(talos('v1'), talos('v2'))).toEqual({
    count: 1,
    text: 'TalosUpgrade shop/talos (`spec.talos.version`: `v1` → `v2`). Nothing is known of what a change of this kind does: look at it yourself.',
  });
});

test('of which nothing is judged is not called harmless', () => {
  const review = (before: string, after: string) => reviewOf(shop(before), shop(after));
  const settings = (value: string) => object('v1', 'ConfigMap', 'settings', `data: { a: ${value} }`);
  const markdown = (one: Review) => reviewFormats.markdown.render(one, { color: false });
  const alone = review(talos('v1'), talos('v2'));
  expect([isNotJudged(alone), isNotJudged(review(talos('v1') + settings('a'), talos('v2') + settings('b')))]).toEqual([
    true,
    false,
  ]);
  expect(markdown(alone)).toContain('## espalier diff: ⚪ not judged, 1 object differs\n');
  expect(statusText({ check: undefined, diff: alone })).toBe('not judged, 1 changed');
  expect(markdown(alone)).toContain('**Look at it yourself: nothing here is judged.**');
  expect(markdown(review(talos('v1') + settings('a'), talos('v2') + settings('b')))).toContain(
    '## espalier diff: ⚪ low danger, 2 objects differ, 1 not judged\n',
  );
});

test('nothing is said of kinds that only watch, of known kinds, of labels and of what is created', () => {
  const monitor = (port: string) =>
    object('monitoring.coreos.com/v1', 'ServiceMonitor', 'shop', `spec: { endpoints: [{ port: ${port} }] }`);
  const budget = (least: number) =>
    object('policy/v1', 'PodDisruptionBudget', 'shop', `spec: { minAvailable: ${least} }`);
  expect(change(monitor('a'), monitor('b'))).toBeUndefined();
  expect(change(budget(1), budget(2))).toBeUndefined();
  expect(change(talos('v1'), talos('v1').replace('metadata: {', 'metadata: { labels: { a: b },'))).toBeUndefined();
  expect(change(monitor('a'), monitor('a') + talos('v1'))).toBeUndefined();
});

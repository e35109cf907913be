import type { Finding } from '../../../../lib/checks/finding';
import { reviewFormats } from '../../../../lib/report/diff';
import { findingsInOrder } from '../../../../lib/report/diff/digest/findings';
import { effectOf, reviewOf } from '../../../changes/reviews';
import { withChain } from '../../results';

const finding = (severity: Finding['severity'], message: string, object?: string): Finding => ({
  ...withChain,
  severity,
  message,
  object,
});
const blocked = {
  ...effectOf('blocked', 'high', 'Kustomization shop/shop', 'waits for itself'),
  todo: ['Remove it.'],
};

test('an error that nothing else tells stands first, before warnings', () => {
  const found = [finding('warning', 'b'), finding('error', 'a')];
  const [first, later] = findingsInOrder({ ...reviewOf({}), found, mended: [finding('error', 'c')] });
  expect(first.map(({ title, findings }) => [title, findings.map(({ message }) => message)])).toEqual([
    ['Found by the checks: 1 error, 1 warning', ['a', 'b']],
  ]);
  expect(later.map(({ id }) => id)).toEqual(['fixed']);
});

test('warnings alone, and errors that are for a person to do, stand behind what happens', () => {
  const [first, later] = findingsInOrder({ ...reviewOf({}), found: [finding('warning', 'b')] });
  expect([first, later.map(({ id, isTold }) => [id, isTold])]).toEqual([[], [['found', false]]]);
  const told = { ...reviewOf({ effects: [blocked] }), found: [finding('error', 'a', 'Kustomization shop/shop')] };
  const [none, those] = findingsInOrder(told);
  expect([none, those.map(({ id, isTold }) => [id, isTold])]).toEqual([[], [['found', true]]]);
  expect(reviewFormats.markdown.render(told, { color: false })).toContain(
    '### Found by the checks: 1 error\n\n<details><summary>show them</summary>\n\n- **error** ',
  );
});

test('what is no longer reported, because it is deleted, is folded', () => {
  const review = { ...reviewOf({ effects: [blocked] }), noLongerReported: [finding('warning', 'b')] };
  expect(reviewFormats.markdown.render(review, { color: false })).toContain(
    '### No longer reported, because it is deleted: 1 warning\n\n<details><summary>show them</summary>\n\n- **warning** ',
  );
});

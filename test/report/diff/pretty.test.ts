import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import type { Review } from '../../../lib/changes/review';
import { columnsOf } from '../../../lib/report/columns';
import { reviewFormats } from '../../../lib/report/diff';
import { anyReview } from '../../changes/any-review';
import { huge, medium, nothingChanges, reviewOf, several, small } from '../../changes/reviews';
import { unseen } from '../results';

const pretty = (review: Review, width?: number, color = false) => reviewFormats.pretty.render(review, { color, width });

test('a new image: how dangerous, what restarts, the image, the field', () => {
  expect(pretty(small, 100)).toBe(`Danger: medium
From merge base with origin/main (4f2c1d0) to the work tree.
Nothing is known that a person has to do. 1 object restarts.
Version: \`ghcr.io/webgrip/backstage\` \`1.4.1\` → \`1.4.2\`, in Deployment backstage/backstage.
soyo: 1 changed

Restarts: 1 object
  medium Deployment backstage/backstage replaces its 2 pods one by one

backstage/backstage 1 changed
  changed Deployment backstage/backstage
    dist/kubernetes/apps/backstage/backstage/app/backstage-deployment.yaml
    medium replaces its 2 pods one by one
    spec.template.spec.containers[backstage].image
      - ghcr.io/webgrip/backstage:1.4.1
      + ghcr.io/webgrip/backstage:1.4.2
`);
});

test('everything that a review can tell', () => {
  expect(pretty(medium, 100)).toBe(readFileSync(join(__dirname, 'fixtures/medium.txt'), 'utf8'));
});

test('nothing changes: a sentence', () => {
  expect(pretty(nothingChanges)).toBe('Nothing changes in any cluster between main (4f2c1d0) and the work tree.\n');
});

test('nothing changes, but the checks find something else: both', () => {
  const { found, unknown } = medium;
  expect(pretty({ ...nothingChanges, found, unknown }).split('\n')).toEqual([
    'Nothing changes in any cluster between main (4f2c1d0) and the work tree.',
    '',
    'Found by the checks: 1 error',
    '  error apps/backstage/deployment.yaml:31:22 Secret backstage/backstage-db-secret has no key `hots`; did you mean `host`? secrets/missing-key',
    '',
    'Not compared: What HelmRelease external-secrets/external-secrets makes is not known.',
    '',
  ]);
});

test('several clusters: how dangerous each is; what happens alike is told once', () => {
  const text = pretty(several);
  expect(text).toContain('\nprod: medium; 1 changed\n');
  expect(text).toContain('\nedge (created): low; 1 created\n');
  expect(text).toContain('\n  medium Deployment backstage/backstage in 4 clusters replaces its 2 pods one by one\n');
  expect(text).toContain('\nprod, staging, test, lab: backstage/backstage 1 changed\n');
});

test('colours: what was red, what is green', () => {
  const text = pretty(small, 100, true);
  expect(text).toContain('\u001b[31m- ghcr.io/webgrip/backstage:1.4.1\u001b[39m');
  expect(text).toContain('\u001b[32m+ ghcr.io/webgrip/backstage:1.4.2\u001b[39m');
  expect(text).toContain('\u001b[1mDanger:\u001b[22m \u001b[33mmedium\u001b[39m');
});

test('3,000 objects: each is there', () => {
  expect(pretty(huge(3000)).match(/^ {2}(created|changed|removed) /gm)?.length).toBe(3000);
});

test('text is wrapped to the width; only names and values are wider', () => {
  const words = reviewOf({ ...medium.clusters[0], changes: [] });
  for (const line of pretty(words, 70).split('\n')) {
    if (columnsOf(line) > 70) expect(line.trim().split(' ').length).toBeLessThan(4);
  }
});

test('whatever the texts, a terminal shows them and a runner does not obey them', () => {
  fc.assert(
    fc.property(anyReview, fc.option(fc.integer({ min: 1, max: 200 }), { nil: undefined }), (review, width) => {
      const text = pretty(review, width);
      expect(text).not.toMatch(unseen);
      expect(text).not.toMatch(/^\s*::/m);
      expect(text).not.toContain('##[');
      expect(text.endsWith('\n')).toBe(true);
    }),
  );
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import type { Review } from '../../../lib/changes/review';
import { reviewFormats } from '../../../lib/report/diff';
import { anyReview, blownUp } from '../../changes/any-review';
import {
  changed,
  changeOf,
  effectOf,
  huge,
  medium,
  nothingChanges,
  reviewOf,
  several,
  small,
} from '../../changes/reviews';
import { unseen } from '../results';

const markdown = (review: Review, repository?: string) =>
  reviewFormats.markdown.render(review, { color: false, repository });

/** What GitHub takes in a comment. */
const githubLimit = 65_536;

/** The report as a reader sees it. The package has no types of its own. */
function toHtml(text: string): string {
  const { HtmlRenderer, Parser } = require('commonmark');
  return new HtmlRenderer().render(new Parser().parse(text));
}

test('a new image: what restarts, the image, the field', () => {
  expect(markdown(small)).toBe(`<!-- espalier diff -->
## espalier diff: 🟡 medium danger, 1 object differs

Cluster soyo: 1 changed. From merge base with origin/main (4f2c1d0) to the work tree.

**Nothing is known that a person has to do.** 1 object restarts.

Version: <code>ghcr.io/webgrip/backstage</code> <code>1.4.1</code> → <code>1.4.2</code>, in Deployment backstage/backstage.

### Restarts: 1 object

- 🟡 <b>Deployment backstage/backstage</b> replaces its 2 pods one by one

### Changes by Kustomization

<details><summary><b>backstage/backstage</b>: 1 changed</summary>

<b>changed Deployment backstage/backstage</b> <code>dist/kubernetes/apps/backstage/backstage/app/backstage-deployment.yaml</code>

- 🟡 replaces its 2 pods one by one

\`\`\`diff
@@ spec.template.spec.containers[backstage].image @@
-ghcr.io/webgrip/backstage:1.4.1
+ghcr.io/webgrip/backstage:1.4.2
\`\`\`

</details>

`);
});

test('everything that a review can tell', () => {
  expect(markdown(medium)).toBe(readFileSync(join(__dirname, 'fixtures/medium.md'), 'utf8'));
});

test('nothing changes: a sentence, which the workflow finds, too', () => {
  expect(markdown(nothingChanges)).toBe(`<!-- espalier diff -->
## espalier diff: nothing changes

Nothing changes in any cluster between main (4f2c1d0) and the work tree.
`);
});

test('nothing changes, and yet the checks find something: how dangerous that is', () => {
  const found = { ...nothingChanges, danger: 'high' as const, found: medium.found };
  expect(markdown(found).split('\n').slice(0, 6)).toEqual([
    '<!-- espalier diff -->',
    '## espalier diff: 🟠 high danger, no object differs',
    '',
    'No object differs between main (4f2c1d0) and the work tree, but the checks find something new.',
    '',
    expect.stringMatching(/^### Found by the checks/),
  ]);
});

test('several clusters: a table of them; what happens in each alike is told once', () => {
  const text = markdown(several);
  expect(text).toContain(`| cluster | danger | objects |
| --- | --- | --- |
| prod | 🟡 medium | 1 changed |
| staging | 🟡 medium | 1 changed |
| test | 🟡 medium | 1 changed |
| lab | 🟡 medium | 1 changed |
| edge (created) | 🟢 low | 1 created |
`);
  expect(text).toContain('- 🟡 <b>Deployment backstage/backstage in 4 clusters</b> replaces its 2 pods one by one\n');
  expect(text).toContain('<details><summary><b>prod, staging, test, lab: backstage/backstage</b>: 1 changed</summary>');
});

test('where a repository shows the files, what is there still links to them', () => {
  const text = markdown(medium, 'https://github.com/webgrip/soyo/blob/4f2c1d0/');
  expect(text).toContain(
    '](https://github.com/webgrip/soyo/blob/4f2c1d0/dist/kubernetes/apps/backstage/backstage/app/backstage-db-cluster.yaml)',
  );
  expect(text).toContain('<b>removed Service legacy/exporter</b> <code>dist/');
  // The fault at its line.
  expect(text).toContain('](https://github.com/webgrip/soyo/blob/4f2c1d0/apps/backstage/deployment.yaml#L31)');
});

test('300 objects: what needs a person, is deleted and restarts stands before anything else, told by count and first names', () => {
  const text = markdown(huge(300));
  expect(text.length).toBeLessThan(githubLimit);
  const headings = text.match(/^### .*/gm);
  expect(headings).toEqual([
    '### Needs a person: 10 things',
    '### Deleted: 30 objects',
    '### Restarts: 230 objects',
    '### Versions',
    '### Blast radius',
    '### Changes by Kustomization',
  ]);
  expect(text).toContain(
    '- 🟠 <b>30 objects</b>: each is pruned by Flux (Service app-0/app-0-0, Service app-0/app-0-1, Service app-0/app-0-2 and 27 more)\n',
  );
  expect(text).toContain(
    '| <code>ghcr.io/acme/app</code> | <code>1.0.0</code> | <code>1.1.0</code> | Deployment app-2/app-2-1 (app), Deployment app-2/app-2-2 (app), Deployment app-2/app-2-4 (app) and 227 more |\n',
  );
  // What is seen above the changes before anything is unfolded is a screen or two.
  const seen = text.replace(/### Changes.*/s, '').replace(/<details>.*?<\/details>/gs, '');
  expect(seen.split('\n').length).toBeLessThan(75);
  // Every object is named with the fields that differ.
  expect(text.match(/^- \*\*(created|changed|removed)\*\* /gm)?.length).toBe(300);
});

test('3,000 objects: names as far as there is room, then how many differ in each Kustomization', () => {
  const review = huge(3000);
  const text = markdown(review);
  expect(text.length).toBeLessThan(githubLimit);
  expect(text).toContain('**100 things for a person to do.**');
  expect(text).toContain('### Deleted: 300 objects\n');
  expect(text).toContain('### Restarts: 2300 objects\n');
  for (let i = 0; i < 40; i++)
    expect(text).toMatch(new RegExp(`^(<details><summary><b>|- )app-${i}/app-${i}(</b>)?: 75 |75 `, 'm'));
});

test('more Kustomizations than there is room for: how many objects are missing', () => {
  const review = reviewOf({
    changes: Array.from({ length: 9000 }, (_, i) =>
      changeOf(`ConfigMap a/b-${i}`, `some-namespace/some-name-${i}`, { type: i % 3 === 0 ? 'created' : 'changed' }),
    ),
  });
  const text = markdown(review);
  expect(text.length).toBeLessThan(githubLimit);
  const left = text.match(/\n… and (\d+) more objects: (\d+) created, (\d+) changed\.\n$/);
  const written = text.match(/^- some-namespace\/some-name-\d+: 1 /gm)?.length ?? 0;
  expect(written).toBeGreaterThan(500);
  expect(Number(left?.[1])).toBe(9000 - written);
  expect(Number(left?.[2]) + Number(left?.[3])).toBe(9000 - written);
});

test('long values are cut before anything else is left out', () => {
  const value = Array.from({ length: 400 }, (_, i) => `line ${i}`).join('\n');
  const changes = Array.from({ length: 20 }, (_, i) =>
    changeOf(`ConfigMap a/b-${i}`, 'a/a', { fields: [changed('data.x', value, 'y')] }),
  );
  const text = markdown(reviewOf({ changes }));
  expect(text.length).toBeLessThan(githubLimit);
  expect(text.match(/^-line 5\n-… and 394 more lines\n\+y\n/gm)?.length).toBe(20);
});

test('hundreds of things to do: the first, and how many there are', () => {
  const effects = Array.from({ length: 700 }, (_, i) =>
    effectOf('password', 'critical', `Secret a/b-${i}`, 'gets another password', {
      todo: [`Set the password of b-${i} by hand, then restart what reads it.`],
    }),
  );
  const text = markdown(reviewOf({ danger: 'critical', effects }));
  expect(text).toContain('\n**700 things for a person to do.**\n');
  const numbered = text.match(/^\d+\. /gm)?.length ?? 0;
  expect(numbered).toBeGreaterThan(50);
  expect(text).toContain(`\n… and ${700 - numbered} more.\n`);
  // The others are told where their kind is.
  expect(text).toContain(`<b>Secret a/b-${numbered}</b> gets another password`);
});

test('what would be a heading or a list is text, also after spaces', () => {
  const text = markdown({ ...nothingChanges, unknown: [' # Approved', '  1. step', ' - item'] });
  expect(text.split('\n').slice(-4)).toEqual(['- #&#8203; Approved', '- 1&#8203;. step', '- -&#8203; item', '']);
});

test('whatever the texts, only the report itself is marked up', () => {
  fc.assert(
    fc.property(anyReview, (review) => {
      const text = markdown(review, 'https://example.com');
      expect(text).not.toMatch(unseen);
      expect(text.startsWith('<!-- espalier diff -->\n')).toBe(true);
      const html = toHtml(text);
      const count = (tag: RegExp) => html.match(tag)?.length ?? 0;
      expect(count(/<details>/g)).toBe(count(/<\/details>/g));
      expect(count(/<summary>/g)).toBe(count(/<details>/g));
      expect(count(/<!--/g)).toBe(1);
      expect(
        html.match(
          /<(?!!--|\/|h[23]>|p>|ul>|ol>|ol start|li>|details>|summary>|strong>|b>|code|a href="https:\/\/example.com\/|pre>)/g,
        ),
      ).toBeNull();
      // What GitHub looks for beyond CommonMark, in text and not in code.
      const words = html.replace(/<pre>.*?<\/pre>|<code>.*?<\/code>|<[^>]*>/gs, ' ');
      const decoded = words.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(code));
      expect(decoded).not.toMatch(/@\w|#\d|:\/\/|www\.(?!\u200b)/i);
    }),
  );
});

test('whatever its size, it fits a comment, and tells how much there is', () => {
  fc.assert(
    fc.property(anyReview, fc.integer({ min: 1, max: 8 }), fc.integer({ min: 1, max: 60 }), (review, times, length) => {
      const text = markdown(blownUp(review, times, length), 'https://example.com');
      expect(text.length).toBeLessThan(githubLimit);
      const todo = review.clusters.flatMap(({ effects }) => effects).some((effect) => effect.todo.length > 0);
      expect(/^\*\*\d+ things? for a person to do(?:\.| and )/m.test(text)).toBe(todo);
      const html = toHtml(text);
      expect(html.match(/<details>/g)?.length).toBe(html.match(/<\/details>/g)?.length);
    }),
    { numRuns: 60 },
  );
});

import { createHash } from 'node:crypto';
import fc from 'fast-check';
import type { Review } from '../../../lib/changes/review';
import { reviewFormats } from '../../../lib/report/diff';
import { anyReview } from '../../changes/any-review';
import { effectOf, huge, medium, nothingChanges, reviewOf, several } from '../../changes/reviews';
import { unseen } from '../results';

const html = (review: Review) => reviewFormats.html.render(review, { color: false });

/** The page without its style and its script, which are the same for every review. */
const body = (page: string) => page.replace(/<(style|script)>.*?<\/\1>/gs, '<$1></$1>');

test('every object is there with its fields, before beside after', () => {
  const page = body(html(medium));
  expect(page.match(/<details class="object" /g)?.length).toBe(11 + 4);
  expect(page).toContain(
    '<div class="field"><p class="path">spec.storage.size</p><div class="sides"><pre class="before" aria-label="before">20Gi</pre><pre class="after" aria-label="after">10Gi</pre></div></div>',
  );
  expect(page).toContain(
    '<pre class="lines"> app:\n<span class="before">-  baseUrl: https://backstage.webgrip.dev</span>\n<span class="after">+  baseUrl: https://portal.webgrip.dev</span>\n   title: Backstage</pre>',
  );
});

test('objects that do not differ, but to which something happens, are among them', () => {
  const page = html(medium);
  expect(page).toContain('<h3>do not differ, but something happens to them</h3> 4 objects');
  expect(page).toContain('<span class="type same">same</span> <b class="name">StatefulSet backstage/search</b>');
});

test('what happens is counted and told once, and links to where that is', () => {
  const page = html(medium);
  const tiles = [...page.matchAll(/<li><a href="#([^"]*)"><b>(\d+)<\/b> ([^<]*)<\/a><\/li>/g)];
  expect(tiles.map(([, id, number, what]) => [id, number, what])).toEqual([
    ['todo', '7', 'for a person to do'],
    ['found', '1', 'error found by the checks'],
    ['todo', '1', 'data at risk'],
    ['todo', '1', 'credentials change'],
    ['todo', '1', 'refused'],
    ['todo', '1', 'blocked'],
    ['todo', '1', 'deleted and created again'],
    ['kind-deleted', '2', 'deleted'],
    ['kind-orphaned', '1', 'left behind'],
    ['kind-restart', '2', 'restarts'],
    ['todo', '1', 'not picked up'],
    ['kind-upgrade', '1', 'upgrades (not yet)'],
    ['kind-scale', '1', 'scaled'],
    ['todo', '1', 'secret stores'],
    ['kind-suspended', '1', 'suspended or resumed'],
    ['kind-other', '1', 'other effects'],
    ['objects', '11', 'objects differ'],
  ]);
  for (const [, id] of tiles) expect(page).toContain(` id="${id}"`);
});

test('the policy allows this style and this script alone, and no address', () => {
  const page = html(medium);
  const hash = (tag: string) => {
    const source = page.match(new RegExp(`<${tag}>(.*?)</${tag}>`, 's'))?.[1] ?? '';
    return `'sha256-${createHash('sha256').update(source).digest('base64')}'`;
  };
  expect(page).toContain(
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src ${hash('script')}; style-src ${hash('style')}; base-uri 'none'; form-action 'none'">`,
  );
  expect(page).not.toMatch(/\b(src|href|action)="(?!#)|url\(|@import/);
});

test('filters offer the kinds and Kustomizations that there are, and wait for the script', () => {
  const page = html(several);
  expect(page).toContain('<form id="filters" hidden>');
  expect(page).toContain('<option value="">any</option><option value="restart">Restarts</option></select>');
  expect(page).toContain('<option value="0">prod, staging, test, lab: backstage/backstage</option>');
});

test('many things to do are folded', () => {
  const effects = Array.from({ length: 30 }, (_, i) =>
    effectOf('data', 'critical', `PersistentVolumeClaim a/b-${i}`, 'goes', { todo: ['Copy it.'] }),
  );
  const page = html(reviewOf({ effects: effects.map((effect, i) => ({ ...effect, message: `goes ${i}` })) }));
  expect(page).toContain('<details><summary>and 10 more</summary>');
  expect(page).toContain('<span class="number">30</span>');
});

test('nothing changes: a sentence, no filters', () => {
  const page = body(html(nothingChanges));
  expect(page).toContain('<p>Nothing changes in any cluster.</p>');
  expect(page).not.toContain('<form');
});

test('3,000 objects: every one', () => {
  expect(html(huge(3000)).match(/<details class="object" /g)?.length).toBe(3000);
});

const voidElements = new Set(['meta', 'input', 'br']);

test('whatever the texts, they are text: elements are balanced, attributes are those of the page', () => {
  const elements =
    /^<(\/?)([a-z]+\d?)((?: (?:class|id|href|data-danger|data-kinds|data-group|aria-label|aria-live|value|name|type|placeholder|autocomplete|spellcheck|scope|lang|charset|content|http-equiv)="[^"<>]*"| open| hidden)*)>$/;
  fc.assert(
    fc.property(anyReview, (review) => {
      const page = body(html(review));
      expect(page).not.toMatch(unseen);
      const open: string[] = [];
      for (const [tag] of page.replace(/^<!DOCTYPE html>/, '').matchAll(/<[^>]*>?/g)) {
        const [, closes, name = ''] = tag.match(elements) ?? [undefined, '', `unknown: ${tag}`];
        if (closes) expect(open.pop()).toBe(name);
        else if (!voidElements.has(name)) {
          expect(name).not.toMatch(/unknown/);
          open.push(name);
        }
      }
      expect(open).toEqual([]);
      expect(page.match(/<script>/g)?.length).toBe(1);
    }),
  );
});

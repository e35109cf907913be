import fc from 'fast-check';
import type { Review } from '../../../lib/changes/review';
import type { Finding, Result } from '../../../lib/checks/finding';
import { formats } from '../../../lib/report';
import { reviewFormats } from '../../../lib/report/diff';
import { type Merged, merge } from '../../../lib/report/merge/merge';
import { readReport } from '../../../lib/report/merge/read';
import { anyReview } from '../../changes/any-review';
import { small } from '../../changes/reviews';
import { anyResult, clean, faulty, plain } from '../results';

const terminal = { color: false, width: 120 };
const jsonOf = (result: Result) => formats.json.render(result, plain);
const mergeAll = (texts: readonly string[], fold = true): Merged =>
  merge(
    texts.map((text, i) => readReport(`${i}.json`, text)),
    { rules: [], fold },
  );
const resultOf = (merged: Merged): Result => {
  if (merged.kind !== 'check') throw new Error('of diff');
  return merged.result;
};
const reviewOf = (merged: Merged): Review => {
  if (merged.kind !== 'diff') throw new Error('of check');
  return merged.review;
};

const names = Array.from({ length: 187 }, (_, i) => `store-${i}`);
const [cluster] = small.clusters;
/** The same change in a cluster, in a file of its own. */
const reviewIn = (name: string): Review => ({
  ...small,
  compared: [name],
  clusters: [
    {
      ...(cluster as Review['clusters'][number]),
      name,
      changes: (cluster?.changes ?? []).map((change) => ({
        ...change,
        before: change.before && { ...change.before, file: `clusters/${name}/shop.yaml` },
        after: change.after && { ...change.after, file: `clusters/${name}/shop.yaml` },
      })),
    },
  ],
});
const [fault] = faulty.findings as readonly [Finding];
const resultIn = (name: string): Result => ({
  ...faulty,
  clusters: [name],
  findings: [{ ...fault, file: `clusters/${name}/shop.yaml`, clusters: [] }],
});

describe('what is read', () => {
  it('is all of a report of check, but the rules', () => {
    fc.assert(
      fc.property(anyResult, (result) => {
        const read = readReport('a.json', jsonOf(result));
        expect(jsonOf({ ...result, ...(read.data as Result) })).toBe(jsonOf(result));
      }),
    );
  });

  it('is all of a report of diff', () => {
    fc.assert(
      fc.property(anyReview, (review) => {
        const text = reviewFormats.json.render(review, terminal);
        expect(reviewFormats.json.render(readReport('a.json', text).data as Review, terminal)).toBe(text);
      }),
    );
  });

  it.each([
    ['', 'a.json is empty: the run that was to write it failed.'],
    ['{', 'a.json is no JSON.'],
    ['[]', 'a.json is no report.'],
    ['{ "__proto__": { "findings": [] }, "version": 1 }', 'a.json is no report.'],
    ['{ "findings": [], "version": 2 }', 'a.json: version: 2: reports of version 1 can be merged.'],
    ['{ "findings": [{}], "version": 1 }', 'a.json: findings[0].rule must be a text.'],
    [
      JSON.stringify({ ...small, version: 1, danger: 'huge' }),
      'a.json: danger must be "none", "low", "medium", "high", "critical".',
    ],
    [
      JSON.stringify({ ...small, version: 1, clusters: [{ ...cluster, images: null }] }),
      'a.json: clusters[0].images must be a list.',
    ],
  ])('never %j', (text, message) => {
    expect(() => readReport('a.json', text)).toThrow(message);
  });
});

describe('reports of check', () => {
  it('tell what is the same in many clusters once, with the clusters', () => {
    const { findings, counts, clusters } = resultOf(mergeAll(names.map((name) => jsonOf(resultIn(name)))));
    expect(findings.map(({ message, file }) => `${file} ${message}`)).toEqual([
      `clusters/store-0/shop.yaml ${fault.message}; the same in 187 clusters: store-0, store-1, store-10, store-100, store-101, store-102 and 181 others`,
    ]);
    expect({ clusters, resources: counts.resources }).toEqual({
      clusters: names,
      resources: 187 * faulty.counts.resources,
    });
  });

  it('keep every place for programs', () => {
    const { findings } = resultOf(
      mergeAll(
        names.map((name) => jsonOf(resultIn(name))),
        false,
      ),
    );
    expect(findings.map(({ file, clusters }) => `${file} ${clusters}`)).toEqual(
      [...names].sort().map((name) => `clusters/${name}/shop.yaml ${name}`),
    );
  });

  it('tell what is written once for several clusters once, and in which where not all have it', () => {
    const shared = (name: string): Result => ({ ...resultIn(name), findings: [{ ...fault, clusters: [] }] });
    const all = mergeAll([jsonOf(shared('a')), jsonOf(shared('b'))]);
    expect(resultOf(all).findings).toEqual([{ ...fault, clusters: [] }]);
    const some = mergeAll([jsonOf(shared('a')), jsonOf(shared('b')), jsonOf({ ...clean, clusters: ['c'] })]);
    expect(resultOf(some).findings).toEqual([{ ...fault, clusters: ['a', 'b'] }]);
  });

  it('of one run are that run', () => {
    fc.assert(
      fc.property(anyResult, (result) => {
        const { findings } = resultOf(mergeAll([jsonOf({ ...result, clusters: ['a', 'b'] })]));
        expect(new Set(findings.map(({ message }) => message))).toEqual(
          new Set(result.findings.map(({ message }) => message)),
        );
      }),
    );
  });
});

describe('reports of diff', () => {
  const json = (review: Review) => reviewFormats.json.render(review, terminal);

  it('are one review, of which what is the same is told once', () => {
    const review = reviewOf(mergeAll([...names.map((name) => json(reviewIn(name)))]));
    expect({ base: review.base, danger: review.danger, clusters: review.clusters.length }).toEqual({
      base: small.base,
      danger: small.danger,
      clusters: 187,
    });
    const text = reviewFormats.pretty.render(review, terminal);
    expect(text.match(/^187 clusters .*$/gm)).toEqual([
      '187 clusters (store-0, store-1, store-2 and 184 others): medium; 1 changed',
      '187 clusters (store-0, store-1, store-2 and 184 others): backstage/backstage 1 changed',
    ]);
    expect(text).toContain('    clusters/store-0/shop.yaml\n    and 186 other files\n');
  });

  it('stay within what a comment may hold, also where each cluster changes otherwise', () => {
    const other = (name: string) => JSON.parse(json(reviewIn(name)).replaceAll('1.4.2', name)) as Review;
    const review = reviewOf(mergeAll(names.map((name) => json({ ...other(name), compared: [name] }))));
    const text = reviewFormats.markdown.render(review, terminal);
    expect(text.length).toBeLessThan(65_536);
    expect(text).toContain('187 objects differ');
  });

  it('are dangerous as the worst of them, also where no object differs', () => {
    const quiet: Review = { ...small, clusters: [], compared: ['quiet'], danger: 'high' };
    expect(reviewOf(mergeAll([json(reviewIn('a')), json(quiet)]))).toMatchObject({
      danger: 'high',
      compared: ['a', 'quiet'],
    });
  });
});

it('a cluster that two reports have is refused, with both', () => {
  expect(() => mergeAll([jsonOf(resultIn('a')), jsonOf(resultIn('a'))])).toThrow(
    'the cluster a is in 0.json and in 1.json. Give each once',
  );
});

it('reports of check and of diff are refused together', () => {
  expect(() => mergeAll([reviewFormats.json.render(small, terminal), jsonOf(clean)])).toThrow(
    '1.json is of espalier check, and 0.json of espalier diff. Merge those of each command on their own.',
  );
});

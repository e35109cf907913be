import fc from 'fast-check';
import {
  type Change,
  type ChartChange,
  type ClusterReview,
  dangers,
  type Effect,
  effectKinds,
  type FieldChange,
  type Review,
} from '../../lib/changes/review';
import { anyFinding, anyText } from '../report/results';

const danger = fc.constantFrom(...dangers);
const texts = fc.array(anyText, { maxLength: 3 });
const maybe = fc.option(anyText, { nil: undefined });

const effect: fc.Arbitrary<Effect> = fc.record({
  kind: fc.constantFrom(...effectKinds),
  danger,
  // Few objects and messages, so that some happen more than once.
  object: fc.oneof(fc.constantFrom('Deployment a/a', 'Secret a/b'), anyText),
  message: fc.oneof(fc.constantFrom('restarts', 'is pruned'), anyText),
  chain: texts,
  todo: fc.oneof(fc.constant([]), texts),
  held: maybe,
});

const field: fc.Arbitrary<FieldChange> = fc.record({
  path: anyText,
  type: fc.constantFrom('added' as const, 'removed' as const, 'changed' as const),
  before: maybe,
  after: maybe,
  lines: fc.option(texts, { nil: undefined }),
});

const whereabouts = fc.record({
  file: anyText,
  kustomization: fc.oneof(fc.constantFrom('a/a', 'b/b'), maybe),
});

const releases = fc.constantFrom('HelmRelease a/a', 'HelmRelease a/b');

const change: fc.Arbitrary<Change> = fc.record({
  type: fc.constantFrom('created' as const, 'changed' as const, 'moved' as const, 'deleted' as const),
  object: anyText,
  kind: anyText,
  namespace: anyText,
  name: anyText,
  before: fc.option(whereabouts, { nil: undefined }),
  after: fc.option(whereabouts, { nil: undefined }),
  fields: fc.array(field, { maxLength: 3 }),
  effects: fc.array(effect, { maxLength: 2 }),
  madeBy: fc.option(fc.record({ release: fc.oneof(releases, anyText), template: anyText }), { nil: undefined }),
});

const chart: fc.Arbitrary<ChartChange> = fc.record({
  chart: anyText,
  before: maybe,
  after: maybe,
  releases: fc.array(fc.oneof(releases, anyText), { minLength: 1, maxLength: 3 }),
  danger,
  objects: fc.nat(),
  routine: fc.nat(),
  summary: fc.array(anyText, { minLength: 1, maxLength: 3 }),
});

const cluster: fc.Arbitrary<ClusterReview> = fc.record({
  name: anyText,
  type: fc.constantFrom('created' as const, 'changed' as const, 'deleted' as const),
  danger,
  charts: fc.option(fc.array(chart, { maxLength: 3 }), { nil: undefined }),
  images: fc.array(fc.record({ object: anyText, what: anyText, before: maybe, after: maybe }), { maxLength: 3 }),
  blast: fc.array(fc.record({ kustomization: anyText, changes: fc.nat(), dependents: texts, readers: texts }), {
    maxLength: 2,
  }),
  changes: fc.array(change, { maxLength: 4 }),
  effects: fc.array(effect, { maxLength: 5 }),
});

/** Any review, its texts anything at all. */
export const anyReview: fc.Arbitrary<Review> = fc.record({
  base: anyText,
  head: anyText,
  danger,
  clusters: fc.array(cluster, { maxLength: 2 }),
  found: fc.array(anyFinding, { maxLength: 2 }),
  mended: fc.array(anyFinding, { maxLength: 2 }),
  noLongerReported: fc.array(anyFinding, { maxLength: 2 }),
  unknown: texts,
});

/** The same review, each of its lists so many times as long and each of its texts so many times. */
export function blownUp(review: Review, times: number, length: number): Review {
  const grow = (value: unknown, key = ''): unknown => {
    if (Array.isArray(value)) {
      const items = value.map((item) => grow(item, key));
      const copies = key === 'clusters' || key === 'frame' || key === 'lines' ? 1 : times;
      return Array.from({ length: copies }, (_, i) => items.map((item) => distinct(item, i))).flat();
    }
    if (typeof value === 'string')
      return key === 'type' || key === 'danger' || key === 'kind' || key === 'severity' ? value : value.repeat(length);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, grow(part, name)]));
  };
  return grow(review) as Review;
}

/** A copy that no report takes for the same. */
function distinct(item: unknown, i: number): unknown {
  if (typeof item !== 'object' || item === null || !('message' in item)) return item;
  return { ...item, message: `${item.message} ${i}` };
}

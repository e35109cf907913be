import fc from 'fast-check';
import { makeReview } from '../../lib/changes/make-review';
import { graphOf } from '../graph/graph';
import type { Texts } from '../tree/kustomize/memory';
import { mutateText, type TextMutation, textChanges } from './mutate-text';
import { mutateValues, type ValueMutation, valueChanges } from './mutate-values';
import { mutationOf } from './mutation';
import { committedTrees } from './seeds';

/** More, by hand: ESPALIER_MUTATIONS=20000 npm run test:long -- test/robust/mutated-reviews */
const numRuns = Number(process.env.ESPALIER_MUTATIONS ?? 150);
const seed = process.env.ESPALIER_SEED === undefined ? {} : { seed: Number(process.env.ESPALIER_SEED) };
const long = 30_000 + numRuns * 1000;

const trees = committedTrees();
const tree = fc.constantFrom(...trees.keys());
const values = fc.array(mutationOf<ValueMutation['change']>(valueChanges), { minLength: 1, maxLength: 12 });
const text = fc.array(mutationOf<TextMutation['change']>(textChanges), { minLength: 1, maxLength: 6 });

/** Compares two trees, and states of the review what holds of any. */
function prove(before: Texts, after: Texts): void {
  const side = (texts: Texts) => ({ graph: graphOf(texts), findings: [], name: 'x' });
  const review = makeReview(side(before), side(after));
  const text = JSON.stringify(review);
  expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(review)));
  if (text.includes('[object Object]') && !JSON.stringify([before, after]).includes('[object Object]'))
    throw new Error(`it prints an object: ${/.{0,100}\[object Object\].{0,100}/.exec(text)?.[0]}`);
  for (const { effects, changes } of review.clusters) {
    for (const { message, object } of effects) {
      if (/\bundefined\b/.test(message) && !JSON.stringify([before, after]).includes('undefined'))
        throw new Error(`${object} ${message}`);
    }
    for (const change of changes) if (change.type === 'changed') expect(change.fields.length).toBeGreaterThan(0);
  }
}

it(
  'compares any tree with any other, both ways',
  () => {
    fc.assert(
      fc.property(tree, values, (name, mutations) => {
        const texts = trees.get(name) ?? {};
        const mutated = mutateValues(texts, mutations);
        prove(texts, mutated);
        prove(mutated, texts);
      }),
      { numRuns, ...seed },
    );
  },
  long,
);

it(
  'compares trees with any text in any file',
  () => {
    fc.assert(
      fc.property(tree, text, (name, mutations) => {
        const texts = trees.get(name) ?? {};
        const mutated = mutateText(texts, mutations);
        prove(texts, mutated);
        prove(mutated, texts);
      }),
      { numRuns, ...seed },
    );
  },
  long,
);

it(
  'finds nothing between a broken tree and itself',
  () => {
    fc.assert(
      fc.property(tree, values, (name, mutations) => {
        const mutated = mutateValues(trees.get(name) ?? {}, mutations);
        const side = { graph: graphOf(mutated), findings: [], name: 'x' };
        const other = { graph: graphOf(mutated), findings: [], name: 'x' };
        const { danger, clusters } = makeReview(side, other);
        expect({
          danger,
          clusters: clusters.map(({ effects, changes }) => [
            effects.map(({ message }) => message),
            changes.map(({ object }) => object),
          ]),
        }).toEqual({ danger: 'none', clusters: [] });
      }),
      { numRuns, ...seed },
    );
  },
  long,
);

it('compares trees that have nothing to do with each other', () => {
  const names = [...trees.keys()].filter((name) => !name.startsWith('test/checks/rules'));
  for (const one of names) for (const other of names) prove(trees.get(one) ?? {}, trees.get(other) ?? {});
}, 60_000);

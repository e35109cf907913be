import fc from 'fast-check';
import { mutateText, type TextMutation, textChanges } from './mutate-text';
import { mutateValues, type ValueMutation, valueChanges } from './mutate-values';
import { mutationOf } from './mutation';
import { check, prove } from './proof';
import { committedTrees } from './seeds';

/** More, by hand: ESPALIER_MUTATIONS=20000 npm run test:long -- test/robust/mutated-trees */
const numRuns = Number(process.env.ESPALIER_MUTATIONS ?? 150);
const seed = process.env.ESPALIER_SEED === undefined ? {} : { seed: Number(process.env.ESPALIER_SEED) };
const long = 30_000 + numRuns * 1000;

const trees = committedTrees();
const tree = fc.constantFrom(...trees.keys());
const values = fc.array(mutationOf<ValueMutation['change']>(valueChanges), { minLength: 1, maxLength: 12 });
const text = fc.array(mutationOf<TextMutation['change']>(textChanges), { minLength: 1, maxLength: 6 });

const textsOf = (name: string) => trees.get(name) ?? {};
const reversed = <T>(record: Readonly<Record<string, T>>) => Object.fromEntries(Object.entries(record).reverse());

it(
  'takes any value in any place: it finds what there is to find, and every report can be printed',
  async () => {
    await fc.assert(
      fc.asyncProperty(tree, values, async (name, mutations) => {
        await prove(mutateValues(textsOf(name), mutations));
      }),
      { numRuns, ...seed },
    );
  },
  long,
);

it(
  'takes any text in any file',
  async () => {
    await fc.assert(
      fc.asyncProperty(tree, text, async (name, mutations) => {
        await prove(mutateText(textsOf(name), mutations));
      }),
      { numRuns, ...seed },
    );
  },
  long,
);

it(
  'says the same of the same tree, in whatever order its files are listed',
  async () => {
    await fc.assert(
      fc.asyncProperty(tree, values, text, async (name, first, then) => {
        const texts = mutateText(mutateValues(textsOf(name), first), then);
        const result = await prove(texts);
        expect(await check(reversed(texts))).toEqual(result);
      }),
      { numRuns: Math.ceil(numRuns / 3), ...seed },
    );
  },
  long,
);

import fc from 'fast-check';
import { graphOf } from '../graph/graph';
import { mermaidBlocks, parseMermaid } from '../mermaid';
import { pagesIn } from '../report/pages/site';
import { mutateText, type TextMutation, textChanges } from './mutate-text';
import { mutateValues, type ValueMutation, valueChanges } from './mutate-values';
import { mutationOf } from './mutation';
import { committedTrees } from './seeds';

/** More, by hand: ESPALIER_MUTATIONS=20000 npm run test:long -- test/robust/mutated-pages */
const numRuns = Number(process.env.ESPALIER_MUTATIONS ?? 60);
const seed = process.env.ESPALIER_SEED === undefined ? {} : { seed: Number(process.env.ESPALIER_SEED) };

const trees = committedTrees();
const values = fc.array(mutationOf<ValueMutation['change']>(valueChanges), { minLength: 1, maxLength: 12 });
const text = fc.array(mutationOf<TextMutation['change']>(textChanges), { minLength: 1, maxLength: 4 });

it(
  'writes pages of any tree, with diagrams that Mermaid takes',
  () => {
    const diagrams = new Set<string>();
    fc.assert(
      fc.property(fc.constantFrom(...trees.keys()), values, text, (name, first, then) => {
        const texts = mutateText(mutateValues(trees.get(name) ?? {}, first), then);
        for (const page of pagesIn(graphOf(texts)).values()) {
          expect(page).not.toMatch(/\[object Object\]|\bundefined\b|\bNaN\b/);
          for (const diagram of mermaidBlocks(page)) diagrams.add(diagram);
        }
      }),
      { numRuns, ...seed },
    );
    expect(parseMermaid([...diagrams]).filter(({ error }) => error !== undefined)).toEqual([]);
  },
  60_000 + numRuns * 1000,
);

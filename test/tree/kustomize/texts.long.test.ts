import fc from 'fast-check';
import type { Json } from '../../../lib/json/json';
import { makeBuild } from '../../../lib/tree/kustomize';
import { parseFile } from '../../../lib/tree/source';
import { memory, type Texts } from './memory';
import { hasKustomize, realKustomizeAll } from './real-kustomize';

const runs = Number(process.env.FAST_CHECK_RUNS ?? 200);
const seed = Number(process.env.FAST_CHECK_SEED ?? Date.now() % 2 ** 31);

const words = ['x', 'two words', '1', '1.5', '0x1F', 'true', 'yes', 'null', '2001-01-01', 'a:b', 'http://a/b', '-'];
const scalar = fc.constantFrom(...words, '~', '1e3', '"quoted"', '"5"', "'it''s'", '"a\\tb"', 'x # comment');
const flow = fc.constantFrom('{a: 1, b: x}', '[1, x]', '{a: {b: c},   k: [1]}', '[]', '{}');
const keys = fc.uniqueArray(fc.constantFrom('a', 'b', 'list', 'k-1'), { minLength: 1, maxLength: 3 });

/** The lines of a value below a key or an item. */
const block: fc.Memo<readonly string[]> = fc.memo((depth) => {
  const below = depth < 2 ? value : fc.oneof(value, block(depth - 1));
  const list = fc.tuple(fc.array(value, { minLength: 1, maxLength: 3 }), fc.boolean());
  return fc.oneof(
    keys.chain((names) =>
      fc.tuple(...names.map(() => below)).map((values) => {
        return names.flatMap((name, i) => under(`${name}:`, values[i] as string | readonly string[]));
      }),
    ),
    list.map(([items, isBlank]) => [...items.map((each) => `- ${each}`), ...(isBlank ? [''] : [])]),
  );
});
const value = fc.oneof({ weight: 4, arbitrary: scalar }, { weight: 1, arbitrary: flow });

function under(key: string, below: string | readonly string[]): readonly string[] {
  return typeof below === 'string' ? [`${key} ${below}`] : [key, ...below.map((line) => `  ${line}`)];
}

const literal = fc.constantFrom([], ['text: |', '  one', '  two'], ['# note', 'text: >-', '  one', '  two']);
const yaml = fc.tuple(block(3), literal).map(([lines, more]) => {
  return `${[...lines, ...((lines[0] as string).startsWith('-') ? [] : more)].join('\n')}\n`;
});
const json = fc
  .tuple(
    fc.dictionary(fc.constantFrom('a', 'b', 'list'), fc.oneof(fc.constant([1, 'x']), fc.constantFrom(1, 'x', null))),
    fc.boolean(),
  )
  .map(([made, isLong]) => JSON.stringify(made, undefined, isLong ? 2 : undefined));

const path = fc
  .array(fc.constantFrom('a', 'b', 'list', 'k-1', '0', '1', '*', 'text'), { minLength: 1, maxLength: 3 })
  .map((steps) => `data.t.${steps.join('.')}`);

const tree = fc
  .record({
    text: fc.oneof({ weight: 4, arbitrary: yaml }, { weight: 1, arbitrary: json }),
    path,
    sourceValue: fc.constantFrom(...words, 'x: y', 'a # b', '[x'),
    options: fc.constantFrom({}, { create: true }, { delimiter: '/', index: 1 }),
    isGenerated: fc.boolean(),
  })
  .map(({ text, path, sourceValue, options, isGenerated }): Texts => {
    const targets = [{ select: { kind: 'ConfigMap' }, fieldPaths: [path], options }];
    const made = isGenerated
      ? { configMapGenerator: [{ name: 'm', files: ['t'] }] }
      : { resources: ['m.yaml'], configMapGenerator: [] };
    const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'm' }, data: { t: text } };
    return {
      'kustomization.yaml': JSON.stringify({ ...made, replacements: [{ sourceValue, targets }] }),
      'm.yaml': JSON.stringify(object),
      t: text,
    };
  });

(hasKustomize ? describe : describe.skip)(
  'replacements within texts beside kustomize (skipped where there is none)',
  () => {
    it('leave the text that kustomize leaves, and fail where it fails', () => {
      const trees = fc.sample(tree, { numRuns: runs, seed });
      const real = realKustomizeAll(trees);
      for (const [i, texts] of trees.entries()) {
        const { objects, faults } = makeBuild(memory(texts))('');
        const theirs = real[i] as (typeof real)[number];
        const [object] = objects;
        const isExact = object?.uncertain === false && !texts.t?.includes('#');
        const ours = faults.some(({ fails }) => fails) ? 'fails' : shown(object?.value ?? null, isExact);
        const said = 'error' in theirs ? 'fails' : shown(theirs[0] ?? null, isExact);
        expect({ seed, i, texts, built: ours }).toEqual({ seed, i, texts, built: said });
      }
    });
  },
);

/** A map; of a text that has comments, or a hash of it, what it means alone. */
function shown(map: Json, isExact: boolean): unknown {
  const { metadata, data } = map as { metadata: { name: string }; data: { t: string } };
  return isExact ? { name: metadata.name, ...data } : parseFile('t', data.t).documents[0]?.value;
}

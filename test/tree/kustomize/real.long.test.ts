import fc from 'fast-check';
import { makeBuild } from '../../../lib/tree/kustomize';
import { asSet } from './kubectl';
import { memory } from './memory';
import { hasKustomize, realKustomizeAll } from './real-kustomize';
import { treesOf } from './trees';

const runs = Number(process.env.FAST_CHECK_RUNS ?? 300);
const seed = Number(process.env.FAST_CHECK_SEED ?? Date.now() % 2 ** 31);

(hasKustomize ? describe : describe.skip)('beside kustomize (skipped where there is none)', () => {
  test.each([
    ['of what most have', 0],
    ['of what few have, now and then', 30],
    ['of all that there is', 8],
  ])('random kustomizations %s yield what kustomize yields, and fail where it fails', (_, chance) => {
    const trees = fc.sample(treesOf(chance), { numRuns: Math.ceil(runs / 3), seed });
    const real = realKustomizeAll(trees);
    for (const [i, texts] of trees.entries()) {
      const { objects, faults, unresolved } = makeBuild(memory(texts))('');
      if (unresolved.length > 0) continue;
      const theirs = real[i] as (typeof real)[number];
      const said = 'error' in theirs ? ['fails'] : asSet(theirs);
      const known = asSet(objects.filter(({ uncertain }) => !uncertain).map(({ value }) => value));
      const isSure = known.length === objects.length;
      const ours = faults.some(({ fails }) => fails) ? ['fails'] : known;
      const rest = isSure || 'error' in theirs ? said : said.filter((each) => known.includes(each));
      expect({ seed, i, texts, built: ours }).toEqual({ seed, i, texts, built: rest });
    }
  });
});

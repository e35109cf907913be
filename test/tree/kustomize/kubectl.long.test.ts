import fc from 'fast-check';
import { makeBuild } from '../../../lib/tree/kustomize';
import { asSet, hasKubectl, kubectlKustomize } from './kubectl';
import { memory } from './memory';
import { trees } from './trees';

const runs = Number(process.env.FAST_CHECK_RUNS ?? 40);

(hasKubectl ? describe : describe.skip)('beside kubectl (skipped where there is none)', () => {
  test('the built-in reading yields what kustomize yields, and fails where it fails', () => {
    fc.assert(
      fc.property(trees, (texts) => {
        const { objects, faults, unresolved } = makeBuild(memory(texts))('');
        fc.pre(unresolved.length === 0);
        const real = kubectlKustomize(texts, '');
        const failing = faults.filter(({ fails }) => fails).map(({ message }) => message);
        if ('error' in real) return expect({ failing, error: real.error }).not.toMatchObject({ failing: [] });
        expect(failing).toEqual([]);
        expect(asSet(objects.map(({ value }) => value))).toEqual(asSet(real));
      }),
      { numRuns: runs },
    );
  });
});

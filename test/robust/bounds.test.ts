import { check, prove } from './proof';
import { chain, product } from './trees';

describe('a tree that nobody would write', () => {
  it.each(['resources', 'components'] as const)('may have a chain of 2,000 kustomizations by %s', async (kind) => {
    const { findings } = await prove(chain(2000, kind));
    const faults = findings.filter(({ rule }) => rule === 'tree/build-fails');
    expect(faults.map(({ file, line, message }) => `${file}:${line} ${message}`)).toEqual([
      'k249/kustomization.yaml:3 leads to more than 250 kustomizations, each within the other',
    ]);
  });

  it('may multiply: what no cluster holds is left out, and said', async () => {
    const { counts, unknowns } = await check(product(600, 600));
    expect(counts).toMatchObject({ kustomizations: 600, resources: 416 * 600 + 600 });
    expect(unknowns).toContainEqual({
      message:
        'what Kustomization flux-system/k599 applies is not known: the cluster would have more than 250000 objects',
      file: 'flux/a.yaml',
    });
  });
});

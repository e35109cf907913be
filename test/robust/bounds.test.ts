import { configMap } from '../tree/kustomize/memory';
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

  it('may have a .sourceignore with rules too long to be matched: those that can be count', async () => {
    const rules = ['x'.repeat(100_000), '*a'.repeat(50), '/left-out.yaml', ''].join('\n');
    const { counts } = await prove({
      '.sourceignore': rules,
      'left-out.yaml': configMap('a', 'x'),
      [`${'a'.repeat(200)}.yaml`]: configMap('b', 'x'),
    });
    expect(counts).toMatchObject({ files: 1, resources: 1 });
  });
});

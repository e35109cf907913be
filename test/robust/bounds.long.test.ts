import { readPolicy } from '../../lib/graph/vault/policy';
import { comparePolicy, hclOf } from '../../lib/report/policy';
import { loadHcl } from '../../lib/tree/hcl';
import { one, read, store } from '../report/policy/trees';
import { configMap } from '../tree/kustomize/memory';
import { check, prove } from './proof';
import { chain, fluxKustomization, product } from './trees';

describe('a tree that nobody would write', () => {
  it.each(['resources', 'components'] as const)('may have a chain of 2,000 kustomizations by %s', async (kind) => {
    const { findings } = await prove(chain(2000, kind));
    const faults = findings.filter(({ rule }) => rule === 'tree/build-fails');
    expect(faults.map(({ file, line, message }) => `${file}:${line} ${message}`)).toEqual([
      expect.stringMatching(
        /^k249\/kustomization\.yaml:3 .*leads to more than 250 kustomizations, each within the other/,
      ),
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

  it('may fill in values that multiply: Kubernetes takes no object of that size', async () => {
    const flux = fluxKustomization('a', './apps', `postBuild: { substitute: { A: "${'x'.repeat(3000)}" } }`);
    const nested = `${'${A//x/'.repeat(10)}y${'}'.repeat(10)}`;
    const { findings } = await prove({
      'flux/a.yaml': flux,
      'apps/a.yaml': configMap('a', 'x').replace('value', JSON.stringify(nested)),
      'apps/b.yaml': configMap('b', 'x').replace('value', JSON.stringify('${A}'.repeat(20_000))),
    });
    const faults = findings.filter(({ rule }) => rule === 'substitution/parse-error');
    expect(faults.map(({ file, message }) => `${file} ${message}`)).toEqual([
      expect.stringContaining('apps/a.yaml ${A//x/'),
      expect.stringMatching(/^apps\/b\.yaml .*its value makes the object larger than Kubernetes takes/),
    ]);
  });

  it('may define rules with loops in loops: those that would run for years count as kept', async () => {
    const loops = 'self.all(a, self.all(b, self.all(c, self.all(d, a != b || c != d))))';
    const rules = [loops, 'self.all(a, a != "x1999")'].map((rule) => ({ rule }));
    const spec = { type: 'array', items: { type: 'string' }, 'x-kubernetes-validations': rules };
    const definition = {
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      metadata: { name: 'things.example.com' },
      spec: {
        group: 'example.com',
        scope: 'Namespaced',
        names: { kind: 'Thing', plural: 'things' },
        versions: [
          {
            name: 'v1',
            served: true,
            storage: true,
            schema: { openAPIV3Schema: { type: 'object', properties: { spec } } },
          },
        ],
      },
    };
    const items = Array.from({ length: 2000 }, (_, i) => `x${i}`);
    const thing = { apiVersion: 'example.com/v1', kind: 'Thing', metadata: { name: 'a', namespace: 'x' }, spec: items };
    const { findings } = await prove({ 'a.yaml': JSON.stringify(definition), 'b.yaml': JSON.stringify(thing) });
    const broken = findings.filter(({ rule }) => rule === 'schema/cel');
    expect(broken.map(({ message }) => message)).toEqual(['`spec` breaks the rule self.all(a, a != "x1999")']);
  });

  it('may ask Vault for thousands of paths: its policy is matched without trying each rule for each path', async () => {
    const objects = [store(), ...Array.from({ length: 3000 }, (_, i) => read([`team/${i}`], `read-${i}`))];
    const policy = hclOf(one(...objects), 'Made by a test');
    const { findings } = await check({
      'flux/a.yaml': fluxKustomization('a', './apps'),
      'apps/a.yaml': objects.map((object) => `---\n${JSON.stringify(object)}\n`).join(''),
      'vault/eso.hcl': policy.replace('path "kv/data/team/7"', 'path "kv/data/team/seven"'),
    });
    const misses = findings.filter(({ rule }) => rule === 'vault/policy-misses');
    expect(misses.map(({ message }) => message.split(';')[0])).toEqual([
      'the policy eso does not allow read on kv/data/team/7',
    ]);
    const { rules } = readPolicy(policy, await loadHcl());
    expect(comparePolicy(one(...objects), rules)).toEqual({ lacks: [], exceeds: [] });
  });
});

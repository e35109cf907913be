import { comparePolicy } from '../../lib/graph/vault/compare-policy';
import { hclOf } from '../../lib/report/policy/hcl';
import { readPolicy } from '../../lib/systems/vault/policy';
import { loadHcl } from '../../lib/tree/hcl';
import { one, read, store } from '../report/policy/trees';
import { configMap, kustomization } from '../tree/kustomize/memory';
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
    expect(counts).toMatchObject({ kustomizations: 600, resources: 166 * 600 + 600 });
    expect(unknowns).toContainEqual({
      message: expect.stringMatching(
        /^what Kustomization flux-system\/k\d+ and 433 more apply is not known: the tree would have more than 100,000 objects$/,
      ),
      file: 'flux/a.yaml',
    });
  });

  it('may put thousands of patches to thousands of objects, and merge lists of thousands', async () => {
    const patch = '  - { patch: "- {op: add, path: /data/z, value: x}", target: { name: no.* } }';
    const objects = Array.from({ length: 2000 }, (_, i) => configMap(`a${i}`, 'x')).join('---\n');
    const list = (value: string) =>
      Array.from({ length: 4000 }, (_, i) => `{ name: A${i}, value: ${value} }`).join(', ');
    const pod = (value: string) =>
      `apiVersion: v1\nkind: Pod\nmetadata: { name: a, namespace: x }\nspec: { containers: [{ name: a, image: "b:1", env: [${list(value)}] }] }\n`;
    const { findings } = await prove({
      'flux/a.yaml': `${fluxKustomization('a', './many')}---\n${fluxKustomization('b', './long')}`,
      'many/kustomization.yaml': kustomization('resources: [a.yaml]', 'patches:', ...Array(1000).fill(patch)),
      'many/a.yaml': objects,
      'long/kustomization.yaml': kustomization('resources: [a.yaml]', 'patches: [{ path: p.yaml }]'),
      'long/a.yaml': pod('b'),
      'long/p.yaml': pod('c'),
    });
    const faults = findings.filter(({ rule, severity }) => rule === 'tree/build-fails' && severity === 'error');
    expect(faults.map(({ file, message }) => `${file} ${message}`).sort()).toEqual([
      "long/a.yaml the patch does not fit Pod a in namespace x: env has more than 5,000 items with the patch's, too many to merge",
      'many/kustomization.yaml patches, replacements and transformers times objects are more than 300,000 in a build, and espalier builds no more',
    ]);
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

  it('may be begun by hand thousands of times: the clusters share what a tree may have', async () => {
    const folders = Object.fromEntries(
      Array.from({ length: 1500 }, (_, i) => [`c${i}/ks.yaml`, fluxKustomization('a', './apps')]),
    );
    const objects = Array.from({ length: 200 }, (_, i) => configMap(`c${i}`, 'x')).join('---\n');
    const { counts, unknowns } = await check({ ...folders, 'apps/a.yaml': objects });
    expect(counts).toMatchObject({ clusters: 1500 });
    expect(counts.resources).toBeLessThan(102_000);
    const messages = unknowns.map(({ message }) => message);
    expect(messages.filter((message) => message.includes('more than 100,000 objects'))).toEqual([
      expect.stringMatching(/^what Kustomization flux-system\/a and (?:9|1\d)\d\d more apply is not known: /),
    ]);
  });

  it('may have entries that lead out of it a thousand times, and names as long as a file', async () => {
    const { findings } = await prove({
      'flux/a.yaml': fluxKustomization('a', './apps'),
      'apps/kustomization.yaml': `resources: [${'../'.repeat(300_000)}x]\n`,
    });
    const outside = findings.filter(({ rule }) => rule === 'tree/outside-source');
    expect(outside.map(({ message }) => message.length)).toEqual([1001]);
  });

  it('may have patches whose copies double', async () => {
    const copies = Array.from({ length: 40 }, (_, i) => ({ op: 'copy', from: '/data', path: `/data/x${i}` }));
    const { findings } = await prove({
      'flux/a.yaml': fluxKustomization('a', './apps'),
      'apps/kustomization.yaml': JSON.stringify({
        resources: ['a.yaml'],
        patches: [{ target: { kind: 'ConfigMap' }, patch: JSON.stringify(copies) }],
      }),
      'apps/a.yaml': configMap('a', 'x'),
    });
    const faults = findings.filter(({ rule }) => rule === 'tree/build-fails');
    expect(faults.map(({ message }) => message)).toEqual([
      expect.stringContaining('from copies more than 100,000 values with those before'),
    ]);
  });

  it('may have generators that read a file again and again', async () => {
    const configMapGenerator = Array.from({ length: 300 }, (_, i) => ({ name: `g${i}`, files: ['big.txt'] }));
    const { unknowns, counts } = await check({
      'flux/a.yaml': fluxKustomization('a', './apps'),
      'apps/kustomization.yaml': JSON.stringify({ configMapGenerator }),
      'apps/big.txt': 'x'.repeat(900_000),
    });
    expect(counts.resources).toBe(112);
    expect(unknowns).toContainEqual(
      expect.objectContaining({
        message: expect.stringContaining(
          'generators of the tree read more than 100 MB, which is more than is followed',
        ),
      }),
    );
  });

  it('may have a file of more documents than anybody reads, and of more faults', async () => {
    const { findings, unknowns } = await prove({
      'flux/a.yaml': fluxKustomization('a', './apps'),
      'apps/a.yaml': 'a: b\n---\n'.repeat(60_000),
      'flux/b.yaml': fluxKustomization('b', './more'),
      'more/b.yaml': `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: b, namespace: x }\ndata:\n  ${Array.from({ length: 5000 }, (_, i) => `k${i}: ${i}`).join('\n  ')}\n`,
    });
    expect(
      findings.filter(({ rule }) => rule === 'tree/unreadable').map(({ file, message }) => `${file} ${message}`),
    ).toEqual(['apps/a.yaml the file has more than 50,000 documents, more than espalier reads; split it']);
    expect(findings.filter(({ rule }) => rule === 'schema/type')).toHaveLength(1000);
    expect(unknowns).toContainEqual({
      message: 'schema/type finds 5000 faults; only the first 1000 are listed',
      file: 'more/b.yaml',
    });
  });
});

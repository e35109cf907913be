import { makeBuild } from '../../../lib/tree/kustomize';
import type { SourceTree } from '../../../lib/tree/source';
import { component, configMap, kustomization, memory, type Texts } from './memory';

const beyond = ['/etc/hostname', '../../secret.txt', '../sub/../../../secret.txt'];

/** How a tree may name a file, with the way to the name. */
const spellings: readonly (readonly [
  field: string,
  lines: (path: string) => string,
  way: readonly (string | number)[],
])[] = [
  ['resources', (path) => `resources: [${path}]`, ['resources', 0]],
  ['bases', (path) => `bases: [${path}]`, ['bases', 0]],
  ['components', (path) => `components: [${path}]`, ['components', 0]],
  ['crds', (path) => `crds: [${path}]`, ['crds', 0]],
  ['configurations', (path) => `configurations: [${path}]`, ['configurations', 0]],
  ['generators', (path) => `generators: [${path}]`, ['generators', 0]],
  ['transformers', (path) => `transformers: [${path}]`, ['transformers', 0]],
  ['validators', (path) => `validators: [${path}]`, ['validators', 0]],
  ['openapi', (path) => `openapi: { path: ${path} }`, ['openapi', 'path']],
  ['patches', (path) => `patches: [{ path: ${path} }]`, ['patches', 0, 'path']],
  ['patchesStrategicMerge', (path) => `patchesStrategicMerge: [${path}]`, ['patchesStrategicMerge', 0]],
  ['replacements', (path) => `replacements: [{ path: ${path} }]`, ['replacements', 0, 'path']],
  ['files', (path) => `configMapGenerator: [{ name: g, files: [${path}] }]`, ['configMapGenerator', 0, 'files', 0]],
  [
    'a file with a key',
    (path) => `secretGenerator: [{ name: g, files: [k=${path}] }]`,
    ['secretGenerator', 0, 'files', 0],
  ],
  ['envs', (path) => `secretGenerator: [{ name: g, envs: [${path}] }]`, ['secretGenerator', 0, 'envs', 0]],
  ['env', (path) => `configMapGenerator: [{ name: g, env: ${path} }]`, ['configMapGenerator', 0, 'env']],
  ['an inline generator', (path) => inline('generators', 'ConfigMapGenerator', `files: [${path}]`), ['files', 0]],
  ['an inline patch', (path) => inline('transformers', 'PatchTransformer', `path: ${path}`), ['path']],
  [
    'an inline replacement',
    (path) => inline('transformers', 'ReplacementTransformer', `replacements: [{ path: ${path} }]`),
    ['replacements', 0, 'path'],
  ],
  ['targets', (path) => inline('transformers', 'ValueAddTransformer', `targetFilePath: ${path}`), ['targetFilePath']],
];

function inline(field: string, kind: string, line: string): string {
  const lines = ['apiVersion: builtin', `kind: ${kind}`, 'metadata: { name: p }', line];
  return `${field}:\n  - |\n${lines.map((each) => `    ${each}\n`).join('')}`;
}

/** A tree, and the paths that were read of it. */
function watched(texts: Texts): { readonly source: SourceTree; readonly read: Set<string> } {
  const read = new Set<string>();
  const tree = memory(texts);
  const source: SourceTree = {
    ...tree,
    read: (path) => {
      read.add(path);
      return tree.read(path);
    },
    file: (path) => {
      read.add(path);
      return tree.file(path);
    },
  };
  return { source, read };
}

describe.each(spellings)('%s', (_, lines, way) => {
  test.each(beyond)('reads nothing at %s, and says so where it is written', (path) => {
    const { source, read } = watched({
      'app/kustomization.yaml': kustomization('resources: [a.yaml]', lines(path)).replace(
        /resources: \[a.yaml\]\n(resources: .*)/,
        '$1',
      ),
      'app/a.yaml': configMap('a'),
    });
    const { faults } = makeBuild(source)('app');
    expect(faults.map(({ kind, path }) => [kind, path])).toEqual([['outside', way]]);
    expect([...read].filter((each) => !each.startsWith('app/'))).toEqual([]);
  });
});

test('a component in the source names nothing outside it either', () => {
  const { faults } = makeBuild(
    memory({
      'app/kustomization.yaml': kustomization('components: [../part]'),
      'part/kustomization.yaml': component('configMapGenerator: [{ name: g, files: [../../x] }]'),
    }),
  )('app');
  expect(faults.map(({ kind, document, path }) => [kind, document.file.path, path])).toEqual([
    ['outside', 'part/kustomization.yaml', ['configMapGenerator', 0, 'files', 0]],
  ]);
});

test('an address is not fetched, and told of', () => {
  const texts = { 'kustomization.yaml': kustomization('openapi: { path: "http://127.0.0.1:9/schema.json" }') };
  const { faults, unresolved } = makeBuild(memory(texts))('');
  expect(faults).toEqual([]);
  expect(unresolved.map(({ path, what }) => [path, what])).toEqual([
    [['openapi'], 'espalier does not follow openapi: patches of the kinds that it describes may merge differently'],
    [['openapi', 'path'], 'http://127.0.0.1:9/schema.json is fetched when Flux builds'],
  ]);
});

test('bases that double their objects at each of 40 levels end with one fault', () => {
  const texts: { [path: string]: string } = { 'l40a/a.yaml': configMap('a') };
  texts['l40b/a.yaml'] = configMap('b');
  for (const side of ['a', 'b']) {
    for (let level = 0; level < 40; level += 1) {
      const next = level + 1;
      texts[`l${level}${side}/kustomization.yaml`] = kustomization(
        `namePrefix: ${side}-`,
        `resources: [../l${next}a, ../l${next}b]`,
      );
    }
    texts[`l40${side}/kustomization.yaml`] = kustomization('resources: [a.yaml]');
  }
  const { faults, objects } = makeBuild(memory(texts))('l0a');
  expect(objects).toEqual([]);
  expect(faults.map(({ message, fails }) => [message, fails])).toEqual([
    ['the build has more than 20,000 objects, and espalier builds no more', true],
  ]);
});

test('what lies in a submodule is no missing file: Flux may have it', () => {
  const { faults, unresolved } = makeBuild(
    memory({
      '.gitmodules': '[submodule "shared"]\n\tpath = vendor/shared\n\turl = https://git.example.org/shared\n',
      'app/kustomization.yaml': kustomization(
        'resources: [../vendor/shared/base]',
        'configMapGenerator: [{ name: g, files: [../vendor/shared/x] }]',
      ),
    }),
  )('app');
  expect(faults).toEqual([]);
  expect(unresolved.map(({ path, what, hidesObjects }) => [path, what, hidesObjects])).toEqual([
    [['resources', 0], `vendor/shared/base ${submodule}`, true],
    [['configMapGenerator', 0], `vendor/shared/x ${submodule}`, true],
  ]);
});
const submodule = 'lies in the submodule vendor/shared, which Flux has where the GitRepository sets recurseSubmodules';

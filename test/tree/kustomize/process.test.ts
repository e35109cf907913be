import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeBuild } from '../../../lib/tree/kustomize';
import type { Built, FluxOverlay } from '../../../lib/tree/kustomize/built';
import { complaintOf } from '../../../lib/tree/kustomize/complaint';
import { findProgram } from '../../../lib/tree/kustomize/process';
import { asSet, hasKubectl, kubectlKustomize } from './kubectl';
import { configMap, kustomization, memory, type Texts } from './memory';

const deployment = [
  'apiVersion: apps/v1',
  'kind: Deployment',
  'metadata: { name: web }',
  'spec:',
  '  template:',
  '    spec:',
  '      containers: [{ name: main, image: app, envFrom: [{ configMapRef: { name: settings } }] }]',
  '',
].join('\n');

/** A tree that uses what the built-in reading does not follow. */
const patched: Texts = {
  'apps/web/kustomization.yaml': kustomization(
    'resources: [../../base]',
    'namespace: web',
    'patches:',
    '  - path: replicas.yaml',
    '  - target: { kind: ConfigMap }',
    '    patch: |',
    '      - op: add',
    '        path: /data/more',
    '        value: text',
    'replicas: [{ name: web, count: 3 }]',
    'replacements:',
    '  - source: { kind: ConfigMap, name: plain, fieldPath: data.key }',
    '    targets: [{ select: { kind: Deployment }, fieldPaths: [metadata.annotations.key], options: { create: true } }]',
  ),
  'apps/web/replicas.yaml': 'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: web }\nspec: { replicas: 2 }\n',
  'base/kustomization.yaml': kustomization(
    'resources: [web.yaml, plain.yaml]',
    'configMapGenerator: [{ name: settings, literals: [a=b] }]',
  ),
  'base/web.yaml': deployment,
  'base/plain.yaml': `${configMap('plain')}---\n${configMap('other', 'other')}`,
};

const values = ({ objects }: Built) => objects.map(({ value }) => value);
const copies = () =>
  readdirSync(tmpdir()).filter((name) => name.startsWith('espalier-kustomize-') && !name.includes('test'));

test('without a program, what is not followed is told, and the objects that it may change are uncertain', () => {
  const { objects, unresolved, faults } = makeBuild(memory(patched), { kustomize: false })('apps/web');
  expect(faults).toEqual([]);
  expect(
    unresolved.map(({ document, path, what, hidesObjects }) => [document.file.path, path, what, hidesObjects]),
  ).toEqual([
    ['apps/web/kustomization.yaml', ['patches'], 'patches needs kustomize or kubectl on the PATH', false],
    ['apps/web/kustomization.yaml', ['replacements'], 'replacements needs kustomize or kubectl on the PATH', false],
    ['apps/web/kustomization.yaml', ['replicas'], 'replicas needs kustomize or kubectl on the PATH', false],
  ]);
  expect(objects.every(({ uncertain }) => uncertain)).toBe(true);
});

test('only the objects that a patch hits are uncertain', () => {
  const texts = {
    'kustomization.yaml': kustomization(
      'resources: [a.yaml]',
      'patches:',
      '  - { target: { kind: ConfigMap, labelSelector: "tier in (web, api),!old" }, path: p.yaml }',
    ),
    'a.yaml': ['web', 'db']
      .map((tier) => `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: ${tier}, labels: { tier: ${tier} } }\n`)
      .join('---\n'),
    'p.yaml': '- { op: add, path: /data, value: {} }\n',
  };
  const { objects } = makeBuild(memory(texts), { kustomize: false })('');
  expect(objects.map(({ value, uncertain }) => [(value.metadata as { name: string }).name, uncertain])).toEqual([
    ['web', true],
    ['db', false],
  ]);
});

test('what would be fetched hides objects, whether there is a program or not', () => {
  const texts = {
    'kustomization.yaml': kustomization('resources: [https://github.com/org/repo//path?ref=v1, a.yaml]'),
    'a.yaml': configMap('a'),
  };
  for (const kustomize of [true, false]) {
    const { objects, unresolved } = makeBuild(memory(texts), { kustomize })('');
    expect(objects.length).toBe(1);
    expect(unresolved.map(({ path, what, hidesObjects }) => [path, what, hidesObjects])).toEqual([
      [['resources', 0], 'https://github.com/org/repo//path?ref=v1 is fetched when Flux builds', true],
    ]);
  }
});

test('a program is looked for in absolute folders of the PATH only, kustomize first', () => {
  const folder = mkdtempSync(join(tmpdir(), 'espalier-path-'));
  try {
    expect(findProgram(folder)).toBe(undefined);
    writeFileSync(join(folder, 'kubectl'), '#!/bin/sh\n', { mode: 0o755 });
    expect(findProgram(`.:${folder}`)?.command).toBe(join(folder, 'kubectl'));
    writeFileSync(join(folder, 'kustomize'), '#!/bin/sh\n', { mode: 0o644 });
    expect(findProgram(folder)?.command).toBe(join(folder, 'kubectl'));
    writeFileSync(join(folder, 'kustomize2'), '', { mode: 0o755 });
    expect(findProgram(folder)?.arguments).toEqual(['kustomize', '--load-restrictor', 'LoadRestrictionsNone']);
    expect(findProgram('relative')).toBe(undefined);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

describe('a complaint', () => {
  test('names the place in the tree, without the copy and the way there', () => {
    const stderr =
      'E1124 02:08:54.044290    8129 run.go:72] "command failed" err="accumulating resources: accumulation err=\'accumulating resources from \'x\': read /tmp/c/x: is a directory\': recursed accumulation of path \'/tmp/c/x\': add operation does not apply: doc is missing path: \\"/metadata/annotations/a\\": missing value"\n';
    expect(complaintOf(stderr, '/tmp/c')).toBe(
      'add operation does not apply: doc is missing path: "/metadata/annotations/a": missing value',
    );
  });

  test('quotes no YAML', () => {
    const stderr =
      '"command failed" err=<\n\ttrouble configuring builtin PatchTransformer with config: `\n\tpatch: password\n\t`: unable to parse SM or JSON patch from [patch: "password: hunter2"]\n >\n';
    expect(complaintOf(stderr, '/tmp/c')).toBe(
      'trouble configuring builtin PatchTransformer with config: …: unable to parse SM or JSON patch from the patch',
    );
    expect(
      complaintOf(
        'Error: wrong Node Kind for data expected: ScalarNode was MappingNode: value: {a: hunter2}',
        '/tmp/c',
      ),
    ).toBe('wrong Node Kind for data expected: ScalarNode was MappingNode: …');
    expect(complaintOf('Error: invalid "hunter2 is secret" in {"a": "b"}', '/tmp/c')).toBe('invalid "…" in …');
  });
});

(hasKubectl ? describe : describe.skip)('through kustomize or kubectl (skipped where there is none)', () => {
  test('what the built-in reading does not follow is what kustomize makes of it', () => {
    const built = makeBuild(memory(patched))('apps/web');
    expect(built.faults).toEqual([]);
    expect(built.unresolved).toEqual([]);
    expect(asSet(values(built))).toEqual(asSet(kubectlKustomize(patched, 'apps/web') as never));
  });

  const labelTransformer = [
    'apiVersion: builtin',
    'kind: LabelTransformer',
    'metadata: { name: labels }',
    'labels: { from: transformer }',
    'fieldSpecs: [{ path: metadata/labels, create: true }]',
    '',
  ].join('\n');
  const nameReference = 'nameReference: [{ kind: ConfigMap, fieldSpecs: [{ path: spec/config, kind: Thing }] }]\n';
  const thing = 'apiVersion: example.org/v1\nkind: Thing\nmetadata: { name: t }\nspec: { config: a }\n';

  test.each<readonly [name: string, texts: Texts]>([
    [
      'a folder of transformers',
      {
        'kustomization.yaml': kustomization('resources: [a.yaml]', 'transformers: [tr]'),
        'a.yaml': configMap('a'),
        'tr/kustomization.yaml': kustomization('resources: [labels.yaml]'),
        'tr/labels.yaml': labelTransformer,
      },
    ],
    [
      'a transformer written inline',
      {
        'kustomization.yaml': kustomization(
          'resources: [a.yaml]',
          `transformers: [${JSON.stringify(labelTransformer)}]`,
        ),
        'a.yaml': configMap('a'),
      },
    ],
    [
      'configurations, which tell of references in custom resources',
      {
        'kustomization.yaml': kustomization(
          'resources: [a.yaml, t.yaml]',
          'namePrefix: p-',
          'configurations: [c.yaml]',
        ),
        'a.yaml': configMap('a'),
        't.yaml': thing,
        'c.yaml': nameReference,
      },
    ],
    [
      'a generator that merges into an object of a base',
      {
        'kustomization.yaml': kustomization(
          'resources: [base]',
          'configMapGenerator: [{ name: g, behavior: merge, literals: [c=d] }]',
        ),
        'base/kustomization.yaml': kustomization('configMapGenerator: [{ name: g, files: [a.txt] }]'),
        'base/a.txt': 'text\n',
      },
    ],
    [
      'a deleting patch, in a component, from a file beside the folder',
      {
        'app/kustomization.yaml': kustomization('resources: [a.yaml, b.yaml]', 'components: [../part]'),
        'app/a.yaml': configMap('a'),
        'app/b.yaml': configMap('b'),
        'part/kustomization.yaml':
          'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\npatches: [{ path: ../patches/p.yaml }]\n',
        'patches/p.yaml': '$patch: delete\napiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\n',
      },
    ],
    [
      'patches in the old fields',
      {
        'kustomization.yaml': kustomization(
          'resources: [a.yaml]',
          'patchesStrategicMerge:',
          '  - p.yaml',
          '  - |',
          '    apiVersion: v1',
          '    kind: ConfigMap',
          '    metadata: { name: a, labels: { inline: "yes" } }',
          'patchesJson6902: [{ target: { version: v1, kind: ConfigMap, name: a }, path: j.yaml }]',
        ),
        'a.yaml': configMap('a'),
        'p.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\ndata: { merged: m }\n',
        'j.yaml': '- op: remove\n  path: /data/key\n',
      },
    ],
    [
      'replacements of a file, and vars',
      {
        'kustomization.yaml': kustomization(
          'resources: [a.yaml, b.yaml]',
          'replacements: [{ path: r.yaml }]',
          'vars: [{ name: X, objref: { apiVersion: v1, kind: ConfigMap, name: a }, fieldref: { fieldpath: data.key } }]',
        ),
        'a.yaml': configMap('a'),
        'b.yaml': configMap('b'),
        'r.yaml':
          'source: { kind: ConfigMap, name: a, fieldPath: metadata.name }\ntargets: [{ select: { name: b }, fieldPaths: [data.key] }]\n',
      },
    ],
    [
      'a label that is set twice',
      {
        'kustomization.yaml': kustomization(
          'resources: [a.yaml]',
          'labels: [{ pairs: { app: a }, includeSelectors: true }, { pairs: { app: b } }]',
        ),
        'a.yaml': 'apiVersion: v1\nkind: Service\nmetadata: { name: a }\nspec: { selector: { x: z } }\n',
      },
    ],
  ])('%s', (_, texts) => {
    const folder = 'app/kustomization.yaml' in texts ? 'app' : '';
    const without = makeBuild(memory(texts), { kustomize: false })(folder);
    expect(without.unresolved).not.toEqual([]);
    const built = makeBuild(memory(texts))(folder);
    expect(built.faults).toEqual([]);
    expect(built.unresolved).toEqual([]);
    expect(asSet(values(built))).toEqual(asSet(kubectlKustomize(texts, folder) as never));
  });

  test('each object knows the document that it was written in, and generated ones the kustomization', () => {
    const { objects } = makeBuild(memory(patched))('apps/web');
    expect(
      objects.map(({ value, document, generated, uncertain }) => {
        const name = (value.metadata as { name: string }).name.replace(/-[a-z0-9]{10}$/, '-<hash>');
        return [value.kind, name, document.file.path, document.index, generated, uncertain];
      }),
    ).toEqual([
      ['ConfigMap', 'other', 'base/plain.yaml', 1, false, false],
      ['ConfigMap', 'plain', 'base/plain.yaml', 0, false, false],
      ['ConfigMap', 'settings-<hash>', 'base/kustomization.yaml', 0, true, false],
      ['Deployment', 'web', 'base/web.yaml', 0, false, false],
    ]);
  });

  test('an object that nothing changes keeps its value', () => {
    const texts = {
      'kustomization.yaml': kustomization(
        'resources: [a.yaml, b.yaml]',
        'patches: [{ target: { name: a }, path: p.yaml }]',
      ),
      'a.yaml': configMap('a'),
      'b.yaml': configMap('b'),
      'p.yaml': '- { op: add, path: /data/x, value: z }\n',
    };
    const source = memory(texts);
    const { objects } = makeBuild(source)('');
    expect(objects.map(({ value, document }) => value === document.value)).toEqual([false, true]);
  });

  test('what kustomize complains of is a fault of the field, and the objects stay uncertain', () => {
    const texts = {
      'app/kustomization.yaml': kustomization(
        'resources: [a.yaml]',
        'patches: [{ target: { name: a }, path: p.yaml }]',
      ),
      'app/a.yaml': configMap('a'),
      'app/p.yaml': '- { op: add, path: /spec/x, value: z }\n',
    };
    const { faults, objects } = makeBuild(memory(texts))('app');
    expect(faults).toMatchObject([
      {
        kind: 'failed',
        path: ['patches'],
        message: 'kustomize fails: add operation does not apply: doc is missing path: "/spec/x": missing value',
        fails: true,
      },
    ]);
    expect(objects).toMatchObject([{ uncertain: true }]);
  });

  test('building ahead yields what building one by one yields, and leaves no copies behind', async () => {
    const source = memory(patched);
    const ahead = makeBuild(source);
    await ahead.prefetch([['apps/web'], ['base'], ['apps/web/']]);
    expect(copies()).toEqual([]);
    expect(ahead('apps/web')).toEqual(makeBuild(source)('apps/web'));
    expect(copies()).toEqual([]);
  });

  test('nothing is fetched: what would be is left out of the copy', () => {
    const texts = {
      ...patched,
      'apps/web/kustomization.yaml': `${patched['apps/web/kustomization.yaml']}components: [https://example.org/part?ref=v1]\n`,
    };
    const { faults, unresolved, objects } = makeBuild(memory(texts))('apps/web');
    expect(faults).toEqual([]);
    expect(unresolved.map(({ what }) => what)).toEqual(['https://example.org/part?ref=v1 is fetched when Flux builds']);
    expect(objects.length).toBe(4);
  });

  test('what Flux adds to a kustomization is followed as if it stood there', () => {
    const source = memory({ 'ks.yaml': 'kind: Kustomization\n', ...patched });
    const document = source.file('ks.yaml')?.documents[0] as FluxOverlay['document'];
    const patch = '- op: add\n  path: /data/flux\n  value: text\n';
    const spec = { targetNamespace: 'flux', namePrefix: 'f-', patches: [{ target: { kind: 'ConfigMap' }, patch }] };
    const written = {
      ...patched,
      'apps/web/kustomization.yaml': kustomization(
        'resources: [../../base]',
        'namespace: flux',
        'namePrefix: f-',
        ...(patched['apps/web/kustomization.yaml'] as string)
          .split('\n')
          .slice(4)
          .flatMap((line) =>
            line === 'replicas: [{ name: web, count: 3 }]'
              ? ['  - target: { kind: ConfigMap }', `    patch: ${JSON.stringify(patch)}`, line]
              : [line],
          ),
      ),
    };
    expect(asSet(values(makeBuild(source)('apps/web', { document, spec })))).toEqual(
      asSet(kubectlKustomize(written, 'apps/web') as never),
    );
  });

  test('a folder without a kustomization.yaml takes patches of Flux, too', () => {
    const source = memory({
      'ks.yaml': 'kind: Kustomization\n',
      'app/x/a.yaml': configMap('a'),
      'app/b.yml': configMap('b'),
    });
    const document = source.file('ks.yaml')?.documents[0] as FluxOverlay['document'];
    const spec = { patches: [{ target: { name: 'a' }, patch: '- op: remove\n  path: /data\n' }] };
    expect(values(makeBuild(source)('app', { document, spec }))).toEqual([
      { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' } },
      { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'b' }, data: { key: 'value' } },
    ]);
  });
});

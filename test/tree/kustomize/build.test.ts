import { makeBuild } from '../../../lib/tree/kustomize';
import type { Built, FluxOverlay } from '../../../lib/tree/kustomize/built';
import { component, configMap, kustomization, memory, type Texts } from './memory';

const built = (texts: Texts, folder: string): Built => makeBuild(memory(texts))(folder);
const ids = ({ objects }: Built) =>
  objects.map(({ value }) => {
    const { name, namespace } = value.metadata as { name: string; namespace?: string };
    return `${value.kind} ${namespace ?? '-'}/${name}`;
  });

test('files, folders and components are brought together, and each object knows its document', () => {
  const result = built(
    {
      'app/kustomization.yaml': kustomization('resources: [a.yaml, ./sub/, ../base]', 'components: [part]'),
      'app/a.yaml': `${configMap('a')}---\n${configMap('b')}`,
      'app/sub/kustomization.yml': kustomization('resources: [c.yaml]', 'namespace: sub'),
      'app/sub/c.yaml': configMap('c'),
      'app/part/kustomization.yaml': component('namePrefix: p-', 'resources: [d.yaml]'),
      'app/part/d.yaml': configMap('d'),
      'base/Kustomization': 'bases: [more]\n',
      'base/more/kustomization.yaml': 'resources: [e.json]\n',
      'base/more/e.json': '{"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "e"}}',
    },
    'app',
  );
  expect(result.faults).toEqual([]);
  expect(ids(result)).toEqual([
    'ConfigMap -/p-a',
    'ConfigMap -/p-b',
    'ConfigMap sub/p-c',
    'ConfigMap -/p-e',
    'ConfigMap -/p-d',
  ]);
  expect(result.objects.map(({ document }) => [document.file.path, document.index])).toEqual([
    ['app/a.yaml', 0],
    ['app/a.yaml', 1],
    ['app/sub/c.yaml', 0],
    ['base/more/e.json', 0],
    ['app/part/d.yaml', 0],
  ]);
  expect([...result.files].sort()).toEqual([
    'app/a.yaml',
    'app/kustomization.yaml',
    'app/part/d.yaml',
    'app/part/kustomization.yaml',
    'app/sub/c.yaml',
    'app/sub/kustomization.yml',
    'base/Kustomization',
    'base/more/e.json',
    'base/more/kustomization.yaml',
  ]);
  expect(result.kustomizations.map(({ file }) => file.path)).toEqual([
    'app/kustomization.yaml',
    'app/sub/kustomization.yml',
    'base/Kustomization',
    'base/more/kustomization.yaml',
    'app/part/kustomization.yaml',
  ]);
});

test('a folder without a kustomization.yaml yields every YAML file below it, and folders that have one by it', () => {
  const result = built(
    {
      'app/a.yaml': configMap('a'),
      'app/deep/er/b.yml': configMap('b'),
      'app/deep/notes.md': 'text',
      'app/own/kustomization.yaml': kustomization('resources: [c.yaml]', 'nameSuffix: -own'),
      'app/own/c.yaml': configMap('c'),
      'app/own/unlisted.yaml': configMap('unlisted'),
      'other.yaml': configMap('other'),
    },
    'app',
  );
  expect(ids(result)).toEqual(['ConfigMap -/a', 'ConfigMap -/b', 'ConfigMap -/c-own']);
  expect(result.faults).toEqual([]);
  expect(result.kustomizations.map(({ file }) => file.path)).toEqual(['app/own/kustomization.yaml']);
});

test('what is no object fails a folder without a kustomization.yaml, and is told of the file', () => {
  const { faults } = built({ 'a.yaml': configMap('a'), 'values.yaml': 'replicas: 1\n' }, '');
  expect(faults.map(({ document, path, message }) => [document.file.path, path, message])).toEqual([
    [
      'values.yaml',
      [],
      'an object has no kind; give it apiVersion, kind and metadata.name, or keep it out of what Flux builds',
    ],
  ]);
});

test('a file that cannot be read hides objects, and is no fault beside the one of the file itself', () => {
  const { faults, unresolved } = built(
    { 'kustomization.yaml': kustomization('resources: [a.yaml]'), 'a.yaml': 'a: [b\n' },
    '',
  );
  expect(faults).toEqual([]);
  expect(unresolved.map(({ path, what, hidesObjects }) => [path, what, hidesObjects])).toEqual([
    [['resources', 0], 'a.yaml cannot be read', true],
  ]);
});

test('a Secret generated of what SOPS has encrypted is uncertain, and hides nothing else', () => {
  const { objects, unresolved } = built(
    {
      'kustomization.yaml': kustomization('secretGenerator: [{ name: s, envs: [s.env] }]'),
      's.env': 'A=ENC[AES256_GCM,data:x,type:str]\nsops_version=3.9.0\n',
    },
    '',
  );
  expect(objects).toMatchObject([{ generated: true, uncertain: true, value: { kind: 'Secret' } }]);
  expect(Object.keys(objects[0]?.value.data as object)).toEqual(['A']);
  expect(unresolved.map(({ path, what, hidesObjects }) => [path, what, hidesObjects])).toEqual([
    [['secretGenerator', 0], 's.env is encrypted: only Flux knows its content and its hash', false],
  ]);
});

test('a List is its items, each with the way to it', () => {
  const item = (name: string) => `{ apiVersion: v1, kind: ConfigMap, metadata: { name: ${name} } }`;
  const result = built({ 'list.yaml': `apiVersion: v1\nkind: List\nitems: [${item('a')}, ${item('b')}]\n` }, '');
  expect(result.objects.map(({ value, path }) => [(value.metadata as { name: string }).name, path])).toEqual([
    ['a', ['items', 0]],
    ['b', ['items', 1]],
  ]);
});

test('an object that nothing changes keeps its value; one that is changed leaves its document alone', () => {
  const source = memory({
    'plain/a.yaml': configMap('a'),
    'moved/kustomization.yaml': kustomization('resources: [../plain/a.yaml]', 'namespace: team'),
  });
  const build = makeBuild(source);
  const document = source.file('plain/a.yaml')?.documents[0]?.value;
  expect(build('plain').objects[0]?.value).toBe(document);
  expect(ids(build('moved'))).toEqual(['ConfigMap team/a']);
  expect(document).toEqual({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' }, data: { key: 'value' } });
});

test('a folder is built once, whatever its path is written like', () => {
  const build = makeBuild(memory({ 'app/a.yaml': configMap('a') }));
  expect(build('./app/')).toBe(build('app'));
});

test('a folder that many share is told of once', () => {
  const texts: { [path: string]: string } = { 'base/kustomization.yaml': kustomization('resources: [x.yaml]') };
  texts['kustomization.yaml'] = kustomization('resources: [a, b]');
  for (const name of ['a', 'b']) {
    texts[`${name}/kustomization.yaml`] = kustomization('resources: [../base]', `namePrefix: ${name}-`);
  }
  expect(built(texts, '').faults.map(({ document, message }) => [document.file.path, message])).toEqual([
    ['base/kustomization.yaml', 'base/x.yaml does not exist; add it, or correct the entry'],
  ]);
});

test('trees made to take for ever do not', () => {
  const texts: { [path: string]: string } = {};
  const depth = 40;
  for (let i = 0; i < depth; i++) {
    const next = i + 1 === depth ? 'resources: []' : `components: [../a${i + 1}, ../b${i + 1}]`;
    for (const side of ['a', 'b']) texts[`${side}${i}/kustomization.yaml`] = component(next);
  }
  const { faults } = built(texts, 'a0');
  expect(new Set(faults.map(({ message }) => message))).toEqual(
    new Set(['the entry leads to more kustomizations than espalier follows in one build']),
  );
});

describe('what a Flux Kustomization adds', () => {
  const texts = {
    'ks.yaml': 'kind: Kustomization\n',
    'app/kustomization.yaml': kustomization(
      'namespace: own',
      'resources: [a.yaml]',
      'images: [{ name: app, newTag: v1 }]',
    ),
    'app/a.yaml': 'apiVersion: v1\nkind: Pod\nmetadata: { name: a }\nspec: { containers: [{ image: app }] }\n',
    'part/kustomization.yaml': component('resources: [b.yaml]'),
    'part/b.yaml': configMap('b'),
  };
  const source = memory(texts);
  const document = source.file('ks.yaml')?.documents[0] as FluxOverlay['document'];
  const overlaid = (spec: FluxOverlay['spec']) => makeBuild(source)('app', { document, spec });

  test('is a namespace, affixes, components, images and common metadata', () => {
    const result = overlaid({
      targetNamespace: 'flux',
      namePrefix: 'p-',
      nameSuffix: '-s',
      components: ['../part'],
      images: [{ name: 'app', newName: 'mirror/app' }],
      commonMetadata: { labels: { a: 'b' }, annotations: { c: 'd' } },
    });
    expect(result.objects.map(({ value }) => value)).toEqual([
      {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name: 'p-a-s', namespace: 'flux', labels: { a: 'b' }, annotations: { c: 'd' } },
        spec: { containers: [{ image: 'mirror/app:v1' }] },
      },
      {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: 'p-b-s', namespace: 'flux', labels: { a: 'b' }, annotations: { c: 'd' } },
        data: { key: 'value' },
      },
    ]);
  });

  test('may leave out components that are not there', () => {
    expect(overlaid({ components: ['../none'], ignoreMissingComponents: true }).faults).toEqual([]);
  });

  test('is faulty where it is written', () => {
    const { faults } = overlaid({
      components: ['../none', '/part', 'https://example.org/part'],
      patches: [{ patch: '- {op: remove, path: /data}', target: { kind: 'Foo' } }],
    });
    expect(faults.map(({ document, path, message }) => [document.file.path, path.join('.'), message])).toEqual([
      ['ks.yaml', 'spec.components.0', 'none does not exist; add it, or correct the entry'],
      ['ks.yaml', 'spec.components.1', 'component /part must be a path that starts from the folder of spec.path'],
      [
        'ks.yaml',
        'spec.components.2',
        'component https://example.org/part must be a path that starts from the folder of spec.path',
      ],
    ]);
  });

  test('makes another build of the folder, and nothing does not', () => {
    const build = makeBuild(source);
    expect(build('app', { document, spec: { path: './app', prune: true } })).toBe(build('app'));
    expect(build('app', { document, spec: { targetNamespace: 'x' } })).not.toBe(build('app'));
  });

  test('does nothing to the other builds of the folder', () => {
    const build = makeBuild(source);
    const of = (spec: FluxOverlay['spec']) => [
      ids(build('app', { document, spec })),
      build('app', { document, spec }).faults.length,
    ];
    expect(of({})).toEqual([['Pod own/a'], 0]);
    expect(of({ targetNamespace: 'x', components: ['/part'] })).toEqual([['Pod x/a'], 1]);
    expect(of({ targetNamespace: 'y' })).toEqual([['Pod y/a'], 0]);
    expect(of({ images: [] })).toEqual([['Pod own/a'], 0]);
  });
});

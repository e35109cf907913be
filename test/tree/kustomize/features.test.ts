import { type FluxOverlay, makeBuild } from '../../../lib/tree/kustomize';
import { component, configMap, kustomization, memory, type Texts } from './memory';

/** The objects of the root as JSON, or what makes it fail. */
function built(texts: Texts): readonly unknown[] {
  const { objects, faults, unresolved } = makeBuild(memory(texts))('');
  const failing = faults.filter(({ fails }) => fails);
  if (failing.length > 0 || unresolved.length > 0) {
    return [...failing, ...unresolved].map((each) => {
      const said = 'message' in each ? each.message : each.what;
      return `${each.document.file.path} ${each.path.join('.')}: ${said}`;
    });
  }
  return objects.map(({ value, uncertain }) => (uncertain ? { uncertain: value } : value));
}

const a = configMap('a');
const deployment = (more = '') =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: web }\nspec: { template: { spec: { containers: [{ name: main, image: "app:1" }] } }${more} }\n`;
const thing = 'apiVersion: example.org/v1\nkind: Thing\nmetadata: { name: t }\nspec: { config: a, labels: {} }\n';
const plugin = (kind: string, ...lines: readonly string[]) =>
  ['apiVersion: builtin', `kind: ${kind}`, 'metadata: { name: p }', ...lines, ''].join('\n');
const map = (name: string, data: object, more: object = {}) => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, ...more },
  data,
});

test('two objects that patches give one name fail the build', () => {
  expect(
    built({
      'kustomization.yaml': kustomization(
        'resources: [a.yaml, b.yaml]',
        'patches:',
        '  - target: { kind: ConfigMap }',
        '    patch: "- { op: replace, path: /metadata/name, value: same }"',
        '    options: { allowNameChange: true }',
      ),
      'a.yaml': a,
      'b.yaml': configMap('b'),
    }),
  ).toEqual(['b.yaml : ConfigMap same exists twice: in a.yaml and in b.yaml; keep one of them']);
});

describe('replacements', () => {
  const texts = (...lines: readonly string[]): Texts => ({
    'kustomization.yaml': kustomization('resources: [a.yaml, web.yaml]', 'replacements:', ...lines),
    'a.yaml': a,
    'web.yaml': deployment(),
  });
  const image = (lines: readonly string[]) => {
    const [, web] = built(texts(...lines)) as readonly { spec: { template: { spec: { containers: unknown[] } } } }[];
    return web?.spec.template.spec.containers[0];
  };

  test('put a part of a value in a part of another', () => {
    expect(
      image([
        '  - source: { kind: ConfigMap, name: a, fieldPath: data.key }',
        '    targets:',
        '      - select: { kind: Deployment }',
        '        fieldPaths: ["spec.template.spec.containers.[name=main].image"]',
        '        options: { delimiter: ":", index: 1 }',
      ]),
    ).toEqual({ name: 'main', image: 'app:value' });
  });

  test('make what is missing, and read what is written there as YAML', () => {
    expect(
      image([
        '  - sourceValue: "8080"',
        '    targets:',
        '      - select: { name: web }',
        '        fieldPaths: ["spec.template.spec.containers.*.ports.0.containerPort"]',
        '        options: { create: true }',
      ]),
    ).toEqual({ name: 'main', image: 'app:1', ports: [{ containerPort: 8080 }] });
  });

  test('set a value within a text that is JSON', () => {
    expect(
      built({
        'kustomization.yaml': kustomization(
          'resources: [b.yaml]',
          'replacements: [{ sourceValue: new, targets: [{ select: { name: b }, fieldPaths: [data.json.list.0] }] }]',
        ),
        'b.yaml': `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: b }\ndata: { json: '{"list": ["old"], "b": 1}' }\n`,
      }),
    ).toEqual([map('b', { json: '{"b":1,"list":["new"]}' })]);
  });

  const within = (text: string, path: string, generated = false) =>
    built({
      'kustomization.yaml': kustomization(
        ...(generated ? ['configMapGenerator: [{ name: b, files: [t] }]'] : ['resources: [b.yaml]']),
        `replacements: [{ sourceValue: "8080", targets: [{ select: { name: b }, fieldPaths: ["data.t.${path}"], options: { create: true } }] }]`,
      ),
      'b.yaml': JSON.stringify({ ...map('b', { t: text }) }),
      t: text,
    });

  test('set a value within a text that is YAML, which keeps its quotes and comments and indents no lists', () => {
    const text = '# ports\nlist:\n  - 80 # of the proxy\n\n  - "81"\nname: web\n';
    expect(within(text, 'list.0')).toEqual([
      map('b', { t: '# ports\nlist:\n- 8080 # of the proxy\n- "81"\nname: web' }),
    ]);
    expect(within(text, 'list.1')).toEqual([
      map('b', { t: '# ports\nlist:\n- 80 # of the proxy\n- "8080"\nname: web' }),
    ]);
    expect(within('name: web\n', 'name')).toEqual([map('b', { t: 'name: "8080"' })]);
    expect(within('name: web\n', 'a.b')).toEqual([map('b', { t: 'name: web\na:\n  b: 8080' })]);
  });

  test('end a name with the hash of such a text, which is uncertain where the text has comments', () => {
    expect(within('port: 80\n', 'port', true)).toMatchObject([
      { metadata: { name: 'b-4c5c565m22' }, data: { t: 'port: 8080' } },
    ]);
    expect(within('port: 80 # proxy\n', 'port', true)).toMatchObject([{ uncertain: { data: {} } }]);
  });

  test('are lost in a text that a wildcard leads to', () => {
    expect(
      built({
        'kustomization.yaml': kustomization(
          'resources: [b.yaml]',
          'replacements: [{ sourceValue: new, targets: [{ select: { name: b }, fieldPaths: ["list.*.a"] }] }]',
        ),
        'b.yaml': JSON.stringify({ ...map('b', {}), list: ['a: old'] }),
      }),
    ).toEqual([{ ...map('b', {}), list: ['a: old'] }]);
  });

  test.each([
    [
      'a source that is not here',
      'source: { kind: Secret }',
      'data.key',
      'source: no object here is {kind: Secret}; correct the source',
    ],
    ['a field that is not here', 'sourceValue: x', 'data.other', 'targets.0.fieldPaths.0: data.other leads to nothing'],
    [
      'a value of another type',
      'source: { kind: ConfigMap, name: a, fieldPath: data.key }',
      'spec.template.spec.containers.1',
      'targets.0.fieldPaths.0: spec.template.spec.containers.1 there are 1 entries, and no entry 1',
    ],
  ])('fail where they name %s', (_, source, path, message) => {
    const select = path.startsWith('spec') ? '{ kind: Deployment }' : '{ kind: ConfigMap }';
    expect(built(texts(`  - ${source}`, `    targets: [{ select: ${select}, fieldPaths: [${path}] }]`))).toEqual([
      `kustomization.yaml replacements.0.${message}`,
    ]);
  });
});

test('replicas set the count of what is so called, and fail where nothing is', () => {
  const texts = (name: string) => ({
    'kustomization.yaml': kustomization('resources: [web.yaml]', `replicas: [{ name: ${name}, count: 3 }]`),
    'web.yaml': deployment(),
  });
  expect(built(texts('web'))).toMatchObject([{ spec: { replicas: 3 } }]);
  expect(built(texts('other'))).toEqual([
    'kustomization.yaml replicas.0: no Deployment, ReplicationController, ReplicaSet, StatefulSet here is named other; correct the name, or remove the entry',
  ]);
});

test('vars are the values that things have in the end', () => {
  expect(
    built({
      'kustomization.yaml': kustomization(
        'namePrefix: p-',
        'resources: [a.yaml, b.yaml]',
        'configurations: [c.yaml]',
        'vars: [{ name: NAME, objref: { apiVersion: v1, kind: ConfigMap, name: a } }]',
      ),
      'a.yaml': a,
      'b.yaml':
        'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: b }\ndata: { k: "$(NAME)/x", l: "$$(NAME) $(OTHER)" }\n',
      'c.yaml': 'varReference: [{ kind: ConfigMap, path: data }]\n',
    }),
  ).toEqual([map('p-a', { key: 'value' }), map('p-b', { k: 'p-a/x', l: '$(NAME) $(OTHER)' })]);
});

test('configurations say where names, labels and counts stand in custom resources', () => {
  const texts = {
    'kustomization.yaml': kustomization(
      'namePrefix: p-',
      'resources: [a.yaml, t.yaml]',
      'commonLabels: { app: x }',
      'replicas: [{ name: t, count: 2 }]',
      'configurations: [c.yaml]',
    ),
    'a.yaml': a,
    't.yaml': thing,
    'c.yaml': [
      'nameReference: [{ kind: ConfigMap, fieldSpecs: [{ kind: Thing, path: spec/config }] }]',
      'commonLabels: [{ kind: Thing, path: spec/labels }]',
      'replicas: [{ kind: Thing, path: spec/replicas, create: true }]',
      '',
    ].join('\n'),
  };
  expect(built(texts)[1]).toEqual({
    apiVersion: 'example.org/v1',
    kind: 'Thing',
    metadata: { name: 'p-t', labels: { app: 'x' } },
    spec: { config: 'p-a', labels: { app: 'x' }, replicas: 2 },
  });
  expect(built({ ...texts, 'c.yaml': 'nameReferences: []\n' })[0]).toMatch(
    /^c\.yaml : "nameReferences" is not a field of a configuration; known: namePrefix/,
  );
});

describe('generators', () => {
  const texts = (behavior: string): Texts => ({
    'kustomization.yaml': kustomization(
      'resources: [base]',
      `configMapGenerator: [{ name: g, behavior: ${behavior}, literals: [b=2, c=3], options: { labels: { new: x } } }]`,
    ),
    'base/kustomization.yaml': kustomization(
      'configMapGenerator: [{ name: g, literals: [a=1, b=1], options: { labels: { old: x } } }]',
      'generatorOptions: { disableNameSuffixHash: true }',
    ),
  });
  const labels = { labels: { old: 'x', new: 'x' } };

  test('merge into what is there, or replace it', () => {
    expect(built(texts('merge'))).toEqual([map('g', { a: '1', b: '2', c: '3' }, labels)]);
    expect(built(texts('replace'))).toEqual([map('g', { b: '2', c: '3' }, labels)]);
  });

  test('fail where there is nothing to merge into, or something that they make', () => {
    expect(
      built({ ...texts('merge'), 'base/kustomization.yaml': kustomization('resources: []', 'namespace: x') }),
    ).toEqual([
      'kustomization.yaml configMapGenerator.0: there is no ConfigMap g here to merge; create it, or correct the name',
    ]);
    expect(built(texts('create'))).toEqual([
      'kustomization.yaml configMapGenerator.0: ConfigMap g exists twice: in base/kustomization.yaml and in kustomization.yaml; keep one of them',
    ]);
  });
});

describe('plugins', () => {
  const label = plugin(
    'LabelTransformer',
    'labels: { from: plugin }',
    'fieldSpecs: [{ path: metadata/labels, create: true }]',
  );

  test.each([
    ['inline', `transformers: [${JSON.stringify(label)}]`],
    ['in a file', 'transformers: [label.yaml]'],
    ['in a folder', 'transformers: [plugins]'],
  ])('run when they stand %s', (_, line) => {
    expect(
      built({
        'kustomization.yaml': kustomization('resources: [a.yaml]', line),
        'a.yaml': a,
        'label.yaml': label,
        'plugins/kustomization.yaml': kustomization('resources: [../label.yaml]'),
      }),
    ).toEqual([map('a', { key: 'value' }, { labels: { from: 'plugin' } })]);
  });

  test('that generate make objects', () => {
    const generator = plugin('ConfigMapGenerator', 'literals: [k=v]', 'options: { disableNameSuffixHash: true }');
    expect(built({ 'kustomization.yaml': kustomization(`generators: [${JSON.stringify(generator)}]`) })).toMatchObject([
      { kind: 'ConfigMap', metadata: { name: 'p' }, data: { k: 'v' } },
    ]);
  });

  test('that are not built in, that nobody knows, and validators that change something fail', () => {
    const texts = (line: string) => ({
      'kustomization.yaml': kustomization('resources: [a.yaml]', line),
      'a.yaml': a,
      'label.yaml': label,
      'own.yaml': 'apiVersion: example.org/v1\nkind: Own\nmetadata: { name: o }\n',
      'sort.yaml': plugin('SortOrderTransformer'),
    });
    expect(built(texts('transformers: [own.yaml]'))).toEqual([
      'own.yaml : Own is a plugin that is not built into kustomize, and Flux runs no other',
    ]);
    expect(built(texts('transformers: [sort.yaml]'))).toEqual([
      'sort.yaml : kustomize has no transformer SortOrderTransformer built in',
    ]);
    const numbers = JSON.stringify(plugin('LabelTransformer', 'labels: { a: 1 }', 'own: x'));
    expect(built(texts(`transformers: [${numbers}]`))).toEqual([
      'kustomization.yaml labels.a: a must be a string, and is a number',
    ]);
    expect(built(texts(`transformers: [${JSON.stringify(plugin('PrefixTransformer', 'prefix: p-'))}]`))).toEqual([
      'kustomization.yaml : fieldSpecs must be given',
    ]);
    expect(built(texts('validators: [label.yaml]'))).toEqual([
      'label.yaml : the validator LabelTransformer changes objects, of which the build fails',
    ]);
  });
});

test('a label that was put in several places at once is set in all of them later', () => {
  const service = 'apiVersion: v1\nkind: Service\nmetadata: { name: a }\nspec: { selector: { x: z } }\n';
  expect(
    built({
      'kustomization.yaml': kustomization(
        'resources: [a.yaml]',
        'labels: [{ pairs: { app: a }, includeSelectors: true }, { pairs: { app: b } }]',
      ),
      'a.yaml': service,
    }),
  ).toMatchObject([{ metadata: { labels: { app: 'b' } }, spec: { selector: { x: 'z', app: 'b' } } }]);
});

test('a tag suffix is added again where kustomize looks a second time', () => {
  const texts = {
    'kustomization.yaml': kustomization('resources: [web.yaml]', 'images: [{ name: app, tagSuffix: -x }]'),
    'web.yaml': deployment(),
  };
  expect(built(texts)).toMatchObject([{ spec: { template: { spec: { containers: [{ image: 'app:1-x-x' }] } } } }]);
});

test('sortOptions put definitions and namespaces before the rest', () => {
  const namespace = 'apiVersion: v1\nkind: Namespace\nmetadata: { name: n }\n';
  const texts = {
    'kustomization.yaml': kustomization('resources: [web.yaml, a.yaml, n.yaml]', 'sortOptions: { order: legacy }'),
    'web.yaml': deployment(),
    'a.yaml': a,
    'n.yaml': namespace,
  };
  expect(built(texts)).toMatchObject([{ kind: 'Namespace' }, { kind: 'ConfigMap' }, { kind: 'Deployment' }]);
});

test('the transformers that ran are noted where the kustomization that is built asks for them', () => {
  const ran = (kind: string, file = 'kustomization.yaml', name = '') =>
    `- configuredIn: ${file}\n  configuredBy:\n    apiVersion: builtin\n    kind: ${kind}\n${name}`;
  const annotations = {
    'alpha.config.kubernetes.io/transformations': [
      ran('LabelTransformer', 'base/kustomization.yaml'),
      ran('LabelTransformer', 'base/kustomization.yaml'),
      ran('PrefixTransformer'),
      ran('AnnotationsTransformer', 'plugin.yaml', '    name: p\n'),
    ].join(''),
  };
  expect(
    built({
      'kustomization.yaml': kustomization(
        'resources: [base]',
        'namePrefix: p-',
        'transformers: [plugin.yaml]',
        'buildMetadata: [transformerAnnotations]',
      ),
      'base/kustomization.yaml': kustomization('resources: [a.yaml]', 'labels: [{ pairs: { l: x } }]'),
      'base/a.yaml': a,
      'plugin.yaml': plugin('AnnotationsTransformer'),
    }),
  ).toEqual([map('p-a', { key: 'value' }, { labels: { l: 'x' }, annotations })]);
});

test('of a key that stands twice in a kustomization the last counts, and labels without a value are empty', () => {
  expect(
    built({
      'kustomization.yaml': kustomization(
        'resources: [gone.yaml]',
        'commonAnnotations: { note: null }',
        'labels: [{ pairs: { app: null } }]',
        'configMapGenerator: [{ name: g, literals: [k=v], options: { disableNameSuffixHash: true, labels: { app: null } } }]',
        'resources: [a.yaml]',
      ),
      'a.yaml': a,
    }),
  ).toEqual([
    map('a', { key: 'value' }, { labels: { app: '' }, annotations: { note: '' } }),
    map('g', { k: 'v' }, { labels: { app: '' }, annotations: { note: '' } }),
  ]);
});

test('managedByLabel fails: the label that Flux makes of it is one that Kubernetes refuses', () => {
  expect(
    built({
      'kustomization.yaml': kustomization('resources: [a.yaml]', 'buildMetadata: [managedByLabel]'),
      'a.yaml': a,
    }),
  ).toEqual([
    'kustomization.yaml buildMetadata.0: with managedByLabel, Flux gives every object the label app.kubernetes.io/managed-by: kustomize-(devel), which Kubernetes refuses; remove the entry, and set the label under labels',
  ]);
});

test('Flux has the origin noted of what a kustomization yields that lists no resources itself', () => {
  expect(
    built({
      'kustomization.yaml': kustomization('components: [part]'),
      'part/kustomization.yaml': component('resources: [a.yaml]'),
      'part/a.yaml': a,
    }),
  ).toEqual([map('a', { key: 'value' }, { annotations: { 'config.kubernetes.io/origin': 'path: part/a.yaml\n' } })]);
});

test('label fields that contradict what kustomize knows fail the build', () => {
  const fields = '[{ path: metadata/labels, create: false }]';
  const texts = {
    'kustomization.yaml': kustomization('resources: [a.yaml]', `labels: [{ pairs: { a: b }, fields: ${fields} }]`),
    'a.yaml': a,
  };
  expect(built(texts)).toEqual([
    'kustomization.yaml labels.0: metadata/labels has two entries, one that creates the field if it is missing and one that does not; keep one',
  ]);
});

test("Flux's commonMetadata is for the objects alone, whatever kustomize put in several places", () => {
  const service = 'apiVersion: v1\nkind: Service\nmetadata: { name: a }\nspec: { selector: {} }\n';
  const source = memory({
    'kustomization.yaml': kustomization('resources: [a.yaml]', 'commonLabels: { app: a }'),
    'a.yaml': service,
    'ks.yaml': 'kind: Kustomization\n',
  });
  const document = source.file('ks.yaml')?.documents[0] as FluxOverlay['document'];
  const { objects } = makeBuild(source)('', { document, spec: { commonMetadata: { labels: { app: 'flux' } } } });
  expect(objects[0]?.value).toMatchObject({ metadata: { labels: { app: 'flux' } }, spec: { selector: { app: 'a' } } });
});

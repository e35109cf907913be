import fc from 'fast-check';
import type { Json } from '../../../lib/json/json';
import { emitYaml } from '../../../lib/tree';

const names = fc.constantFrom('a', 'b', 'default');
const kinds = fc.constantFrom('ConfigMap', 'Secret', 'Deployment', 'Service', 'Thing', 'StatefulSet');
const labels = fc.dictionary(fc.constantFrom('app', 'team'), fc.constantFrom('one', 'two'), { minKeys: 1 });

function optional(all: { readonly [field: string]: fc.Arbitrary<unknown> }): fc.Arbitrary<object> {
  return fc.record(all, { requiredKeys: [] }) as fc.Arbitrary<object>;
}

const paths = fc.constantFrom(
  'metadata.name',
  'metadata.labels.app',
  'metadata.annotations.note',
  'metadata.namespace',
  'data.k',
  'data.json.a',
  'data.json.list.0',
  'spec.replicas',
  'spec.template.spec.containers.[name=main].image',
  'spec.template.spec.containers.*.env.0.name',
  'spec.template.spec.containers.0.envFrom',
  'spec.selector',
  'spec.new.field',
  'spec.list.[name=x].value',
);

const selector = fc.oneof(
  optional({ kind: kinds, name: names }),
  optional({ kind: kinds, name: fc.constantFrom('a|b', '.*', 'p-a') }),
  optional({ labelSelector: fc.constantFrom('app=one', 'team in (one, two)', '!app'), kind: kinds }),
  optional({ namespace: fc.constantFrom('x', 'default'), kind: kinds }),
);

const options = optional({
  create: fc.boolean(),
  delimiter: fc.constantFrom(':', '-', '/'),
  index: fc.constantFrom(-1, 0, 1, 5),
});

const replacement = fc
  .record({
    source: fc.oneof(
      fc.record({
        source: fc
          .record({ id: optional({ kind: kinds, name: names }), field: optional({ fieldPath: paths, options }) })
          .map(({ id, field }) => ({ ...id, ...field })),
      }),
      fc.record({ sourceValue: fc.constantFrom('text', '5', 'true', 'a:b', '2001-01-01', '{a: b}') }),
    ),
    targets: fc.array(
      fc
        .record({
          select: selector,
          more: optional({
            reject: fc.array(selector, { minLength: 1, maxLength: 2 }),
            fieldPaths: fc.array(paths, { minLength: 1, maxLength: 2 }),
            options,
          }),
        })
        .map(({ select, more }) => ({ select, ...more })),
      { minLength: 1, maxLength: 2 },
    ),
  })
  .map(({ source, targets }) => ({ ...source, targets }));

const spec = fc.record({
  path: fc.constantFrom('metadata/labels', 'spec/template/metadata/labels', 'spec/labels', 'spec/selector'),
  create: fc.boolean(),
});
const specs = fc.array(spec, { minLength: 1, maxLength: 2 });
const nameSpecs = fc.constantFrom(
  [{ path: 'metadata/name' }],
  [{ path: 'metadata/name' }, { path: 'spec/secretName', kind: 'Thing' }],
  [{ path: 'metadata/labels/app', create: true }],
);

const settings: readonly fc.Arbitrary<object>[] = [
  fc.record({ kind: fc.constant('LabelTransformer'), labels, fieldSpecs: specs }),
  fc.record({
    kind: fc.constant('AnnotationsTransformer'),
    annotations: labels,
    fieldSpecs: fc.constant([{ path: 'metadata/annotations', create: true }]),
  }),
  fc.record({
    kind: fc.constantFrom('PrefixTransformer', 'PrefixSuffixTransformer'),
    prefix: fc.constant('r-'),
    suffix: fc.constant('-r'),
    fieldSpecs: nameSpecs,
  }),
  fc.record({ kind: fc.constant('SuffixTransformer'), suffix: fc.constant('-u'), fieldSpecs: nameSpecs }),
  fc.record({
    kind: fc.constant('ReplicaCountTransformer'),
    replica: fc.record({ name: names, count: fc.nat(3) }),
    fieldSpecs: fc.constant([{ path: 'spec/replicas', create: true }]),
  }),
  fc.record({
    kind: fc.constant('ImageTagTransformer'),
    imageTag: fc.record({ name: fc.constant('app'), newTag: fc.constant('v9') }),
    fieldSpecs: fc.constant([{ path: 'spec/template/spec/containers[]/image' }]),
  }),
  fc.record({
    kind: fc.constant('ReplacementTransformer'),
    replacements: fc.array(replacement, { minLength: 1, maxLength: 1 }),
  }),
  fc.record({ kind: fc.constant('HashTransformer') }),
  fc.record({
    kind: fc.constant('ValueAddTransformer'),
    value: fc.constant('added'),
    targets: fc.constantFrom(
      [{ fieldPath: 'metadata/annotations/added' }],
      [{ selector: { kind: 'ConfigMap' }, fieldPath: 'data/k', filePathPosition: 1 }],
      [{ selector: { kind: 'ConfigMap' }, fieldPath: 'metadata/namespace' }],
    ),
  }),
];

const namespaceTransformer = fc
  .record({
    namespace: fc.constantFrom('x', 'z'),
    more: optional({
      unsetOnly: fc.boolean(),
      setRoleBindingSubjects: fc.constantFrom('none', 'defaultOnly', 'allServiceAccounts'),
    }),
  })
  .map(({ namespace, more }) => ({ kind: 'NamespaceTransformer', metadata: { name: 'n', namespace }, ...more }));

const transformer = fc
  .oneof(...settings, namespaceTransformer)
  .map((made) => emitYaml({ apiVersion: 'builtin', metadata: { name: 'plugin' }, ...made } as unknown as Json));

const generator = fc
  .record({ kind: fc.constantFrom('ConfigMapGenerator', 'SecretGenerator'), name: names })
  .map(({ kind, name }) =>
    emitYaml({ apiVersion: 'builtin', kind, metadata: { name: `g-${name}` }, literals: ['k=v'] } as unknown as Json),
  );

const strategic = fc
  .record({
    kind: fc.constantFrom(
      ['v1', 'ConfigMap'],
      ['apps/v1', 'Deployment'],
      ['example.org/v1', 'Thing'],
      ['v1', 'Service'],
    ),
    name: names,
    what: fc.constantFrom(
      { metadata: { labels: { app: 'patched', more: 'x' } } },
      { metadata: { annotations: { note: 'patched' } }, data: { k: 'patched' } },
      { spec: { selector: { app: 'patched' }, template: { metadata: { labels: { app: 'patched' } } } } },
      {
        spec: {
          template: {
            spec: {
              containers: [
                { name: 'main', image: 'patched' },
                { name: 'side', image: 'app' },
              ],
            },
          },
        },
      },
      { $patch: 'delete' },
      { spec: null },
    ),
  })
  .map(({ kind: [apiVersion, kind], name, what: { metadata, ...what } }: StrategicParts) => ({
    apiVersion: apiVersion as string,
    kind: kind as string,
    metadata: { name, ...metadata },
    ...what,
  }));
interface StrategicParts {
  readonly kind: readonly string[];
  readonly name: string;
  readonly what: { readonly metadata?: object };
}

const operations = fc.constantFrom(
  [{ op: 'add', path: '/metadata/labels', value: { app: 'json' } }],
  [{ op: 'replace', path: '/metadata/name', value: 'json' }],
  [{ op: 'add', path: '/metadata/annotations', value: { note: 'json' } }],
  [{ op: 'remove', path: '/spec' }],
  [{ op: 'add', path: '/spec/replicas', value: 7 }],
);

const patch = fc.oneof(
  strategic.map((made) => ({ patch: emitYaml(made as unknown as Json) })),
  fc
    .record({
      target: selector,
      made: fc.oneof(strategic, operations),
      options: fc.option(fc.constant({ allowNameChange: true }), { nil: undefined, freq: 6 }),
    })
    .map(({ target, made, options }) => ({
      target,
      patch: emitYaml(made as unknown as Json),
      ...(options && { options }),
    })),
);

/** The files that the fields name. */
export const namedFiles: { readonly [name: string]: string } = {
  'replacement.yaml':
    'source: { kind: ConfigMap, name: a, fieldPath: data.k }\ntargets:\n  - select: { kind: Thing }\n    fieldPaths: [spec.secretName]\n',
  'config.yaml': [
    'nameReference:',
    '  - kind: Secret',
    '    version: v1',
    '    fieldSpecs: [{ kind: Thing, path: spec/secretName }]',
    'varReference: [{ kind: ConfigMap, path: data }]',
    'commonLabels: [{ kind: Thing, path: spec/labels, create: true }]',
    'replicas: [{ kind: Thing, path: spec/replicas, create: true }]',
    'namePrefix: [{ kind: Thing, path: spec/secretName }]',
    '',
  ].join('\n'),
  'transformer.yaml': emitYaml({
    apiVersion: 'builtin',
    kind: 'LabelTransformer',
    metadata: { name: 'file' },
    labels: { from: 'file' },
    fieldSpecs: [{ path: 'metadata/labels', create: true }],
  }),
};

/** The fields of a kustomization that few have. */
export const rareFields: { readonly [field: string]: fc.Arbitrary<unknown> } = {
  replicas: fc.array(fc.record({ name: names, count: fc.nat(3) }), { minLength: 1, maxLength: 2 }),
  replacements: fc.array(fc.oneof(replacement, fc.constant({ path: 'replacement.yaml' })), {
    minLength: 1,
    maxLength: 2,
  }),
  vars: fc.array(
    fc
      .record({
        name: fc.constantFrom('X', 'Y'),
        objref: fc.record({
          apiVersion: fc.constant('v1'),
          kind: fc.constantFrom('ConfigMap', 'Service'),
          name: names,
        }),
        more: optional({ fieldref: fc.record({ fieldpath: paths }) }),
      })
      .map(({ name, objref, more }) => ({ name, objref, ...more })),
    { minLength: 1, maxLength: 2 },
  ),
  configurations: fc.constant(['config.yaml']),
  patches: fc.array(patch, { minLength: 1, maxLength: 2 }),
  transformers: fc.array(fc.oneof(transformer, fc.constant('transformer.yaml')), { minLength: 1, maxLength: 2 }),
  generators: fc.array(generator, { minLength: 1, maxLength: 1 }),
  buildMetadata: fc.subarray(['originAnnotations', 'transformerAnnotations'], { minLength: 1 }),
  sortOptions: fc.constantFrom({ order: 'fifo' }, { order: 'legacy' }),
};

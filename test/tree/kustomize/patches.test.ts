import type { Json, Path } from '../../../lib/json/json';
import { makeBuild } from '../../../lib/tree/kustomize';
import { placeWithin } from '../../../lib/tree/kustomize/origin';
import { locate } from '../../../lib/tree/source';
import { configMap, kustomization, memory, type Texts } from './memory';

const deployment = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  finalizers: [a, b]
spec:
  template:
    spec:
      containers:
        - name: web
          image: web:1
          args: [one, two]
          env:
            - name: A
              value: "1"
            - name: B
              value: "2"
        - name: side
          image: side:1
`;

function build(texts: Texts) {
  const { objects, faults, unresolved } = makeBuild(memory(texts))('');
  return {
    objects,
    unresolved,
    values: objects.map(({ value }) => value),
    faults: faults.map(({ document, path, message, fails }) => {
      const { line } = locate(document, path);
      return `${document.file.path}:${line} ${fails ? 'fails' : 'warns'}: ${message}`;
    }),
    written: (path: Path, index = 0): string => {
      const { value, document, path: way = [] } = objects[index] as (typeof objects)[number];
      const place = placeWithin(value, { document, path: way }, path);
      const { line, column } = locate(place.document, place.path);
      return `${place.document.file.path}:${line}:${column}`;
    },
  };
}

/** A Deployment with a patch in a file of its own. */
function patched(patch: string, ...entry: string[]) {
  const lines = ['patches:', '- path: patch.yaml', ...entry.map((line) => `  ${line}`)];
  return build({
    'kustomization.yaml': kustomization('resources: [web.yaml]', ...lines),
    'web.yaml': deployment,
    'patch.yaml': patch,
  });
}

function at(value: Json | undefined, ...path: Path): Json | undefined {
  return path.reduce<Json | undefined>((of, step) => (of as { [key: string]: Json } | undefined)?.[step], value);
}

const pod: Path = ['spec', 'template', 'spec'];
const web = (lines: string) => `apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: web }\n${lines}\n`;
const inPod = (text: string) => web(`spec: { template: { spec: ${text} } }`);

describe('a strategic-merge patch', () => {
  it('merges lists of built-in kinds by their keys, and what it adds comes first', () => {
    const { values, faults } = patched(
      inPod(
        '{ containers: [{ name: new, image: "new:1" }, { name: web, env: [{ name: B, value: "3" }, { name: C }] }] }',
      ),
    );
    expect(faults).toEqual([]);
    expect(at(values[0], ...pod, 'containers')).toEqual([
      { name: 'new', image: 'new:1' },
      {
        name: 'web',
        image: 'web:1',
        args: ['one', 'two'],
        env: [{ name: 'B', value: '3' }, { name: 'C' }, { name: 'A', value: '1' }],
      },
      { name: 'side', image: 'side:1' },
    ]);
  });

  it('replaces lists that have no key, and merges those of plain texts that Kubernetes merges', () => {
    const { values } = patched(
      web('metadata: { name: web, finalizers: [c, a] }').replace('metadata: { name: web }\n', ''),
    );
    expect(at(values[0], 'metadata', 'finalizers')).toEqual(['c', 'a', 'b']);
    const args = patched(inPod('{ containers: [{ name: web, args: [three] }] }'));
    expect(at(args.values[0], ...pod, 'containers', 0, 'args')).toEqual(['three']);
  });

  it('deletes by null and by $patch, and replaces by $patch', () => {
    const { values } = patched(
      inPod(
        '{ containers: [{ name: side, $patch: delete }, { name: web, image: null, env: [{ $patch: replace }, { name: Z }] }] }',
      ),
    );
    expect(at(values[0], ...pod, 'containers')).toEqual([{ name: 'web', args: ['one', 'two'], env: [{ name: 'Z' }] }]);
    expect(patched(web('$patch: delete')).values).toEqual([]);
  });

  it('keeps directives that kustomize does not know as fields', () => {
    const { values } = patched(web('spec: { $retainKeys: [replicas], replicas: 2 }'));
    expect(Object.keys(at(values[0], 'spec') as object)).toEqual(['template', '$retainKeys', 'replicas']);
  });

  it('replaces no object as a whole, and deletes no label of what a target selects: kustomize does neither', () => {
    const whole = patched(web('$patch: replace\nspec: { replicas: 2 }'));
    expect(whole.values).toEqual(patched(web('spec: {}')).values);
    const labels = patched(
      web('').replace('name: web', 'name: any, labels: { a: null, b: }'),
      'target: { kind: Deployment }',
    );
    expect(at(labels.values[0], 'metadata', 'labels')).toEqual({ a: 'null', b: '' });
  });

  it('replaces the lists of custom resources', () => {
    const object = 'apiVersion: example.org/v1\nkind: Thing\nmetadata: { name: a }\n';
    const { values } = build({
      'kustomization.yaml': kustomization('resources: [a.yaml]', 'patches: [{ path: b.yaml }]'),
      'a.yaml': `${object}spec: { list: [{ name: x }], kept: 1 }\n`,
      'b.yaml': `${object}spec: { list: [{ name: y }] }\n`,
    });
    expect(at(values[0], 'spec')).toEqual({ list: [{ name: 'y' }], kept: 1 });
  });

  it('patches all that a target selects, whatever it is called itself', () => {
    const { values } = build({
      'kustomization.yaml': kustomization(
        'resources: [a.yaml, b.yaml, c.yaml]',
        'patches:',
        '- patch: "{ kind: any, metadata: { name: any }, data: { more: x } }"',
        '  target: { kind: ConfigMap, name: a|b }',
      ),
      'a.yaml': configMap('a'),
      'b.yaml': configMap('b'),
      'c.yaml': configMap('abc'),
    });
    expect(values.map((value) => at(value, 'data'))).toEqual([
      { key: 'value', more: 'x' },
      { key: 'value', more: 'x' },
      { key: 'value' },
    ]);
  });

  it('keeps name and kind, unless it may change them; what refers to the object follows', () => {
    const tree = (options: string): Texts => ({
      'kustomization.yaml': kustomization(
        'resources: [a.yaml]',
        'patches:',
        '- path: b.yaml',
        `  target: { kind: ConfigMap }${options}`,
      ),
      'a.yaml': `${configMap('a')}---\n${web('spec: { template: { spec: { volumes: [{ configMap: { name: a } }] } } }')}`,
      'b.yaml': configMap('b'),
    });
    const used = (value: Json | undefined) => at(value, ...pod, 'volumes', 0, 'configMap', 'name');
    const [kept, user] = build(tree('')).values;
    expect([at(kept, 'metadata', 'name'), used(user)]).toEqual(['a', 'a']);
    const [renamed, follower] = build(tree('\n  options: { allowNameChange: true }')).values;
    expect([at(renamed, 'metadata', 'name'), used(follower)]).toEqual(['b', 'b']);
  });

  it('finds objects by the names that they had before', () => {
    const { values } = build({
      'kustomization.yaml': kustomization('resources: [base]', 'patches: [{ path: patch.yaml }]'),
      'base/kustomization.yaml': kustomization('resources: [a.yaml]', 'namePrefix: dev-'),
      'base/a.yaml': configMap('a'),
      'patch.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\ndata: { key: other }\n',
    });
    expect(values).toEqual([
      { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'dev-a' }, data: { key: 'other' } },
    ]);
  });
});

describe('a JSON patch', () => {
  const operate = (...operations: string[]) =>
    patched(operations.map((operation) => `- { ${operation} }`).join('\n'), 'target: { kind: Deployment }');
  const first = [...pod, 'containers', 0];
  const pointer = '/spec/template/spec/containers/0';

  it('adds, removes, replaces, moves, copies and tests', () => {
    const { values, faults } = operate(
      `op: add, path: ${pointer}/args/1, value: between`,
      `op: add, path: ${pointer}/args/-, value: last`,
      `op: remove, path: ${pointer}/env/0`,
      `op: replace, path: ${pointer}/image, value: "web:2"`,
      `op: copy, from: ${pointer}/env/0, path: ${pointer}/env/-`,
      `op: move, from: /metadata/finalizers/0, path: /metadata/finalizers/-`,
      `op: test, path: ${pointer}/name, value: web`,
    );
    expect(faults).toEqual([]);
    expect(at(values[0], ...first)).toEqual({
      name: 'web',
      image: 'web:2',
      args: ['one', 'between', 'two', 'last'],
      env: [
        { name: 'B', value: '2' },
        { name: 'B', value: '2' },
      ],
    });
    expect(at(values[0], 'metadata', 'finalizers')).toEqual(['b', 'a']);
  });

  it('does what the JSON patch of kustomize does beyond the standard', () => {
    const { values } = operate(
      'op: replace, path: /spec/replicas, value: 3',
      'op: add, path: /metadata/annotations, value: { "a/b": 1 }',
      'op: replace, path: /metadata/annotations/a~1b, value: true',
      `op: remove, path: ${pointer}/args/-1`,
    );
    expect(at(values[0], 'spec', 'replicas')).toBe(3);
    expect(at(values[0], 'metadata', 'annotations')).toEqual({ 'a/b': 'true' });
    expect(at(values[0], ...first, 'args')).toEqual(['one']);
  });

  it('adds an annotation to an object that has none, and changes nothing where it only looks for them', () => {
    const entry = (patch: string) => ({
      'kustomization.yaml': kustomization(
        'resources: [a.yaml]',
        'patches:',
        `- { target: { kind: ConfigMap }, patch: "- {${patch}}" }`,
      ),
      'a.yaml': configMap('a'),
    });
    const added = build(entry('op: add, path: /metadata/annotations/a~1b, value: c'));
    expect(added.faults).toEqual([]);
    expect(at(added.values[0], 'metadata', 'annotations')).toEqual({ 'a/b': 'c' });
    expect(at(build(entry('op: remove, path: /data')).values[0], 'metadata')).toEqual({ name: 'a' });
  });

  test.each([
    ['op: remove, path: /spec/replicas', '/spec/replicas leads to nothing: the object has no replicas there'],
    ['op: add, path: /spec/a/b, value: 1', '/spec/a/b leads to nothing: the object has no a there'],
    [`op: replace, path: ${pointer}/args/2, value: x`, `${pointer}/args/2 leads to nothing: the object has no 2 there`],
    [
      `op: test, path: ${pointer}/name, value: x`,
      `the test fails: the value at ${pointer}/name is not the one that it expects`,
    ],
    ['op: put, path: /spec, value: 1', 'op must be add, remove, replace, move, copy or test'],
  ])('fails the build, where it is written: %s', (operation, message) => {
    expect(operate(operation).faults).toEqual([
      `patch.yaml:1 fails: the patch does not fit Deployment web: ${message}`,
    ]);
  });
});

describe('where a patched value is written', () => {
  it('is the patch that set it, or the object', () => {
    const { written } = patched(
      'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  template:\n    spec:\n      containers:\n        - name: web\n          env:\n            - name: C\n              value: "3"\n',
    );
    const env = [...pod, 'containers', 0, 'env'];
    expect(written([...env, 0, 'value'])).toBe('patch.yaml:12:22');
    expect(written([...env, 1, 'value'])).toBe('web.yaml:15:22');
    expect(written(['metadata', 'name'])).toBe('web.yaml:4:9');
    expect(written([...pod, 'containers', 1, 'image'])).toBe('web.yaml:19:18');
  });

  it('is the line within an inline patch', () => {
    const { written } = build({
      'kustomization.yaml': kustomization(
        'resources: [a.yaml]',
        'patches:',
        '- target: { kind: ConfigMap }',
        '  patch: |',
        '    - op: replace',
        '      path: /data/key',
        '      value: other',
        '- patch: |-',
        '    apiVersion: v1',
        '    kind: ConfigMap',
        '    metadata: { name: a }',
        '    data:',
        '      more: x',
      ),
      'a.yaml': configMap('a'),
    });
    expect(written(['data', 'key'])).toBe('kustomization.yaml:9:14');
    expect(written(['data', 'more'])).toBe('kustomization.yaml:15:13');
    expect(written(['kind'])).toBe('a.yaml:2:7');
  });
});

describe('a patch that is wrong', () => {
  const entries = (...lines: string[]) =>
    build({
      'kustomization.yaml': kustomization('resources: [a.yaml]', 'patches:', ...lines),
      'a.yaml': configMap('a'),
    });

  test.each([
    [
      '- patch: "a: b"',
      'fails: the patch is neither an object with kind and metadata.name nor a list of operations; write one of them',
    ],
    ['- patch: "- { op: remove, path: /data }"', 'fails: a patch that is a list of operations must have a target'],
    ['- patch: "a: ["', 'fails: the patch cannot be read: '],
    ['- path: none.yaml', 'fails: none.yaml does not exist; add it, or correct the entry'],
    ['- path: ../../none.yaml', 'fails: ../../none.yaml lies outside the source; move it into the source'],
    ['- target: { kind: ConfigMap }', 'fails: the patch must have one of patch and path'],
    [
      '- { patch: "- {op: remove, path: /x}", target: { name: "[" } }',
      'fails: "[" in the target is not a regular expression of Go; correct it',
    ],
    [
      '- { patch: "- {op: remove, path: /x}", target: { labelSelector: "a b" } }',
      'fails: "a b" in the target is not a label selector; write it as in app=web,tier in (a,b),!canary',
    ],
    [
      '- { patch: "- {op: remove, path: /x}", target: { kind: Job } }',
      'warns: the patch changes nothing: no object here matches {kind: Job}; there is no Job at all',
    ],
    [
      '- { patch: "{kind: Job, apiVersion: batch/v1, metadata: {name: j}}" }',
      'fails: the patch fails the build: there is no Job j (batch/v1) here; there is no Job at all',
    ],
    [
      '- { patch: "{kind: ConfigMap, apiVersion: v1, metadata: {name: a}, data: [1]}" }',
      'fails: the patch does not fit ConfigMap a: data is a list, and what it patches is a map',
    ],
    [
      '- { patch: "{kind: ConfigMap, apiVersion: v1, metadata: {name: a}, data: {$patch: drop}}" }',
      'fails: the patch does not fit ConfigMap a: data says $patch: drop; it must be delete, replace or merge',
    ],
  ])('%s', (entry, message) => {
    const { faults } = entries(entry);
    expect(faults).toHaveLength(1);
    expect(faults[0]).toContain(`kustomization.yaml:5 ${message}`);
  });

  it('is not known when it is fetched: what it may change is uncertain', () => {
    const { objects, unresolved, faults } = entries(
      '- path: https://example.org/patch.yaml',
      '  target: { kind: ConfigMap }',
    );
    expect(faults).toEqual([]);
    expect(objects.map(({ uncertain }) => uncertain)).toEqual([true]);
    expect(unresolved.map(({ what }) => what)).toEqual(['https://example.org/patch.yaml is fetched when Flux builds']);
  });
});

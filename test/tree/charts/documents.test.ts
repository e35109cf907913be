import { readObjects } from '../../../lib/tree/charts/documents';

const namesOf = (output: string) => {
  const made = readObjects(output);
  if ('type' in made) return made;
  return made.map(({ value, template, hooks }) => [template, (value.metadata as { name: string }).name, ...hooks]);
};

const configMap = (name: string, annotations = '{}') =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: ${name}, annotations: ${annotations} }\n`;

test('objects are those of each file, without empty documents, and with the items of Lists', () => {
  const list = `apiVersion: v1\nkind: List\nitems:\n- { apiVersion: v1, kind: Secret, metadata: { name: c } }\n`;
  const output = [
    `---\n# Source: web/templates/b.yaml\n${configMap('b')}`,
    `---\n# Source: web/charts/redis/templates/a.yaml\n# a comment\n${configMap('a')}`,
    '---\n# Source: web/templates/empty.yaml\n# nothing\n',
    `---\n# Source: web/templates/list.yaml\n${list}`,
  ].join('');
  expect(namesOf(output)).toEqual([
    ['charts/redis/templates/a.yaml', 'a'],
    ['templates/b.yaml', 'b'],
    ['templates/list.yaml', 'c'],
  ]);
});

test('the order of what helm prints does not matter', () => {
  const parts = ['b', 'a', 'c'].map((name) => `---\n# Source: web/templates/all.yaml\n${configMap(name)}`);
  expect(readObjects(parts.join(''))).toEqual(readObjects(parts.reverse().join('')));
});

test('texts are read as kustomize reads them', () => {
  const data = '{ a: on, b: 0644, c: 1e3, d: 2026-01-02, e: "8080", f: ~ }';
  const made = readObjects(
    `---\n# Source: web/templates/a.yaml\napiVersion: v1\nkind: A\nmetadata: {}\ndata: ${data}\n`,
  );
  expect(made).toMatchObject([{ value: { data: { a: 'on', b: 420, c: 1000, e: '8080', f: null } } }]);
});

test('of crds/ only definitions are taken, and a key twice in one is no matter', () => {
  const definition =
    'apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: { name: a, name: b }\n';
  expect(namesOf(`---\n# Source: web/crds/a.yaml\n${definition}---\n${configMap('c')}`)).toEqual([
    ['crds/a.yaml', 'b'],
  ]);
});

test('hooks are those of the annotation', () => {
  const output = `---\n# Source: web/templates/a.yaml\n${configMap('a', '{ helm.sh/hook: "pre-install, Post-Upgrade" }')}`;
  expect(namesOf(output)).toEqual([['templates/a.yaml', 'a', 'pre-install', 'post-upgrade']]);
});

test.each([
  ['a: 1', 'it makes an object without apiVersion'],
  ['- a', 'it makes a document that is no object'],
  ['apiVersion: v1\nkind: List\nitems: [{ kind: A }]', 'it makes an object without apiVersion'],
])('%s is no object', (text, message) => {
  expect(readObjects(`---\n# Source: web/templates/a.yaml\n${text}\n`)).toEqual({
    type: 'failed',
    template: 'templates/a.yaml',
    message,
  });
});

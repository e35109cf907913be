import { type Variable, type VariableSource, variablesOf } from '../../../lib/graph/substitution';
import type { JsonObject } from '../../../lib/json/json';

const data = (values: { readonly [key: string]: unknown }, complete = true): VariableSource => {
  return { state: 'found', data: new Map(Object.entries(values)), complete };
};

/** The ConfigMaps and Secrets of the tree; `outside` may exist or not, and no other does. */
const sources: { readonly [name: string]: VariableSource } = {
  'ConfigMap/one': data({ A: 'one', B: 'one' }),
  'ConfigMap/two': data({ B: 'two', C: 'two' }),
  'ConfigMap/empty': data({}),
  'ConfigMap/pem': data({ CERT: 'BEGIN\nMII\nEND\n', LINE: 'x\n' }),
  'ConfigMap/dotted': data({ 'app.yaml': 'x' }),
  'Secret/hidden': data({ A: undefined }),
  'Secret/partial': data({ C: 'partial' }, false),
  'Secret/outside': { state: 'unknown' },
};
const lookup = (kind: string, name: string): VariableSource => sources[`${kind}/${name}`] ?? { state: 'absent' };

const of = (postBuild: JsonObject) => variablesOf({ postBuild }, lookup);
const from = (...names: string[]) => ({
  substituteFrom: names.map((name) => ({ kind: name.split('/')[0] ?? '', name: name.split('/')[1] ?? '' })),
});
const known = (value: string): Variable => ({ state: 'known', value });

test('inline variables come before others, and later ones before earlier', () => {
  const variables = of({ substitute: { A: 'inline' }, ...from('ConfigMap/one', 'ConfigMap/two') });
  expect(['A', 'B', 'C', 'D'].map((name) => variables.of(name))).toEqual([
    known('inline'),
    known('two'),
    known('two'),
    { state: 'absent' },
  ]);
  expect(variables).toMatchObject({ substitutes: 'always', faults: [] });
});

test('what an object not known may say comes before what earlier ones say', () => {
  const variables = of({ substitute: { X: 'x' }, ...from('ConfigMap/one', 'Secret/outside', 'Secret/hidden') });
  expect(['X', 'A', 'B', 'D'].map((name) => variables.of(name))).toEqual([
    known('x'),
    { state: 'unknown' },
    { state: 'unknown' },
    { state: 'perhaps' },
  ]);
  const partial = of(from('Secret/partial', 'ConfigMap/one'));
  expect(['A', 'C', 'D'].map((name) => partial.of(name))).toEqual([
    known('one'),
    known('partial'),
    { state: 'perhaps' },
  ]);
});

test.each<[string, JsonObject, string]>([
  ['nothing is said', {}, 'never'],
  ['the map is empty', { substitute: {} }, 'never'],
  ['the object is empty', from('ConfigMap/empty'), 'never'],
  ['the optional object is not there', { substituteFrom: [{ kind: 'Secret', name: 'no', optional: true }] }, 'never'],
  ['the object is not known', from('Secret/outside'), 'perhaps'],
  ['one variable is there', { substitute: { A: '' } }, 'always'],
  ['the strategy is WithVariables', { substituteStrategy: 'WithVariables' }, 'never'],
  ['the strategy is Always', { substituteStrategy: 'Always' }, 'always'],
])('whether Flux substitutes when %s: %#', (_, postBuild, substitutes) => {
  expect(of(postBuild)).toMatchObject({ substitutes, faults: [] });
});

test('without postBuild there are no variables', () => {
  expect(variablesOf({}, lookup)).toMatchObject({ substitutes: 'never', faults: [] });
});

test('line feeds are taken out of values, and it is reported where that joins lines', () => {
  const variables = of({ substitute: { KEY: 'a\nb\n', ONE: 'c\n' }, ...from('ConfigMap/pem') });
  expect(['KEY', 'ONE', 'CERT', 'LINE'].map((name) => variables.of(name))).toEqual([
    known('ab'),
    known('c'),
    known('BEGINMIIEND'),
    known('x'),
  ]);
  expect(variables.faults).toEqual([
    {
      kind: 'joined-lines',
      path: ['spec', 'postBuild', 'substitute', 'KEY'],
      inKey: false,
      variable: 'KEY',
      expression: 'KEY',
    },
    {
      kind: 'joined-lines',
      path: ['spec', 'postBuild', 'substituteFrom', 0],
      inKey: false,
      variable: 'CERT',
      expression: 'ConfigMap/pem',
    },
  ]);
});

test('what makes Flux fail, or Kubernetes refuse the Kustomization', () => {
  const { faults } = of({
    substitute: { 'a-b': 'x', N: 3, '1A': '', ok_1: '' },
    substituteFrom: [
      { kind: 'ConfigMap', name: 'dotted' },
      { kind: 'ConfigMap', name: 'gone' },
      { kind: 'ConfigMap', name: 'gone', optional: true },
      { kind: 'Deployment', name: 'x' },
      'text',
    ],
  });
  expect(faults).toEqual([
    {
      kind: 'invalid-name',
      path: ['spec', 'postBuild', 'substitute', 'a-b'],
      inKey: true,
      variable: 'a-b',
      expression: 'a-b',
    },
    {
      kind: 'not-a-string',
      path: ['spec', 'postBuild', 'substitute', 'N'],
      inKey: false,
      variable: 'N',
      expression: '3',
    },
    {
      kind: 'invalid-name',
      path: ['spec', 'postBuild', 'substitute', '1A'],
      inKey: true,
      variable: '1A',
      expression: '1A',
    },
    {
      kind: 'invalid-name',
      path: ['spec', 'postBuild', 'substituteFrom', 0],
      inKey: false,
      variable: 'app.yaml',
      expression: 'ConfigMap/dotted',
    },
    {
      kind: 'missing-object',
      path: ['spec', 'postBuild', 'substituteFrom', 1, 'name'],
      inKey: false,
      expression: 'ConfigMap/gone',
    },
    {
      kind: 'invalid-reference',
      path: ['spec', 'postBuild', 'substituteFrom', 3],
      inKey: false,
      expression: '{"kind":"Deployment","name":"x"}',
    },
    { kind: 'invalid-reference', path: ['spec', 'postBuild', 'substituteFrom', 4], inKey: false, expression: '"text"' },
  ]);
});

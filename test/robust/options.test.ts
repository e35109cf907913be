import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { readConfig } from '../../lib/cli/config';
import { temporaryFolder } from '../repository';
import { configMap } from '../tree/kustomize/memory';
import { checkEnds, write } from './command';

const cwd = write(temporaryFolder(), { 'tree/a.yaml': configMap('a', 'x') });

/** What the command says of an option that it cannot take. */
function refusal(...args: string[]): string {
  const { code, said } = checkEnds(cwd, ['tree', ...args]);
  expect({ args, code, said }).toMatchObject({ code: 2 });
  return said;
}

it('names the option that it does not take, and what it takes', () => {
  expect(refusal('--format', 'xml')).toContain('--format "xml": it must be one of pretty, json');
  expect(refusal('--fail-on', 'all')).toContain('--fail-on "all"');
  expect(refusal('--only', 'nothing')).toContain('--only "nothing": there is no such rule');
  expect(refusal('--only', '__proto__')).toContain('there is no such rule');
  expect(refusal('--nope')).toContain("Unknown option '--nope'");
  expect(refusal('--rev')).toContain("'--rev <value>' argument missing");
  expect(refusal('other')).toContain('unexpected "other"');
});

it.each([
  ['a.json', '{', 'cannot be read'],
  ['a.yaml', 'a: [\n', 'cannot be read'],
  ['deep.yaml', '['.repeat(100_000), 'cannot be read'],
  ['list.json', '[]', 'must be (or export as default) an object'],
  ['key.json', '{ "nope": 1 }', 'there is no setting "nope"'],
  ['prototype.json', '{ "__proto__": { "failOn": "never" } }', 'there is no setting "__proto__"'],
  ['rules.json', '{ "rules": { "a/b": "off" } }', '"a/b" is none'],
  ['severity.json', '{ "rules": { "tree/syntax": 5 } }', 'rules must be'],
  ['level.json', '{ "failOn": [] }', 'failOn must be'],
  ['folders.json', '{ "schemas": "a" }', 'schemas must be a list'],
  ['external.json', '{ "external": [null] }', 'external must be a list'],
])('says what is wrong with the configuration %s', async (name, text, message) => {
  write(cwd, { [name]: text });
  await expect(readConfig(join(cwd, name), cwd, ['tree/syntax'])).rejects.toThrow(message);
});

it.each([
  ['gone.json', '{ "schemas": ["gone"] }', 'there is no such folder'],
  ['throws.mjs', 'throw new Error("my fault")', 'my fault'],
  ['null.mjs', 'throw null', 'cannot be read'],
  ['function.mjs', 'export default () => ({})', 'an object'],
  ['types.ts', 'export default {', 'cannot be read'],
  ['exits.mjs', 'process.exit(0)', 'ended the process'],
  ['waits.mjs', 'await new Promise(() => {})', 'ended the process'],
  ['getter.cjs', 'module.exports = { get rules() { throw new Error("my fault") } }', 'my fault'],
  ['later.mjs', 'Promise.reject(new Error("my fault")); export default {}', 'my fault'],
  ['timer.mjs', 'setTimeout(() => { throw new Error("my fault") }, 1); export default {}', 'my fault'],
])('ends where the configuration %s does what it should not', (name, text, message) => {
  write(cwd, { [name]: text });
  expect(refusal('--config', name)).toContain(message);
});

it('says that there is no such configuration, or that it is a folder', () => {
  mkdirSync(join(cwd, 'folder.json'));
  expect(refusal('--config', 'missing.json')).toContain('missing.json does not exist');
  expect(refusal('--config', 'folder.json')).toContain('folder.json cannot be read');
});

it('takes many stars in the names of what is elsewhere', () => {
  write(cwd, { 'stars.json': JSON.stringify({ external: [`Namespace/${'*x'.repeat(50)}b`] }) });
  expect(checkEnds(cwd, ['tree', '--config', 'stars.json'])).toMatchObject({ code: 0 });
});

it('refuses folders of schemas that are not there, or hold none', () => {
  mkdirSync(join(cwd, 'empty'));
  write(cwd, {
    'broken/a.yaml': 'a: [\n',
    'broken/example.com/thing_v1.json': '{',
    'deep/example.com/thing_v1.json': `${'{"properties":{"a":'.repeat(3000)}{}${'}}'.repeat(3000)}`,
    'noise/a.yaml': Buffer.from([0xff, 0xfe, 0]),
  });
  expect(refusal('--schemas', 'gone')).toContain('--schemas gone: there is no such folder');
  expect(refusal('--schemas', 'tree/a.yaml')).toContain('there is no such folder');
  for (const folder of ['empty', 'broken', 'deep', 'noise']) {
    expect(refusal('--schemas', folder)).toContain('it holds no schemas');
  }
});

it('takes schemas that lead in circles, or make no sense', () => {
  const circle = {
    properties: { spec: { $ref: '#/definitions/a' } },
    definitions: { a: { allOf: [{ $ref: '#/definitions/a' }], properties: { x: { $ref: '#/definitions/b' } } }, b: 5 },
  };
  const nonsense = { type: 5, properties: [], items: 3, allOf: {}, required: 'x', enum: {}, pattern: {} };
  write(cwd, {
    'odd/example.com/thing_v1.json': JSON.stringify(circle),
    'odd/example.com/other_v1.json': JSON.stringify(nonsense),
    'things/a.yaml':
      'apiVersion: example.com/v1\nkind: Thing\nmetadata: { name: a, namespace: x }\nspec: { x: { x: 1 } }\n',
    'things/b.yaml': 'apiVersion: example.com/v1\nkind: Other\nmetadata: { name: a, namespace: x }\nspec: [1]\n',
  });
  expect(checkEnds(cwd, ['things', '--schemas', 'odd']).said).toContain('2 files');
});

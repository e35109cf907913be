import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import { ruleIds } from '../../lib/checks/rules';
import { readConfig } from '../../lib/cli/config';
import { compile } from '../constructs/compile';
import { repository, temporaryFolder } from '../repository';

/** What espalier.config.json may say, by each of those who judge it: the schema, the command, the compiler. */
const folder = temporaryFolder();
const schema = JSON.parse(readFileSync(join(repository, 'espalier.schema.json'), 'utf8'));
const accepts = new Ajv({ strict: false }).compile(schema);

async function commandAccepts(text: string): Promise<boolean> {
  writeFileSync(join(folder, 'espalier.config.json'), text);
  return readConfig(undefined, folder, undefined).then(
    () => true,
    () => false,
  );
}

const right = [
  {},
  { rules: { 'eso/two-owners': 'off', 'schema/type': { severity: 'warning' } } },
  { rules: { 'flux/no-retry-interval': { options: { interval: '5m' } } } },
  { ruleSets: ['pod-security'] },
  { failOn: 'never' },
  { schemas: ['schemas'], kubernetes: '1.34', baseline: 'espalier.baseline' },
  { charts: true },
  { charts: { hosts: ['registry.local:5000'] } },
  { external: ['Secret/flux-system/sops-age', 'Namespace/monitoring'] },
];
const wrong = [
  { rule: {} },
  { rules: { 'eso/two-owners': 'loud' } },
  { rules: [] },
  { ruleSets: ['pod'] },
  { failOn: 'sometimes' },
  { failOn: 'info' },
  { schemas: 'schemas' },
  { kubernetes: 1.3 },
  { charts: 'yes' },
  { charts: { host: [] } },
  { external: [1] },
  { baseline: true },
];
/** What a type does not say. */
const wrongForms = [{ external: ['sops-age'] }, { baseline: '' }];

test.each(right.map((config) => JSON.stringify(config)))('%s is right to schema and command', async (text) => {
  expect([accepts(JSON.parse(text)), await commandAccepts(text)]).toEqual([true, true]);
});

test.each([...wrong, ...wrongForms].map((config) => JSON.stringify(config)))(
  '%s is wrong to schema and command',
  async (text) => {
    expect([accepts(JSON.parse(text)), await commandAccepts(text)]).toEqual([false, false]);
  },
);

test('the compiler says the same of defineConfig', () => {
  const line = (config: object) => `defineConfig(${JSON.stringify(config)});`;
  const lines = ["import { defineConfig } from 'cdk8s-espalier/config';", ...[...right, ...wrong].map(line)];
  const faulty = compile(lines).map((said) => Number(said.split(':')[0]));
  expect([...new Set(faulty)]).toEqual(wrong.map((_, i) => 2 + right.length + i));
});

test('an editor may be told of it: $schema is no setting', async () => {
  const text = '{ "$schema": "./node_modules/cdk8s-espalier/espalier.schema.json", "failOn": "warning" }';
  expect([accepts(JSON.parse(text)), await commandAccepts(text)]).toEqual([true, true]);
});

test('it completes every rule', () => {
  expect(Object.keys(schema.properties.rules.properties)).toEqual([...ruleIds].sort());
});

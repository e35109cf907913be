import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readPack } from '../../lib/graph/schema/pack';
import { providers } from '../../lib/systems/external-secrets/providers';
import { typesIn } from '../../scripts/import/types';
import { repository } from '../repository';

const imports = join(repository, 'imports');
const pack = readPack(readFileSync(join(imports, 'schemas.br')));

test('files of types alone say what the definitions say that the checker knows', () => {
  const types = typesIn(pack);
  expect([...types.keys()]).toEqual(['external-secrets/store-providers.ts']);
  for (const [file, text] of types) expect(readFileSync(join(imports, file), 'utf8')).toBe(text);
});

test('the table of providers has all of the definitions, and no others', () => {
  const text = readFileSync(join(imports, 'external-secrets/store-providers.ts'), 'utf8');
  const [, body = ''] = text.split('export interface SecretStoreProviders {');
  const defined = [...body.matchAll(/^ {2}readonly (\w+)\?:/gm)].map(([, name]) => name);
  expect(defined.length).toBe(43);
  expect([...new Set(Object.keys(providers).map((name) => name.split('/')[0]))]).toEqual(defined);
});

test('references to Secrets and service accounts are told from other objects by their fields, a CA by its name', () => {
  const text = readFileSync(join(imports, 'external-secrets/store-providers.ts'), 'utf8');
  const fields = (type: string) =>
    [...text.matchAll(new RegExp(`readonly (\\w+)\\??: ${type};`, 'g'))].map(([, name]) => name);
  expect(fields('SecretKeySelector').length).toBe(125);
  expect(fields('SecretKeySelector')).not.toContain('key');
  expect(fields('ServiceAccountSelector')).not.toContain('name');
  expect(new Set(fields('AuthoritySelector'))).toEqual(new Set(['caProvider']));
});

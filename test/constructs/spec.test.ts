import { readFileSync } from 'node:fs';
import path from 'node:path';
import { apiNames } from '../../lib/constructs/spec';

const files = ['cluster-secret-store', 'secret-store', 'external-secret', 'push-secret', 'password', 'http-route'];
const all = [
  ...files,
  'oci-repository',
  'cnpg-cluster',
  'cnpg-object-store',
  'cnpg-scheduled-backup',
  'cluster-generator',
];

test('the table has each name that imports/ changes, and none that the API has, too', () => {
  const renamed = new Map<string, string>();
  const same = new Set<string>();
  for (const file of all) {
    const text = readFileSync(path.join(__dirname, `../../imports/${file}.ts`), 'utf8');
    for (const [, name = '', written = ''] of text.matchAll(/obj\.(\w+)\b.*result\['([^']+)'\] = value/g)) {
      if (name === written) same.add(name);
      else renamed.set(name, written);
    }
  }
  expect(Object.entries(apiNames).sort()).toEqual([...renamed].sort());
  expect([...renamed.keys()].filter((name) => same.has(name))).toEqual([]);
});

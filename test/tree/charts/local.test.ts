import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readLocalChart } from '../../../lib/tree/charts/local';
import { packChart, sha256 } from '../../../lib/tree/charts/pack';
import { temporaryFolder } from '../../repository';

const root = temporaryFolder();
const bytes = (files: Readonly<Record<string, string>>) =>
  new Map<string, Uint8Array>(Object.entries(files).map(([path, text]) => [path, Buffer.from(text)]));

const subchart = packChart('db', bytes({ 'Chart.yaml': 'name: db\nversion: 0.1.0\n', 'values.yaml': 'size: 1\n' }));
const packed = { '.helmignore': 'schemas/\n', 'Chart.yaml': 'name: shop\nversion: 1.0.0\n', 'values.yaml': 'a: 1\n' };

test('a folder: all its files, subcharts unpacked, and the digest of what Helm packs', () => {
  const folder = join(root, 'shop');
  const files = { ...packed, 'schemas/a.json': '{}', '.git/config': '' };
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  mkdirSync(join(folder, 'charts'));
  writeFileSync(join(folder, 'charts', 'db-0.1.0.tgz'), subchart);
  symlinkSync('/etc/hostname', join(folder, 'link'));
  const { files: read, ...chart } = readLocalChart(folder);
  expect(chart).toEqual({
    name: 'shop',
    version: '1.0.0',
    metadata: { name: 'shop', version: '1.0.0' },
    digest: sha256(packChart('shop', bytes(packed).set('charts/db-0.1.0.tgz', subchart))),
  });
  expect([...read].sort()).toEqual([
    ['.helmignore', 'schemas/\n'],
    ['Chart.yaml', 'name: shop\nversion: 1.0.0\n'],
    ['charts/db/Chart.yaml', 'name: db\nversion: 0.1.0\n'],
    ['charts/db/values.yaml', 'size: 1\n'],
    ['schemas/a.json', '{}'],
    ['values.yaml', 'a: 1\n'],
  ]);
});

test('an archive: its files and its digest', () => {
  const archive = join(root, 'shop.tgz');
  const content = packChart('shop', bytes(packed));
  writeFileSync(archive, content);
  const { files, digest } = readLocalChart(archive);
  expect([...files.keys()]).toEqual(['.helmignore', 'Chart.yaml', 'values.yaml']);
  expect(digest).toBe(sha256(content));
});

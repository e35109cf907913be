import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { archiveOf } from '../../../lib/cli/init/archive';
import { temporaryFolder } from '../../repository';

const folder = temporaryFolder();

test.each([
  ['file:../archives/espalier-0.1.0.tgz', join(folder, 'archives', 'espalier-0.1.0.tgz')],
  ['https://registry.example.org/espalier-0.1.0.tgz', undefined],
  [undefined, undefined],
])('npm has noted %j: the archive is %j', (resolved, archive) => {
  const packages = join(folder, 'project', 'node_modules');
  mkdirSync(packages, { recursive: true });
  const lock = { packages: { 'node_modules/cdk8s-espalier': { version: '0.1.0', resolved } } };
  writeFileSync(join(packages, '.package-lock.json'), JSON.stringify(lock));
  expect(archiveOf(join(packages, 'cdk8s-espalier', 'package.json'))).toBe(archive);
});

test('without a note of npm there is no archive', () => {
  expect(archiveOf(join(dirname(folder), 'nowhere', 'cdk8s-espalier', 'package.json'))).toBeUndefined();
});

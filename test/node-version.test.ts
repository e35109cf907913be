import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { repository, run, temporaryFolder } from './repository';

const folder = temporaryFolder();

/** What a script says on a Node that calls itself so. */
function on(version: string, ...args: string[]) {
  const fake = join(folder, 'fake.cjs');
  writeFileSync(fake, `Object.defineProperty(process, 'versions', { value: { node: '${version}' } });`);
  const { code, stderr } = run(process.execPath, ['--require', fake, ...args.map((arg) => join(repository, arg))]);
  return { code, stderr };
}

test.each([
  ['npm start', 'scripts/espalier.mjs'],
  ['npm test, npm pack', 'scripts/install.cjs'],
  ['the packed command', 'bin/espalier.js'],
])('%s says in one sentence that Node is too old', (_, script) => {
  expect(on('18.20.4', script)).toEqual({ code: 2, stderr: 'error: espalier needs Node ≥ 20.19, this is 18.20.\n' });
});

test.each([
  ['12.22.12', '20.19', '12.22'],
  ['20.18.3', '20.19', '20.18'],
  ['21.7.0', '22.12', '21.7'],
  ['22.11.0', '22.12', '22.11'],
])('Node %s is too old', (version, needed, said) => {
  expect(on(version, 'bin/node-version.js').stderr).toBe(`error: espalier needs Node ≥ ${needed}, this is ${said}.\n`);
});

test.each(['20.19.0', '20.20.2', '22.12.0', '24.0.0'])('Node %s is not', (version) => {
  expect(on(version, 'bin/node-version.js')).toEqual({ code: 0, stderr: '' });
});

test('npm is told the same', () => {
  const { engines } = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8'));
  expect(engines).toEqual({ node: '^20.19.0 || >=22.12.0' });
});

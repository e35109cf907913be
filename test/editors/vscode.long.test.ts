import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { command, has, repository, run, temporaryFolder } from '../repository';

const folder = temporaryFolder();
const extension = join(repository, 'editors', 'vscode');

beforeAll(() => {
  expect(run(process.execPath, ['build.mjs'], { cwd: extension })).toMatchObject({ code: 0, stderr: '' });
});

test('the bundled extension starts the server in a folder that Flux reads, and is told what is wrong', () => {
  const tree = join(folder, 'tree');
  cpSync(join(repository, 'test/checks/rules/secrets/missing-key/flagged'), tree, { recursive: true });
  const stub = join(__dirname, 'vscode.cjs');
  const { code, stdout, stderr } = run(process.execPath, [
    stub,
    join(extension, 'dist/extension.js'),
    tree,
    command,
    '90',
  ]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const { file, found } = JSON.parse(stdout) as { file: string; found: { rule: string }[] };
  expect(file).toMatch(/^app\/.*\.yaml$/);
  expect(new Set(found.map(({ rule }) => rule))).toEqual(new Set(['secrets/missing-key']));
});

test('where nothing is installed it says how to install it', () => {
  const tree = join(folder, 'bare');
  cpSync(join(repository, 'test/checks/rules/secrets/missing-key/flagged'), tree, { recursive: true });
  const stub = join(__dirname, 'vscode.cjs');
  const args = [stub, join(extension, 'dist/extension.js'), tree, join(tree, 'espalier'), '90'];
  expect(run(process.execPath, args)).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('`npm install --save-dev cdk8s-espalier`'),
  });
});

(has('vsce') ? test : test.skip)('vsce packages it, with the bundle and what people read', () => {
  const vsix = join(folder, 'espalier.vsix');
  const args = ['package', '--no-dependencies', '--allow-missing-repository', '--out', vsix];
  expect(run('vsce', args, { cwd: extension })).toMatchObject({ code: 0 });
  const listed = run('vsce', ['ls', '--no-dependencies'], { cwd: extension }).stdout.trim().split(/\s+/);
  expect(listed.sort()).toEqual(['LICENSE', 'README.md', 'dist/extension.js', 'package.json']);
  expect(readFileSync(vsix).subarray(0, 2).toString()).toBe('PK');
});

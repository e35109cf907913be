import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeFiles } from '../../../lib/cli/init/write-files';
import { folderMaker } from './trees';

const folderWith = folderMaker();

test('writes files and the folders that they need', () => {
  const folder = folderWith({ 'package.json': '{}' });
  writeFiles(folder, [
    { path: 'package.json', before: '{}', after: '{ "private": true }' },
    { path: '.github/workflows/espalier.yaml', before: undefined, after: 'name: espalier\n' },
  ]);
  expect(readFileSync(join(folder, 'package.json'), 'utf8')).toBe('{ "private": true }');
  expect(readFileSync(join(folder, '.github/workflows/espalier.yaml'), 'utf8')).toBe('name: espalier\n');
});

test('where one cannot be written, none is, whichever of them it is', () => {
  const folder = folderWith({ 'package.json': '{}' });
  // A folder that has come into the way of the last.
  mkdirSync(join(folder, 'tsconfig.json'));
  const changes = [
    { path: 'package.json', before: '{}', after: '{ "private": true }' },
    { path: 'a/b/main.ts', before: undefined, after: '' },
    { path: 'tsconfig.json', before: undefined, after: '{}' },
  ];
  expect(() => writeFiles(folder, changes)).toThrow(/^The files cannot be written \(.+\); nothing has changed\./);
  expect(readdirSync(folder).sort()).toEqual(['package.json', 'tsconfig.json']);
  expect(readFileSync(join(folder, 'package.json'), 'utf8')).toBe('{}');
});

test("what a killed run has left is in nobody's way", () => {
  const folder = folderWith({});
  writeFileSync(join(folder, 'main.ts.espalier-new'), 'half');
  writeFiles(folder, [{ path: 'main.ts', before: undefined, after: 'all' }]);
  expect(readFileSync(join(folder, 'main.ts'), 'utf8')).toBe('all');
  expect(existsSync(join(folder, 'main.ts.espalier-new'))).toBe(false);
});

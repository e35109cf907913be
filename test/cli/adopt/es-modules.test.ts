import { join } from 'node:path';
import { isOfModules } from '../../../lib/cli/adopt/es-modules';
import { repositoryWith } from './repository';

test('files belong to ES modules where the nearest package.json says so', () => {
  const cwd = repositoryWith({ 'package.json': '{ "type": "module" }\n', 'a/b/package.json': '{}\n' });
  expect(['', 'a', 'a/b'].map((folder) => isOfModules(join(cwd, folder), cwd))).toEqual([true, true, false]);
  expect(isOfModules(join(cwd, 'a'), join(cwd, 'a'))).toBe(false);
});

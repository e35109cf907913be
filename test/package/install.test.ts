import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from '../repository';

const json = (...path: string[]) => JSON.parse(readFileSync(join(repository, ...path), 'utf8'));

test('npm start runs TypeScript with the versions that the tests run it with', () => {
  const { dependencies } = json('scripts', 'package.json');
  const { devDependencies } = json('package.json');
  expect(Object.keys(dependencies)).toEqual(['esbuild', 'tsx']);
  const [own, all] = [json('scripts', 'package-lock.json'), json('package-lock.json')].map(({ packages }) => packages);
  for (const name of Object.keys(dependencies)) {
    const path = `node_modules/${name}`;
    expect([dependencies[name], own[path].version]).toEqual([devDependencies[name], all[path].version]);
  }
});

test('an install of all but the tools has what an app imports', () => {
  const { packages } = json('package-lock.json');
  for (const name of ['cdk8s', 'cdk8s-plus-28', 'constructs']) {
    expect({ name, dev: packages[`node_modules/${name}`].dev }).toEqual({ name, dev: undefined });
  }
});

test('npm ci runs no script of ours but prepare: `dependencies`, for one, is run by npm after each', () => {
  const run = ['preinstall', 'install', 'postinstall', 'prepublish', 'preprepare', 'postprepare', 'dependencies'];
  const { scripts } = json('package.json');
  expect(run.filter((name) => name in scripts)).toEqual([]);
});

import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { repository } from '../repository';
import type { Texts } from '../tree/kustomize/memory';

/** The trees that are committed here, by what they are called. */
export function committedTrees(): ReadonlyMap<string, Texts> {
  const rules = join(repository, 'test', 'checks', 'rules');
  const fixtures = readdirSync(rules, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isDirectory() && /^(?:flagged|clean)[\w-]*$/.test(entry.name))
    .map(({ parentPath, name }) => join(parentPath, name));
  const trees = ['dist', 'examples/fleet/dist', 'test/checks/trees/by-hand'].map((path) => join(repository, path));
  return new Map([...trees, ...fixtures.sort()].map((folder) => [relative(repository, folder), textsBelow(folder)]));
}

function textsBelow(folder: string): Texts {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = files.map(({ parentPath, name }) => relative(folder, join(parentPath, name))).sort();
  return Object.fromEntries(paths.map((path) => [path, readFileSync(join(folder, path), 'utf8')]));
}

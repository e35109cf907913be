import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Result } from '../../lib/checks/finding';
import { makeBuild } from '../../lib/tree/kustomize';
import { memory } from '../tree/kustomize/memory';
import { checkTree } from './check-tree';

/**
 * A home cluster as many are: app-template and other charts, External Secrets, SOPS, generators, a database, copies of certificates,
 * and things beside them that make objects nobody sees. Each name of a Secret or ConfigMap and each key that something reads stands in
 * «»; a key of which the tree cannot tell whether it is there begins with ?.
 */
const folder = join(__dirname, 'home-cluster');
const texts = new Map(
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .map((path) => [path.slice(folder.length + 1), readFileSync(path, 'utf8')]),
);

const mark = /«\??([^»]*)»/g;

/** Checks the tree, with one of its references broken. */
function check(broken?: { readonly file: string; readonly at: number }): Result {
  const written = [...texts].map(([file, text]) => {
    const named = text.replace(mark, (_, name: string, at: number) => {
      return broken?.file === file && broken.at === at ? 'zz-unlike-any-other' : name;
    });
    return [file, named] as const;
  });
  const source = memory(Object.fromEntries(written));
  return checkTree(source, makeBuild(source));
}

const references = [...texts].flatMap(([file, text]) =>
  [...text.matchAll(mark)].map((found) => ({
    file,
    at: found.index,
    line: text.slice(0, found.index).split('\n').length,
    name: found[1] ?? '',
    isOpen: found[0].startsWith('«?'),
  })),
);

it('nothing is found in the tree as it is', () => {
  const { findings } = check();
  expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
});

it.each(references)('$name in line $line of $file is found where another name is written', (reference) => {
  const { findings, notJudged } = check(reference);
  const found = [...(reference.isOpen ? notJudged : findings)].filter(({ file, line }) => {
    return file.endsWith(reference.file) && line === reference.line;
  });
  expect(found.map(({ rule }) => rule)).toEqual([
    expect.stringMatching(/^(?:secrets\/missing|secrets\/missing-key|substitution\/missing-object)$/),
  ]);
});

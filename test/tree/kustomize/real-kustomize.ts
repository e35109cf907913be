import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Json } from '../../../lib/json/json';
import { parseFile } from '../../../lib/tree/source';
import type { Texts } from './memory';

/** Whether there is a kustomize to compare with; the tests that do are skipped where there is none. */
export const hasKustomize = spawnSync('kustomize', ['version']).status === 0;

/** What kustomize makes of a folder, or why it does not. */
export function realKustomize(texts: Texts, folder = ''): readonly Json[] | { readonly error: string } {
  const root = mkdtempSync(join(tmpdir(), 'espalier-kustomize-test-'));
  try {
    write(root, texts);
    const args = ['build', '--load-restrictor', 'LoadRestrictionsNone', join(root, folder)];
    const { status, stdout, stderr } = spawnSync('kustomize', args, { encoding: 'utf8', maxBuffer: 2 ** 28 });
    if (status !== 0) return { error: stderr.replaceAll(root, '') };
    return parseFile('out.yaml', stdout).documents.map(({ value }) => value);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

/** What kustomize makes of the root of each tree, or why it does not; one shell builds them all. */
export function realKustomizeAll(trees: readonly Texts[]): readonly (readonly Json[] | { readonly error: string })[] {
  const root = mkdtempSync(join(tmpdir(), 'espalier-kustomize-test-'));
  try {
    for (const [i, texts] of trees.entries()) write(join(root, `${i}`), texts);
    const build =
      'kustomize build --load-restrictor LoadRestrictionsNone "$i" > "$i.out" 2> "$i.err" || touch "$i.fail"';
    spawnSync('sh', ['-c', `for i in $(seq 0 ${trees.length - 1}); do ${build}; done`], { cwd: root });
    const read = (name: string) => readFileSync(join(root, name), 'utf8');
    return trees.map((_, i) => {
      return existsSync(join(root, `${i}.fail`))
        ? { error: read(`${i}.err`) }
        : parseFile('out.yaml', read(`${i}.out`)).documents.map(({ value }) => value);
    });
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

function write(root: string, texts: Texts): void {
  for (const [path, text] of Object.entries(texts)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}

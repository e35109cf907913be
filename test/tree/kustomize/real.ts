import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseFile } from '../../../lib/tree/source';
import type { Json } from '../../../lib/tree/tree';
import type { Texts } from './memory';

/** Whether there is a kustomize to compare with; the tests that do are skipped where there is none. */
export const hasKustomize = spawnSync('kustomize', ['version']).status === 0;

/** What kustomize makes of the root of each tree, or why it does not; one shell builds them all. */
export function kustomizeAll(trees: readonly Texts[]): readonly (readonly Json[] | { readonly error: string })[] {
  const root = mkdtempSync(join(tmpdir(), 'espalier-kustomize-test-'));
  try {
    for (const [i, texts] of trees.entries()) {
      for (const [path, text] of Object.entries(texts)) {
        mkdirSync(dirname(join(root, `${i}`, path)), { recursive: true });
        writeFileSync(join(root, `${i}`, path), text);
      }
    }
    const build =
      'kustomize build --load-restrictor LoadRestrictionsNone "$i" > "$i.out" 2> "$i.err" || touch "$i.fail"';
    spawnSync('sh', ['-c', `for i in $(seq 0 ${trees.length - 1}); do ${build}; done`], { cwd: root });
    const read = (name: string) => readFileSync(join(root, name), 'utf8');
    return trees.map((_, i) => {
      const failed = spawnSync('test', ['-e', join(root, `${i}.fail`)]).status === 0;
      return failed
        ? { error: read(`${i}.err`) }
        : parseFile('out.yaml', read(`${i}.out`)).documents.map(({ value }) => value);
    });
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

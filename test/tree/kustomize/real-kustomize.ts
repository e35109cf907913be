import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseFile } from '../../../lib/tree/source';
import type { Json } from '../../../lib/tree/tree';
import type { Texts } from './memory';

/** Whether there is a kustomize to compare with; the tests that do are skipped where there is none. */
export const hasKustomize = spawnSync('kustomize', ['version']).status === 0;

/** What kustomize makes of a folder, or why it does not. */
export function realKustomize(texts: Texts, folder = ''): readonly Json[] | { readonly error: string } {
  const root = mkdtempSync(join(tmpdir(), 'espalier-kustomize-test-'));
  try {
    for (const [path, text] of Object.entries(texts)) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
    const args = ['build', '--load-restrictor', 'LoadRestrictionsNone', join(root, folder)];
    const { status, stdout, stderr } = spawnSync('kustomize', args, { encoding: 'utf8', maxBuffer: 2 ** 28 });
    if (status !== 0) return { error: stderr.replaceAll(root, '') };
    return parseFile('out.yaml', stdout).documents.map(({ value }) => value);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Json } from '../../../lib/json/json';
import { parseFile } from '../../../lib/tree/source';
import type { Texts } from './memory';

/** Whether there is a kubectl to compare with; the tests that do are skipped where there is none. */
export const hasKubectl = spawnSync('kubectl', ['version', '--client']).status === 0;

/** What kubectl makes of a folder, or why it does not. */
export function kubectlKustomize(texts: Texts, folder: string): readonly Json[] | { readonly error: string } {
  const root = mkdtempSync(join(tmpdir(), 'espalier-kustomize-test-'));
  try {
    for (const [path, text] of Object.entries(texts)) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
    const args = ['kustomize', '--load-restrictor', 'LoadRestrictionsNone', join(root, folder)];
    const { status, stdout, stderr } = spawnSync('kubectl', args, { encoding: 'utf8', maxBuffer: 2 ** 28 });
    if (status !== 0) return { error: stderr.replaceAll(root, '') };
    return parseFile('out.yaml', stdout).documents.map(({ value }) => value);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

/** Objects as a set: sorted, with their keys sorted. */
export function asSet(objects: readonly Json[]): string[] {
  return objects.map((object) => JSON.stringify(sorted(object))).sort();
}

function sorted(value: Json): Json {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, each]) => [key, sorted(each)]),
  );
}

import { execFileSync } from 'node:child_process';
import { relative, resolve } from 'node:path';
import { EspalierError } from '../../errors';
import { listed } from '../../text/listed';
import type { EditedFile } from '../../tree/edit-files';
import { gitTop } from '../../tree/source';

/** @throws EspalierError where a commit of some files would hold more than a step, or cannot be made */
export function assertCommittable(files: readonly EditedFile[], root: string): void {
  if (gitTop(root) === undefined) {
    throw new EspalierError('--commit needs a Git repository; nothing is written. --write changes the files alone.');
  }
  const paths = pathsOf(files, root);
  const status = git(root, ['status', '--porcelain', '--ignored', '--untracked-files=all', '--', ...paths]);
  if (status !== '') {
    const names = status.split('\n').flatMap((line) => line.slice(3) || []);
    throw new EspalierError(
      `--commit would commit more than the step: ${listed(names, 6)} ${names.length === 1 ? 'has changes that are' : 'have changes that are'} not committed; nothing is written. Commit or stash them first, or use --write.`,
    );
  }
}

/** @throws EspalierError where Git refuses, in its own words */
export function commit(files: readonly EditedFile[], root: string, message: string): void {
  try {
    git(root, ['commit', '--quiet', '--only', '-m', message, '--', ...pathsOf(files, root)]);
  } catch (error) {
    const said = String((error as { stderr?: Buffer }).stderr ?? '').trim();
    throw new EspalierError(
      `git commit failed: ${said || 'without a word'}. The files are written: commit them yourself.`,
    );
  }
}

function pathsOf(files: readonly EditedFile[], root: string): readonly string[] {
  return files.map(({ path }) => relative(resolve(root), path));
}

function git(root: string, args: readonly string[]): string {
  return execFileSync('git', [...args], { cwd: resolve(root), stdio: 'pipe', encoding: 'utf8' }).trimEnd();
}

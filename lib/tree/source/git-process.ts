import { spawnSync } from 'node:child_process';
import { codeOf } from '../read';

/** What a Git command says; `output` is undefined when it fails. */
export interface GitResult {
  readonly output: Buffer | undefined;
  /** Its own words, one line. */
  readonly error: string;
  /** Whether there is no Git to run. */
  readonly missing: boolean;
}

/** More than any list of paths or portion of blobs that is asked for. */
const maximumOutput = 1_000_000_000;

/**
 * Runs Git in a folder, reading only: no lock is taken, and no program that the repository's configuration names is run. The
 * variables that a hook sets for its own repository are taken away; what says where its objects lie stays.
 */
export function git(folder: string, args: readonly string[], input?: string): GitResult {
  const { GIT_DIR: _, GIT_WORK_TREE: __, GIT_INDEX_FILE: ___, GIT_PREFIX: ____, ...env } = process.env;
  const safe = ['--no-optional-locks', '-c', 'core.fsmonitor=false', '-c', 'core.quotepath=false'];
  const result = spawnSync('git', [...safe, ...args], {
    cwd: folder,
    env: { ...env, LC_ALL: 'C', GIT_TERMINAL_PROMPT: '0', GIT_NO_LAZY_FETCH: '1' },
    ...(input === undefined ? {} : { input }),
    maxBuffer: maximumOutput,
    windowsHide: true,
  });
  const failed = result.error !== undefined || result.status !== 0;
  return {
    output: failed ? undefined : result.stdout,
    error:
      (result.stderr?.toString('utf8') ?? '')
        .trim()
        .split('\n')[0]
        ?.replace(/^(?:fatal|error): /, '') ?? '',
    missing: codeOf(result.error) === 'ENOENT',
  };
}

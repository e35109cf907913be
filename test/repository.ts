import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** The checkout that the tests run in. */
export const repository = resolve(__dirname, '..');

export interface Run {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program to its end, without colours and without what the test runner put into the environment. */
export function run(
  program: string,
  args: readonly string[],
  options: { cwd?: string; env?: NodeJS.ProcessEnv } = {},
): Run {
  const { NODE_OPTIONS: _, JEST_WORKER_ID: __, NODE_ENV: ___, ...inherited } = process.env;
  const { status, stdout, stderr } = spawnSync(program, args, {
    cwd: options.cwd ?? repository,
    env: { ...inherited, NO_COLOR: '1', ...options.env },
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    shell: process.platform === 'win32',
  });
  return { code: status, stdout, stderr };
}

/** Runs the espalier command from its sources. */
export function espalier(args: readonly string[], options: { cwd?: string; env?: NodeJS.ProcessEnv } = {}): Run {
  return run(process.execPath, [join(repository, 'scripts', 'espalier.mjs'), ...args], options);
}

/** Whether a program is on the PATH; tests that need it say so when they are skipped. */
export function has(program: string, args: readonly string[] = ['--version']): boolean {
  return run(program, args).code === 0;
}

/** An empty folder for one test file, gone when the file is done. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'espalier-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { callbackify } from 'node:util';

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
    // What hangs does not outlive the test that waits for it.
    timeout: 300_000,
    shell: process.platform === 'win32',
  });
  return { code: status, stdout, stderr };
}

/**
 * Runs an espalier command in this process, and hears what it prints: no start of Node, no modules loaded again. One after the
 * other, since a process has one folder that it is in. What only a whole process shows takes `spawnEspalier`: its end, tsx, signals.
 */
export function espalier(args: readonly string[], options: { cwd?: string } = {}): Promise<Run> {
  const result = before.then(() => runHere(args, options.cwd ?? repository));
  before = result.catch(() => {});
  return result;
}

let before: Promise<unknown> = Promise.resolve();

async function runHere(args: readonly string[], cwd: string): Promise<Run> {
  jest.doMock('../lib/cli/run-file', () => require('./run-file'));
  const { run: runCommand } = require('../lib/cli/run') as typeof import('../lib/cli/run');
  const folder = process.cwd();
  const colours = process.env.NO_COLOR;
  const [stdout, stderr] = [capture(process.stdout), capture(process.stderr)];
  process.chdir(cwd);
  process.env.NO_COLOR = '1';
  // An app has come to its end when its process would: this one goes on.
  const idle = setInterval(() => process.emit('beforeExit', 0), 1);
  try {
    // From no code of the tests, which would pass for the author's in the stack of an error.
    const code = await new Promise<number>((done, fail) =>
      setImmediate(callbackify(runCommand), args, (error, code) => (error ? fail(error) : done(code))),
    );
    return { code, stdout: stdout.text(), stderr: stderr.text() };
  } finally {
    clearInterval(idle);
    process.chdir(folder);
    if (colours === undefined) delete process.env.NO_COLOR;
    else process.env.NO_COLOR = colours;
    stdout.end();
    stderr.end();
  }
}

/** Keeps what is written to a stream, which is no terminal for so long. */
function capture(stream: NodeJS.WriteStream): { text(): string; end(): void } {
  const { write, isTTY, columns } = stream;
  const written: Buffer[] = [];
  const keep = (chunk: string | Uint8Array) => written.push(Buffer.from(chunk as string)) > 0;
  Object.assign(stream, { write: keep, isTTY: false, columns: undefined });
  return {
    text: () => Buffer.concat(written).toString(),
    end: () => void Object.assign(stream, { write, isTTY, columns }),
  };
}

/** Starts the espalier command from its sources. Not scripts/espalier.mjs, which might install below the tests. */
export const command = join(repository, 'scripts', 'command.mjs');

/** Runs the espalier command from its sources, in a process of its own. */
export function spawnEspalier(args: readonly string[], options: { cwd?: string; env?: NodeJS.ProcessEnv } = {}): Run {
  return run(process.execPath, [command, ...args], options);
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

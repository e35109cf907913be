import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { messageOf } from '../read';
import type { Closed } from './chart';
import type { Templated } from './engine';

/** What a process may take. */
export interface Limits {
  /** Milliseconds. */
  readonly time: number;
  /** Bytes that it prints. */
  readonly output: number;
  /** Bytes of memory that it asks for; Windows and macOS do not count them. */
  readonly addresses: number;
  /** Seconds of a processor: should nobody be there any more to end it. */
  readonly processor: number;
}

/** Of what it says of errors so many parts are kept. */
const mostErrors = 100;

/** With what Go's runtime ends for want of memory; helm's own errors end it with 1. */
const ofGo = 2;

/** A folder that nobody else can read, and that is gone afterwards. */
export async function inPrivateFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'espalier-helm-'));
  try {
    return await use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * Runs a program within bounds: what exceeds them is ended, and closed.
 *
 * @param input what it reads
 */
export function runBounded(
  file: string,
  args: readonly string[],
  options: SpawnOptions,
  limits: Limits,
  input = '',
): Promise<Templated | Closed> {
  return new Promise((resolve) => {
    const child = start(file, args, options, limits);
    const output: Buffer[] = [];
    const errors: Buffer[] = [];
    let size = 0;
    const done = (result: Templated | Closed) => {
      clearTimeout(timer);
      resolve(result);
    };
    const end = (why: string) => {
      child.kill('SIGKILL');
      // Nobody waits for what else may hold them open.
      child.stdout?.destroy();
      child.stderr?.destroy();
      done(closed(why));
    };
    const timer = setTimeout(() => end(`helm took longer than ${limits.time / 1000} s`), limits.time);
    child.stdout?.on('data', (part: Buffer) => {
      size += part.length;
      if (size <= limits.output) output.push(part);
      else end(`the chart makes more than ${limits.output / 1024 ** 2} MiB`);
    });
    child.stderr?.on('data', (part: Buffer) => {
      if (errors.length < mostErrors) errors.push(part);
    });
    // It may end without having read.
    child.stdin?.on('error', () => undefined).end(input);
    child.on('error', (error) => done({ type: 'closed', why: `helm cannot be run: ${messageOf(error)}` }));
    child.on('close', (code, signal) => {
      const message = Buffer.concat(errors).toString('utf8');
      if (code === 0) done({ type: 'output', text: Buffer.concat(output).toString('utf8') });
      else if (signal !== null || code === ofGo) done(closed('helm takes more memory or time than it is given'));
      else done({ type: 'failed', message });
    });
  });
}

function closed(why: string): Closed {
  return { type: 'closed', why, fix: 'Render the chart with `helm template` to see what it makes.' };
}

/** A shell lays the bounds on that are the system's, and becomes the program. Windows has none of them. */
function start(
  file: string,
  args: readonly string[],
  options: SpawnOptions,
  { addresses, processor }: Limits,
): ChildProcess {
  const all: SpawnOptions = { ...options, stdio: 'pipe', windowsHide: true };
  if (process.platform === 'win32') return spawn(file, args, all);
  const bounds = [`-v ${addresses / 1024}`, `-t ${processor}`, '-c 0'].map((each) => `ulimit ${each} 2>/dev/null`);
  return spawn('/bin/sh', ['-c', [...bounds, 'exec "$0" "$@"'].join('; '), file, ...args], all);
}

import { type ChildProcess, type StdioOptions, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** A program as a user would start it. */
export interface Command {
  readonly program: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** One run of a command, from the start of its process to its end. */
export interface Sample {
  /** Seconds that a user waits. */
  readonly seconds: number;
  /** Seconds of CPU, user and system, of all its Node processes; undefined where there is none. */
  readonly cpu: number | undefined;
  /** Peak memory in bytes of the largest of its Node processes; undefined where there is none. */
  readonly memory: number | undefined;
}

const running = new Set<ChildProcess>();

/** Ends what is being measured, with the processes that it started. */
export function stopRunning(): void {
  for (const child of running) stop(child);
}

/** Starts a command as a process group of its own. */
export function start({ program, args, cwd, env }: Command, stdio: StdioOptions, usage?: string): ChildProcess {
  const more = usage === undefined ? {} : { BENCH_USAGE: usage };
  const child = spawn(program, args, { cwd, env: { ...plainEnvironment(), ...env, ...more }, stdio, detached: true });
  running.add(child);
  const forget = () => running.delete(child);
  return child.once('exit', forget).once('error', forget);
}

/** Ends a command, with the processes that it started. */
export function stop({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}

/**
 * Runs a command to its end, as a process group of its own.
 *
 * @param scratch a folder for what it prints
 * @param limit after this many seconds it is ended and counts as failed
 * @throws Error when it fails, with what it said
 */
export async function measure(
  command: Command,
  scratch: string,
  limit: number,
): Promise<{ sample: Sample; stdout: string }> {
  const at = (name: string) => join(scratch, name);
  for (const name of ['stdout', 'stderr', 'usage']) rmSync(at(name), { force: true });
  // Files rather than pipes: nobody has to read along.
  const [stdout, stderr] = [openSync(at('stdout'), 'w'), openSync(at('stderr'), 'w')];
  try {
    const { seconds, status } = await ended(command, { stdout, stderr, usage: at('usage') }, limit);
    if (status !== 0) throw failure(command, status, readFileSync(at('stderr'), 'utf8'));
    return { sample: { seconds, ...usage(at('usage')) }, stdout: readFileSync(at('stdout'), 'utf8') };
  } finally {
    closeSync(stdout);
    closeSync(stderr);
  }
}

interface Files {
  readonly stdout: number;
  readonly stderr: number;
  readonly usage: string;
}

function ended(
  command: Command,
  { stdout, stderr, usage }: Files,
  limit: number,
): Promise<{ seconds: number; status: number | string }> {
  return new Promise((done, fail) => {
    const begun = performance.now();
    const child = start(command, ['ignore', stdout, stderr], usage);
    const late = setTimeout(() => stop(child), limit * 1000);
    child.once('error', (error) => {
      clearTimeout(late);
      fail(error);
    });
    child.once('exit', (code, signal) => {
      const seconds = (performance.now() - begun) / 1000;
      clearTimeout(late);
      done({ seconds, status: code ?? (seconds > limit ? `ended after ${limit} s` : `${signal}`) });
    });
  });
}

/** What npm and a test runner put into the environment would reach the program otherwise. */
function plainEnvironment(): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^(npm_|NODE_OPTIONS$|NODE_ENV$|JEST_|FORCE_COLOR$|FLEET_)/i.test(name),
  );
  // By the environment, so that it reaches the Node processes that npm starts, too.
  const options = `--require=${JSON.stringify(join(__dirname, 'preload.cjs'))}`;
  return { ...Object.fromEntries(inherited), NO_COLOR: '1', NODE_OPTIONS: options };
}

function usage(file: string): Pick<Sample, 'cpu' | 'memory'> {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return { cpu: undefined, memory: undefined };
  }
  const processes = text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as { cpu: number; memory: number });
  return {
    cpu: processes.reduce((sum, { cpu }) => sum + cpu, 0),
    memory: Math.max(...processes.map(({ memory }) => memory)),
  };
}

function failure({ program, args }: Command, status: number | string, stderr: string): Error {
  const said = stderr.trim().slice(-4000) || '(it said nothing)';
  return new Error(`${[program, ...args].join(' ')}\nfailed (${status}):\n${said}`);
}

import { type ChildProcess, spawn } from 'node:child_process';
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
  for (const { pid } of running) if (pid !== undefined) kill(pid);
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
  { program, args, cwd, env }: Command,
  { stdout, stderr, usage }: Files,
  limit: number,
): Promise<{ seconds: number; status: number | string }> {
  return new Promise((done, fail) => {
    const start = performance.now();
    const child = spawn(program, args, {
      cwd,
      env: { ...plainEnvironment(), ...env, BENCH_USAGE: usage },
      stdio: ['ignore', stdout, stderr],
      detached: true,
    });
    running.add(child);
    const late = setTimeout(() => child.pid !== undefined && kill(child.pid), limit * 1000);
    const over = () => {
      clearTimeout(late);
      running.delete(child);
    };
    child.once('error', (error) => {
      over();
      fail(error);
    });
    child.once('exit', (code, signal) => {
      const seconds = (performance.now() - start) / 1000;
      over();
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

/** A whole process group, as `detached` makes one. */
function kill(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}

function failure({ program, args }: Command, status: number | string, stderr: string): Error {
  const said = stderr.trim().slice(-4000) || '(it said nothing)';
  return new Error(`${[program, ...args].join(' ')}\nfailed (${status}):\n${said}`);
}

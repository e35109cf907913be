import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import { type Answer, whole } from './answer';
import type { WarmOptions } from './warm';

/** After so many changes a process is replaced: Node and tsx keep something of each module that they load, 0.2 MB for each change of a large app. */
const mostChanges = 500;

/** From here: a warm process, which is started when it is first needed, and anew after it has ended. */
export class WarmProcess {
  private child: ChildProcess | undefined;
  private ready: Promise<void> | undefined;
  private changes = 0;

  /** @param began is told what each process says when it is ready */
  constructor(
    private readonly options: WarmOptions,
    private readonly began: (answer: Answer) => void,
  ) {}

  /** Starts one, if there is none, and waits until it is ready. */
  start(): Promise<void> {
    this.ready ??= this.fork().then(this.began);
    return this.ready;
  }

  /** Tells it what changed. */
  async change(files: readonly string[]): Promise<Answer> {
    this.changes++;
    await this.start();
    const { child } = this;
    if (child === undefined) return ended;
    const answer = nextFrom(child);
    child.send(files);
    return answer;
  }

  /** Starts another in its place. */
  renew(): void {
    this.stop();
    void this.start();
  }

  /** Whether it has done so much that another should take its place when there is time. */
  get isOld(): boolean {
    return this.changes > mostChanges;
  }

  stop(): void {
    this.child?.kill();
    this.child = undefined;
    this.ready = undefined;
  }

  private fork(): Promise<Answer> {
    // In a checkout this file is TypeScript, and so is that one.
    const fromSource = __filename.endsWith('.ts');
    const child = fork(join(__dirname, fromSource ? 'warm.ts' : 'warm.js'), [JSON.stringify(this.options)], {
      execArgv: fromSource ? ['--require', require.resolve('tsx/cjs')] : [],
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    this.child = child;
    this.changes = 0;
    child.once('exit', () => {
      if (this.child === child) this.stop();
    });
    // It could not be started, or is told something after it has died: nextFrom says so.
    child.on('error', () => {
      if (this.child === child) this.stop();
    });
    return nextFrom(child);
  }
}

const ended: Answer = { result: whole('its code ends the process'), loaded: [], broken: true, stale: false };

function nextFrom(child: ChildProcess): Promise<Answer> {
  return new Promise((done) => {
    const answered = (answer: Answer) => {
      child.off('exit', exited).off('error', exited);
      done(answer);
    };
    const exited = () => {
      child.off('message', answered).off('exit', exited).off('error', exited);
      done(ended);
    };
    child.once('message', answered);
    child.once('exit', exited).once('error', exited);
  });
}

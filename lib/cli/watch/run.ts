import { type ChildProcess, fork } from 'node:child_process';
import { programState } from '../program';
import { type Loaded, standbyVariable } from './standby';

/** How a run ended. */
export interface Ended {
  /** The author's files that it has loaded; undefined where that is not known, as of an app that throws. */
  readonly loaded: readonly string[] | undefined;
  /** The signal that ended it, if one did. */
  readonly killed: NodeJS.Signals | undefined;
}

/** One run of a command of espalier in a process of its own, with the terminal of this one. */
export class Run {
  private begun = 0;
  private readonly program = programState([]);
  private readonly child: ChildProcess;
  private readonly ended: Promise<Ended>;
  private timer: NodeJS.Timeout | undefined;

  /** @param waits whether it makes ready and then waits for `end` */
  constructor(args: readonly string[], { waits }: { readonly waits: boolean }) {
    const env = { ...process.env, [standbyVariable]: waits ? 'wait' : 'run' };
    const stdio = ['ignore', 'inherit', 'inherit', 'ipc'] as const;
    this.child = fork(process.argv[1] ?? '', args, { env, stdio: [...stdio] });
    let loaded: readonly string[] | undefined;
    this.child.on('message', ({ files }: Loaded) => {
      loaded = files;
    });
    this.ended = new Promise((done) => {
      this.child.once('error', () => done({ loaded, killed: undefined }));
      this.child.once('close', (_, signal) => {
        clearTimeout(this.timer);
        done({ loaded, killed: signal ?? undefined });
      });
    });
  }

  /** Whether it still is there, and has loaded the library as it is now. */
  get isReady(): boolean {
    const { exitCode, signalCode } = this.child;
    return exitCode === null && signalCode === null && this.program === programState([]);
  }

  /** Lets it run, and waits for its end. */
  end(): Promise<Ended> {
    this.begun = Date.now();
    this.child.send('run', () => {});
    return this.ended;
  }

  /** Stops it so many milliseconds after it was let run, or now if that is past. */
  stopAt(milliseconds: number): void {
    this.timer ??= setTimeout(() => this.stop(), this.begun + milliseconds - Date.now());
  }

  stop(): void {
    this.child.kill();
  }
}

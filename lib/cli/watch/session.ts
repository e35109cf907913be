import { dirname, resolve } from 'node:path';
import type { EspalierError } from '../../errors';
import { configNames } from '../config';
import { printFailure } from '../failure';
import { printError } from '../terminal';
import type { Answer } from './answer';
import { FileWatch } from './file-watch';
import { hashOf } from './hash';
import { Runs } from './runs';
import { Say } from './say';
import { Unproven } from './unproven';
import { WarmProcess } from './warm-process';

export interface WatchOptions {
  /** The app's file; the first of the usual names where it is left out. */
  readonly file: string | undefined;
  readonly output: string | undefined;
  readonly force: boolean;
  readonly quiet: boolean;
  readonly trace: boolean;
  /** Whether runs take nothing from earlier ones. */
  readonly noCache: boolean;
  /** The program that runs `espalier`, and its arguments. @default the one that this process was started with */
  readonly espalier?: readonly string[];
}

/** After so many milliseconds without a change the tree is proven. */
const calm = 300;

/** After so many milliseconds a change no longer waits for the one before, whose code may never end. */
const warmPatience = 5000;
const runPatience = 60_000;

/** Files beside main.ts that a run follows from. */
const settings = ['package.json', 'tsconfig.json', ...configNames];

/** Keeps a folder what main.ts yields: writes at once what a change does, and proves it when there is calm. */
export class Session {
  private readonly files: FileWatch;
  private readonly warm: WarmProcess;
  private readonly runs: Runs;
  private readonly say: Say;
  private readonly unproven = new Unproven();
  /** Files that changed and were not seen to yet. */
  private changed = new Set<string>();
  private since = 0;
  private busy = false;
  private ended = false;
  /** Whether the folder holds what main.ts yielded before the changes. */
  private current = false;
  /** When the last whole run began. */
  private begun = 0;
  private proof: NodeJS.Timeout | undefined;
  /** What a change does to that which is waited for. */
  private hurry: (() => void) | undefined;
  private failed: (error: unknown) => void = () => {};

  constructor(
    private readonly name: string,
    private readonly main: string,
    {
      output,
      force,
      quiet,
      trace,
      noCache,
      espalier = [process.execPath, ...process.execArgv, process.argv[1] ?? ''],
    }: WatchOptions,
  ) {
    const flags = { '--force': force, '--quiet': quiet, '--trace': trace, '--no-cache': noCache };
    const given = Object.entries(flags).flatMap(([flag, on]) => (on ? [flag] : []));
    const to = output === undefined ? [] : [`--output=${output}`];
    this.runs = new Runs([...espalier, 'synth', name, ...to, ...given]);
    this.warm = new WarmProcess({ main, file: name, output }, (answer) => this.learn(answer, this.begun));
    this.say = new Say(quiet);
    this.files = new FileWatch(
      (files, since) => this.noticed(files, since),
      (error: EspalierError) => this.failed(error),
    );
  }

  /** @param failed is told of what ends the session */
  begin(failed: (error: unknown) => void): void {
    this.failed = failed;
    const beside = settings.map((name) => resolve(name));
    this.files.add([this.main, ...beside].map((path) => [path, hashOf(path)] as const));
    void this.turn(async () => {
      const run = this.runAll();
      const ready = this.warm.start();
      await run;
      await this.patiently(warmPatience, this.warm, () => ready);
      if (!this.ended) this.say.watching(this.files.size);
    });
  }

  end(): void {
    this.ended = true;
    clearTimeout(this.proof);
    this.files.close();
    this.warm.stop();
    this.runs.stop();
  }

  private noticed(files: readonly string[], since: number): void {
    if (this.changed.size === 0) this.since = since;
    for (const file of files) this.changed.add(file);
    clearTimeout(this.proof);
    this.hurry?.();
    void this.turn(async () => {});
  }

  /** One thing after the other: first what is asked for, then all that changed meanwhile. */
  private async turn(first: () => Promise<void>): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    try {
      await first();
      while (this.changed.size > 0 && !this.ended) {
        const files = [...this.changed];
        this.changed = new Set();
        await this.see(files, this.since);
      }
      if (this.unproven.parts.length > 0 && !this.ended) {
        this.proof = setTimeout(() => void this.turn(() => this.prove()), calm);
      }
    } catch (error) {
      // Another run is writing, or the disk is full: the next save tries again.
      printFailure(error, false);
      this.current = false;
    } finally {
      this.busy = false;
      if (this.changed.size > 0 && !this.ended) void this.turn(async () => {});
    }
  }

  private async see(files: readonly string[], since: number): Promise<void> {
    const answer = await this.patiently(warmPatience, this.warm, () => this.warm.change(files));
    this.learn(answer);
    if (this.ended) return;
    const { result } = answer;
    if (result.kind === 'whole') {
      await this.runAll(result.because);
      // It may have ended: the next change finds another at work.
      if (this.current && !this.ended) void this.warm.start();
      return;
    }
    if (!this.current) return this.runAll('the last run failed');
    const written = this.unproven.write(result);
    if ('impossible' in written) return this.runAll(written.impossible);
    this.say.wrote(result, written, performance.now() - since);
  }

  /** Waits for what runs the author's code, which may never end: where it takes long, the next change stops it. */
  private async patiently<T>(patience: number, process: { stop(): void }, run: () => Promise<T>): Promise<T> {
    const begun = performance.now();
    this.hurry = () => {
      if (performance.now() - begun > patience) process.stop();
    };
    try {
      return await run();
    } finally {
      this.hurry = undefined;
    }
  }

  /**
   * Takes note of what main.ts is made of now.
   *
   * @param since when the run began that wrote the folder, where the process that tells of the files began beside it
   */
  private learn({ loaded, broken, stale }: Answer, since?: number): void {
    if (this.ended) return;
    this.files.add(loaded, since);
    this.files.watchAll(dirname(this.main), broken);
    if (stale) this.warm.renew();
  }

  /** Runs all of main.ts in a fresh process, which writes what it yields. */
  private async runAll(because?: string): Promise<void> {
    if (because !== undefined) this.say.runsAll(this.name, because);
    this.begun = Date.now();
    const { code, said } = await this.patiently(runPatience, this.runs, () => this.runs.write());
    if (this.ended) return;
    if (said !== '') printError(said);
    this.current = code === 0;
    if (this.current) this.unproven.clear();
    else this.putBack();
  }

  /** Proves in a fresh process that the folder is what main.ts yields, checks included. */
  private async prove(): Promise<void> {
    const begun = performance.now();
    // What is being proven is not what main.ts yields any more, once something changes.
    const { code, said } = await this.patiently(0, this.runs, () => this.runs.check());
    // Another change stopped it, or came too late to.
    if (this.ended || this.changed.size > 0 || code === undefined) return;
    if (code === 0) {
      this.unproven.clear();
      this.say.proven(performance.now() - begun);
      if (this.warm.isOld) this.warm.renew();
    } else if (code === 1) {
      this.say.notAlone(this.unproven.parts);
      await this.runAll();
    } else {
      printError(said);
      this.current = false;
      this.putBack();
    }
  }

  private putBack(): void {
    const { parts } = this.unproven;
    if (parts.length === 0) return;
    const done = this.unproven.putBack();
    if (!('impossible' in done)) {
      this.say.putBack(parts, done);
      return;
    }
    printError(
      `error: what was written of ${parts.join(', ')} stays until a run ends without an error: ${done.impossible}.`,
    );
    // There is nothing to prove or to put back any more: the next change runs all of main.ts.
    this.unproven.clear();
  }
}

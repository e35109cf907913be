import { dirname, resolve } from 'node:path';
import { configNames } from '../config';
import { findApp } from '../load-app';
import { print, printError } from '../terminal';
import { Run } from './run';
import { WatchedFiles } from './watched-files';

export interface WatchOptions {
  /** The app's file; the first of the usual names where it is left out. */
  readonly file: string | undefined;
  /** The options of each `espalier synth`. */
  readonly options: readonly string[];
  readonly quiet: boolean;
}

/** Files of the project that a process reads before the app's: one that has started before they changed is not used. */
const settings = [
  ...['package.json', 'tsconfig.json', ...configNames],
  ...['package-lock.json', 'pnpm-lock.yaml', 'yarn.lock', 'bun.lock'],
].map((name) => resolve(name));

/** After so many milliseconds a run is stopped when something changes: its code may never end. */
const patience = 10_000;

/**
 * Runs `espalier synth` anew with each change of what the app is made of, until a signal ends it. Each run has a process of its
 * own, which is started beforehand and has loaded by then what does not depend on the app.
 *
 * @returns the exit code: 128 and the signal's number
 * @throws EspalierError when there is no such file
 */
export function watch({ file, options, quiet }: WatchOptions): Promise<number> {
  const { name, path: main } = findApp(file);
  const args = ['synth', name, ...options];
  let ended = false;
  let known: readonly string[] = [main];
  let running: Run | undefined;
  let next: Run | undefined;
  let isDue = false;

  const files = new WatchedFiles((changed) => {
    if (next?.isReady === false || changed.some((path) => settings.includes(path))) {
      next?.stop();
      next = undefined;
    }
    isDue = true;
    if (running === undefined) void runAll();
    else running.stopAt(patience);
  });

  const runAll = async (): Promise<void> => {
    while (isDue && !ended) {
      isDue = false;
      const begun = Date.now();
      running = next ?? new Run(args, { waits: false });
      next = undefined;
      const { loaded, killed } = await running.end();
      running = undefined;
      if (ended) return;
      if (killed !== undefined && !isDue) printError(`error: the run was ended by ${killed}.`);
      known = loaded ?? known;
      // What an app lacks that cannot be loaded may be anywhere.
      const below = loaded === undefined ? dirname(main) : undefined;
      files.watch([...known, ...settings], { below, since: begun });
    }
    next ??= new Run(args, { waits: true });
  };

  files.watch([main, ...settings]);
  isDue = true;
  void runAll().then(() => {
    if (!quiet && !ended) print(`watching ${files.count}; Ctrl-C ends it`);
  });

  const signals = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;
  return new Promise((done) => {
    for (const [signal, code] of Object.entries(signals)) {
      process.once(signal, () => {
        ended = true;
        files.end();
        running?.stop();
        next?.stop();
        done(code);
      });
    }
  });
}

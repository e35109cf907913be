import { findApp } from '../load-app';
import { Session, type WatchOptions } from './session';

/**
 * Writes the tree with each change of what main.ts is made of, until a signal ends it.
 *
 * @returns the exit code: 128 and the signal's number
 * @throws EspalierError when there is no such file, or its folder cannot be watched
 */
export function watch(options: WatchOptions): Promise<number> {
  const { name, path } = findApp(options.file);
  const session = new Session(name, path, options);
  return new Promise<number>((done, fail) => {
    const signals = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;
    const end = () => {
      for (const signal of Object.keys(signals)) process.off(signal, ended);
      session.end();
    };
    const ended = (signal: keyof typeof signals) => {
      end();
      done(signals[signal]);
    };
    for (const signal of Object.keys(signals)) process.on(signal, ended);
    session.begin((error) => {
      end();
      fail(error);
    });
  });
}

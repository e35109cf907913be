import { realpathSync } from 'node:fs';
import { resolve, sep } from 'node:path';
import { findApp } from '../load-app';
import { readyTypeScript } from '../run-file';

/** What a run says when it has loaded the app: what that is made of. */
export interface Loaded {
  readonly files: readonly string[];
}

/** Set in a process that `synth --watch` starts: `wait` where it shall make ready and begin when it is told to, else `run`. */
export const standbyVariable = 'ESPALIER_WATCH';

/** With so many more Node compiles what is called often; together they take two seconds for which nobody waits. */
const rehearsals = 4;

/**
 * In a process that `synth --watch` has started for that, makes ready to run an app, and waits until it shall.
 *
 * @returns tells the process that watches which files of the author's the app is made of; to be called when it is loaded
 */
export async function standBy(file: string | undefined): Promise<typeof tellLoaded> {
  const role = process.env[standbyVariable];
  delete process.env[standbyVariable];
  if (role === undefined) return () => {};
  if (role === 'run') return tellLoaded;
  let isTold = false;
  const told = new Promise<void>((done) => {
    process.once('message', () => {
      isTold = true;
      done();
    });
  });
  const end = () => process.kill(process.pid);
  process.once('disconnect', end);
  try {
    const { rehearse } = require('./rehearse') as typeof import('./rehearse');
    rehearse();
    readyTypeScript(findApp(file).path);
    // Who saves again at once need not wait for all of it.
    for (let again = 0; again < rehearsals && !isTold; again += 1) {
      rehearse();
      await new Promise(setImmediate);
    }
  } catch {
    // The run says what is wrong.
  }
  await told;
  process.off('disconnect', end);
  return tellLoaded;
}

/** @param more files that the app has read, such as those of a YamlFile */
function tellLoaded(file: string, more: readonly string[]): void {
  const loaded = Object.keys(require.cache);
  // Of an ES module it is not known what it imports.
  if (!loaded.includes(realpathSync(file))) return;
  const files = loaded.filter((path) => !path.includes(`${sep}node_modules${sep}`) && !isOwn(path));
  process.send?.({ files: [...files, ...more] } satisfies Loaded);
}

/** The library itself: its files are not an author's, also where it is no package. */
const root = resolve(__dirname, '..', '..', '..');

function isOwn(path: string): boolean {
  return ['lib', 'imports', 'scripts'].some((folder) => path.startsWith(root + sep + folder + sep));
}

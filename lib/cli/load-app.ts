import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { type SynthesizedTree, setTaker } from '../constructs/synthesis';
import { EspalierError } from '../errors';
import { forgetTypeScript, runFile } from './run-file';
import { printError } from './terminal';

/** Names that an app's file has where none is given. */
const candidates = ['main.ts', 'main.mts', 'main.js', 'main.mjs'];

/**
 * Runs an app's file in this process and takes what its `app.synth()` yields.
 *
 * @param file main.ts or the like; the first of the usual names where it is left out
 * @throws EspalierError when there is no such file, when TypeScript cannot be loaded, when nothing is synthesized
 */
export async function loadApp(file: string | undefined): Promise<{ file: string; synthesized: SynthesizedTree[] }> {
  const { name, path } = findApp(file);
  const synthesized = await runToItsEnd(path, name);
  if (synthesized.length === 0) {
    throw new EspalierError(
      `${name} ran, but no app of cdk8s-espalier was synthesized. It should end with app.synth(), with App from 'cdk8s-espalier'.`,
    );
  }
  return { file: name, synthesized };
}

/**
 * An app's file as its author names it, and its absolute path.
 *
 * @throws EspalierError when there is none
 */
export function findApp(file: string | undefined): { name: string; path: string } {
  const name = file ?? candidates.find((candidate) => existsSync(candidate)) ?? 'main.ts';
  if (existsSync(name)) return { name, path: resolve(name) };
  throw new EspalierError(
    `${name} does not exist here. Name the file that calls app.synth(), such as espalier synth clusters/main.ts, or begin with espalier init.`,
  );
}

/** After this many seconds in which it did nothing a file that does not end is spoken of. One that composes is at work. */
const patience = 10;

/** How a process is told of what nobody has caught. */
const failures = ['uncaughtException', 'unhandledRejection'] as const;

/**
 * Runs the file until nothing is left to do, promises and timers of its own included: only then all apps are known.
 * From here on nothing is written but by the command: an app that comes later is refused.
 *
 * @throws whatever the file throws, whenever it does
 */
async function runToItsEnd(path: string, name: string): Promise<SynthesizedTree[]> {
  const apps = new Map<object, SynthesizedTree>();
  let ended = false;
  setTaker((taken) => {
    if (ended) throw new EspalierError(`${name} synthesized an app after it had ended.`);
    const { app, ...tree } = taken;
    apps.set(app, tree);
  });
  let idleSeconds = 0;
  const note = setInterval(() => {
    idleSeconds += 1;
    if (idleSeconds < patience) return;
    clearInterval(note);
    printError(`${name} is still running: it has started a timer or a server that does not end.`);
  }, 1000).unref();
  let fail: (reason: unknown) => void = () => {};
  const failed = new Promise<never>((_, reject) => {
    fail = reject;
  });
  for (const event of failures) process.on(event, fail);
  const idle = new Promise((done) => process.once('beforeExit', done));
  try {
    await Promise.race([failed, runFile(path).then(() => idle)]);
  } finally {
    clearInterval(note);
    for (const event of failures) process.off(event, fail);
    ended = true;
  }
  forgetTypeScript();
  const trees = [...apps.values()];
  // What is composed weighs twice what it yields, and nobody needs it any longer.
  apps.clear();
  return trees;
}

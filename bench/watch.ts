import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { type Command, type Sample, start, stop } from './measure';

/** An edit of a file that a watching command shall answer by writing another one. */
export interface Edit {
  readonly file: string;
  readonly written: string;
  /** What stands in both, before and after. */
  readonly before: string;
  readonly after: string;
}

/**
 * How long a watching command needs from the save of a file until what follows from it is written: the second of two edits, for
 * the first may come before a process waits for it. CPU and memory are not known, since it is ended from outside.
 *
 * @param ready what it prints when it watches
 * @param rest seconds between two edits: nobody saves without a pause
 * @param limit after this many seconds without an answer it counts as failed
 */
export async function measureEdit(
  command: Command,
  { ready, rest, edits }: { readonly ready: RegExp; readonly rest: number; readonly edits: readonly [Edit, Edit] },
  limit: number,
): Promise<Sample> {
  const child = start(command, ['ignore', 'pipe', 'pipe']);
  let said = '';
  const read = (text: Buffer) => {
    said += text;
  };
  child.stdout?.on('data', read);
  child.stderr?.on('data', read);
  const exit = once(child, 'exit');
  const until = async (is: () => boolean) => {
    const begun = performance.now();
    while (!is()) {
      const late = performance.now() - begun > limit * 1000;
      const what = late ? 'did not answer' : child.exitCode !== null ? 'ended' : undefined;
      if (what !== undefined) throw new Error(`it ${what}:\n${said.slice(-2000)}`);
      await new Promise((done) => setTimeout(done, 1));
    }
  };
  try {
    await until(() => ready.test(said));
    await answer(edits[0], until);
    await new Promise((done) => setTimeout(done, rest * 1000));
    const seconds = await answer(edits[1], until);
    return { seconds, cpu: undefined, memory: undefined };
  } finally {
    stop(child);
    await exit;
  }
}

async function answer(edit: Edit, until: (is: () => boolean) => Promise<void>): Promise<number> {
  const text = readFileSync(edit.file, 'utf8').replace(edit.before, edit.after);
  const begun = performance.now();
  writeFileSync(edit.file, text);
  // Not there is it only where the first run failed: then what that said is told. A watcher renames the new file over the old one.
  await until(() => existsSync(edit.written) && readFileSync(edit.written, 'utf8').includes(edit.after));
  return (performance.now() - begun) / 1000;
}

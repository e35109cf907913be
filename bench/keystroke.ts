import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createProtocolConnection } from 'vscode-languageserver/node';
import { type Command, type Sample, start, stop } from './measure';
import { median } from './statistics';

/** A file of a tree, and a text that somebody adds to it, in which something is found. */
export interface Typing {
  readonly tree: string;
  readonly file: string;
  readonly wrong: string;
}

/** How often something is typed and taken back. */
const keystrokes = 10;

/** Seconds between two of them: nobody waits for findings who goes on typing. */
const rest = 0.5;

/**
 * How long a language server needs from a change of an open document until it tells what is wrong with it now, some seconds after the tree
 * was opened: the median of several.
 *
 * @param limit after so many seconds without an answer it counts as failed
 */
export async function measureKeystroke(
  command: Command,
  { tree, file, wrong }: Typing,
  limit: number,
): Promise<Sample> {
  const child = start(command, ['pipe', 'pipe', 'ignore']);
  if (child.stdin === null || child.stdout === null) throw new Error(`${command.program} cannot be started`);
  const connection = createProtocolConnection(child.stdout, child.stdin);
  const uri = pathToFileURL(join(tree, file)).href;
  let told = () => {};
  connection.onNotification('textDocument/publishDiagnostics', (diagnostics: { uri: string }) => {
    if (diagnostics.uri === uri) told();
  });
  connection.listen();
  try {
    await connection.sendRequest('initialize', {
      processId: process.pid,
      rootUri: null,
      workspaceFolders: [{ uri: pathToFileURL(tree).href, name: 'tree' }],
      capabilities: {},
    });
    await connection.sendNotification('initialized', {});
    const text = readFileSync(join(tree, file), 'utf8');
    await connection.sendNotification('textDocument/didOpen', {
      textDocument: { uri, languageId: 'yaml', version: 0, text },
    });
    await idle(child.pid);
    const before = cpuOf(child.pid);
    const seconds: number[] = [];
    for (let version = 1; version <= keystrokes; version += 1) {
      const begun = performance.now();
      const answer = new Promise<void>((done, fail) => {
        const timer = setTimeout(() => fail(new Error('it did not answer')), limit * 1000);
        told = () => {
          clearTimeout(timer);
          done();
        };
      });
      const contentChanges = [{ text: version % 2 === 1 ? text + wrong : text }];
      await connection.sendNotification('textDocument/didChange', { textDocument: { uri, version }, contentChanges });
      await answer;
      seconds.push((performance.now() - begun) / 1000);
      await pause(rest);
    }
    const after = cpuOf(child.pid);
    const cpu = before === undefined || after === undefined ? undefined : (after - before) / keystrokes;
    return { seconds: median(seconds), cpu, memory: undefined };
  } finally {
    connection.dispose();
    stop(child);
  }
}

function pause(seconds: number): Promise<void> {
  return new Promise((done) => setTimeout(done, seconds * 1000));
}

/** Waits until a process has done nothing for a while: first it reads the tree, and makes ready. */
async function idle(pid: number | undefined): Promise<void> {
  let before: number | undefined;
  do {
    before = cpuOf(pid);
    await pause(before === undefined ? 10 : 2);
  } while (before !== cpuOf(pid));
}

/** Seconds of CPU of a process so far, where Linux tells them, in hundredths. */
function cpuOf(pid: number | undefined): number | undefined {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
    return (Number(fields[11]) + Number(fields[12])) / 100;
  } catch {
    return undefined;
  }
}

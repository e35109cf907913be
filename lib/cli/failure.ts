import { existsSync, readFileSync } from 'node:fs';
import { relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inspect } from 'node:util';
import { isEspalierError } from '../errors';
import { paint, printError } from './terminal';

/** Prints what went wrong: the message, the author's line that led there, and no stack trace unless asked for. */
export function printFailure(error: unknown, trace: boolean): void {
  const { message, stack } =
    error instanceof Error ? error : new Error(`the app threw ${inspect(error)}, which is not an Error`);
  const line = authorsLine(stack);
  // Of a module that there is not, Node says which files led to it: the author's line does.
  const conflict = conflictIn(message);
  const said = conflict ?? (line ? message.replace(/\nRequire stack:(?:\n- .*)*/, '') : message);
  // What an app throws may quote what it was given.
  const { maskForms } = require('../graph/masking/forms') as typeof import('../graph/masking/forms');
  const { diskRemedy } = require('../tree/writing') as typeof import('../tree/writing');
  const remedy = diskRemedy(error);
  printMistake(maskForms(remedy === undefined ? said.trim() : `${said.trim()}. ${remedy}, and run it again.`));
  if (line) printError(`  at ${line}`);
  if (trace) printError(maskForms(stack ?? ''));
  else if (!isEspalierError(error) && !conflict && !remedy)
    printError('Run it again with --trace for the stack trace.');
}

/** Prints what is wrong with a command line: no line of the author's led there. */
export function printMistake(message: string): void {
  printError(`${paint('red', 'error:', process.stderr)} ${message}`);
}

/** Of code that does not compile, since a merge is not finished, what to do. */
function conflictIn(message: string): string | undefined {
  const [, file = '', line] = /^(\/.*|[A-Za-z]:\\.*):(\d+):\d+: ERROR: Unexpected "(?:<<|==|>>)/m.exec(message) ?? [];
  if (!existsSync(file)) return undefined;
  const { hasConflict } = require('../tree/ownership') as typeof import('../tree/ownership');
  if (!hasConflict(readFileSync(file, 'utf8'))) return undefined;
  const where = `${relative(process.cwd(), file)}:${line}`;
  return `${where}: Git's conflict marker. Take what is right of both sides, then run espalier synth --resolve: it makes the files of the tree anew.`;
}

/** `main.ts:31:3`: the innermost line of the stack that is neither a package's nor this library's. */
function authorsLine(stack = ''): string | undefined {
  const library = resolve(__dirname, '..') + sep;
  for (const [, location, at] of stack.matchAll(
    /^\s+at .*?\(?((?:file:\/\/|\/|[A-Za-z]:\\)[^()\n]*?)(:\d+:\d+)\)?$/gm,
  )) {
    const file = location?.startsWith('file://') ? fileURLToPath(location) : (location ?? '');
    if (file.includes(`${sep}node_modules${sep}`) || file.startsWith(library) || !file.startsWith(process.cwd() + sep))
      continue;
    return relative(process.cwd(), file) + at;
  }
  return undefined;
}

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
  const said = line ? message.replace(/\nRequire stack:(?:\n- .*)*/, '') : message;
  // What an app throws may quote what it was given.
  const { maskForms } = require('../graph/masking/forms') as typeof import('../graph/masking/forms');
  printError(`${paint('red', 'error:', process.stderr)} ${maskForms(said.trim())}`);
  if (line) printError(`  at ${line}`);
  if (trace) printError(maskForms(stack ?? ''));
  else if (!isEspalierError(error)) printError('Run it again with --trace for the stack trace.');
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

import { parseArgs } from 'node:util';
import type { Command } from './command';
import { commands } from './commands';
import { printFailure } from './failure';
import { print, printError } from './terminal';

/** Options that every command has. */
const common = { help: { type: 'boolean', short: 'h' }, trace: { type: 'boolean' } } as const;

/** Runs a command of espalier in this process, to its end. Prints to the standard streams; returns the exit code. */
export async function run(args: readonly string[]): Promise<number> {
  const [name, ...rest] = args;
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    print(overview());
    return name === undefined ? 2 : 0;
  }
  if (name === '--version') {
    // By the package's own name: the way to the file differs between the sources and what is compiled.
    print((require('cdk8s-espalier/package.json') as { version: string }).version);
    return 0;
  }
  const entry = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!entry) {
    printError(`error: there is no command ${JSON.stringify(name)}.\n\n${overview()}`);
    return 2;
  }
  return invoke(entry.load(), rest);
}

async function invoke(command: Command, args: string[]): Promise<number> {
  let parsed: ReturnType<typeof parseArgs>;
  try {
    parsed = parseArgs({ args, options: { ...command.options, ...common }, allowPositionals: true });
  } catch (error) {
    printError(`error: ${(error as Error).message}\n\n${command.help}`);
    return 2;
  }
  if (parsed.values.help) {
    print(command.help);
    return 0;
  }
  if (parsed.positionals.length > command.positionals) {
    const extra = parsed.positionals.slice(command.positionals).join(' ');
    printError(`error: unexpected ${JSON.stringify(extra)}.\n\n${command.help}`);
    return 2;
  }
  try {
    return await command.run(parsed);
  } catch (error) {
    printFailure(error, parsed.values.trace === true);
    return 2;
  } finally {
    (require('../text/memoize') as typeof import('../text/memoize')).forgetTexts();
  }
}

function overview(): string {
  const width = Math.max(...Object.keys(commands).map((name) => name.length));
  const list = Object.entries(commands).map(([name, { summary }]) => `  ${name.padEnd(width)}  ${summary}`);
  return `espalier: Flux trees from typed constructs, and checks for any Flux tree

Usage: espalier COMMAND [options]

${list.join('\n')}

  espalier COMMAND --help tells more.  Example: espalier synth main.ts --check`;
}

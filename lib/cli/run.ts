import { meantWord } from '../text/nearest';
import { parseArguments } from './arguments';
import type { Command, Invocation } from './command';
import { commands } from './commands';
import { printFailure, printMistake } from './failure';
import { printHelp } from './help';
import { print } from './terminal';

/** Runs a command of espalier in this process, to its end. Prints to the standard streams; returns the exit code. */
export async function run(args: readonly string[]): Promise<number> {
  const [name, ...rest] = args;
  if (name === undefined) {
    printHelp(overview());
    return 2;
  }
  if (name === '--version' || name === '-v' || name === 'version') {
    // By the package's own name: the way to the file differs between the sources and what is compiled.
    print((require('cdk8s-espalier/package.json') as { version: string }).version);
    return 0;
  }
  if (name === '--help' || name === '-h' || name === 'help') {
    const [of] = rest;
    if (of === undefined || !Object.hasOwn(commands, of)) {
      if (of !== undefined) return refuse(of);
      printHelp(overview());
      return 0;
    }
    return run([of, '--help']);
  }
  const entry = Object.hasOwn(commands, name) ? commands[name] : undefined;
  return entry === undefined ? refuse(name) : invoke(name, entry.load(), rest);
}

function refuse(name: string): number {
  const near = meantWord(name.replace(/^--?/, ''), Object.keys(commands));
  const isOption = name.startsWith('-');
  const what = isOption
    ? `the command comes first, and ${name} is none`
    : `there is no command ${JSON.stringify(name)}`;
  printMistake(
    near === undefined
      ? `${what}. The commands are ${Object.keys(commands).join(', ')}.`
      : `${what}; did you mean espalier ${near}?`,
  );
  return 2;
}

async function invoke(name: string, command: Command, args: readonly string[]): Promise<number> {
  // Before a `--`, after which everything is an argument.
  const options = args.includes('--') ? args.slice(0, args.indexOf('--')) : args;
  if (options.some((arg) => arg === '--help' || arg === '-h')) {
    printHelp(command.help);
    return 0;
  }
  let invocation: Invocation;
  try {
    invocation = parseArguments(name, command, args);
  } catch (error) {
    printMistake((error as Error).message);
    return 2;
  }
  try {
    return await command.run(invocation);
  } catch (error) {
    printFailure(error, options.includes('--trace'));
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

  espalier COMMAND --help tells more, espalier --version which version it is.

Example: espalier check clusters`;
}

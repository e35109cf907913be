import { parseArgs } from 'node:util';
import { EspalierError } from '../errors';
import { count } from '../text/count';
import { meantWord } from '../text/nearest';
import { choice } from './choice';
import type { Command, Invocation, Option } from './command';

/** Options that every command has. */
export const commonOptions: Readonly<Record<string, Option>> = {
  help: { type: 'boolean', short: 'h' },
  trace: { type: 'boolean' },
};

/**
 * What a command is called with.
 *
 * @throws EspalierError for an option that it does not have, or that says what it may not; for an argument too many
 */
export function parseArguments(name: string, command: Command, args: readonly string[]): Invocation {
  const options = { ...command.options, ...commonOptions };
  const { tokens } = parseArgs({ args: [...args], options, strict: false, tokens: true });
  for (const token of tokens) {
    if (token.kind !== 'option') continue;
    // That is how diff calls the folder.
    const isFolder = token.name === 'path' && !('path' in options) && / {2}PATH /.test(command.help);
    if (isFolder)
      throw new EspalierError(`espalier ${name} takes the folder as an argument: leave --path out. ${hint(name)}`);
    refuseOption(name, options, token);
  }
  const parsed = parseArgs({ args: [...args], options, allowPositionals: true });
  for (const [option, { choices }] of Object.entries(options)) {
    if (choices === undefined) continue;
    for (const value of [parsed.values[option] ?? []].flat()) choice(`--${option}`, value as string, choices);
  }
  const extra = parsed.positionals.slice(command.positionals).join(' ');
  if (extra !== '') {
    const most = command.positionals === 0 ? 'no arguments' : `at most ${count(command.positionals, 'argument')}`;
    throw new EspalierError(`unexpected ${JSON.stringify(extra)}: espalier ${name} takes ${most}. ${hint(name)}`);
  }
  return parsed;
}

interface GivenOption {
  readonly name: string;
  readonly rawName: string;
  readonly value?: string | undefined;
}

function refuseOption(command: string, options: Readonly<Record<string, Option>>, token: GivenOption): void {
  const { name, rawName, value } = token;
  const option = Object.hasOwn(options, name) ? options[name] : undefined;
  if (option === undefined) {
    const near = meantWord(name, Object.keys(options));
    throw new EspalierError(
      `espalier ${command} has no option ${rawName}${near === undefined ? '.' : `; did you mean --${near}?`} ${hint(command)}`,
    );
  }
  if (option.type === 'boolean' && value !== undefined) {
    throw new EspalierError(`--${name} takes no value, and was given ${JSON.stringify(value)}. Write --${name} alone.`);
  }
  if (option.type === 'string' && (value === undefined || (value.startsWith('-') && value.length > 1))) {
    const what = option.choices === undefined ? '' : `: one of ${option.choices.join(', ')}`;
    const dash = value === undefined ? '' : ` One that begins with a dash is written --${name}=${value}.`;
    throw new EspalierError(`--${name} wants a value${what}.${dash} ${hint(command)}`);
  }
}

function hint(name: string): string {
  return `See espalier ${name} --help.`;
}

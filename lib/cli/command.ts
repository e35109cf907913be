import type { ParseArgsConfig } from 'node:util';

/** What a command is called with. */
export interface Invocation {
  readonly values: Readonly<Record<string, string | boolean | (string | boolean)[] | undefined>>;
  readonly positionals: readonly string[];
}

/** One command of `espalier`: a file that exports this object, and a line in commands.ts. */
export interface Command {
  /** The text of `--help`: usage, options with their defaults, exit codes, an example. */
  readonly help: string;
  readonly options: NonNullable<ParseArgsConfig['options']>;
  /** How many arguments without a dash it takes at most. */
  readonly positionals: number;
  /** @returns the exit code */
  run(invocation: Invocation): Promise<number>;
}

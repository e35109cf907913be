import type { ParseArgsConfig } from 'node:util';

/** What a shell may offer that is found out when it is asked for. */
export type Offered = 'rule' | 'cluster' | 'revision' | 'file';

/** An option as parseArgs knows it, and what it may say. */
export type Option = NonNullable<ParseArgsConfig['options']>[string] & {
  /** All that it may be: something else is refused before the command runs, and a shell offers these. */
  readonly choices?: readonly string[];
  /** What else a shell offers as its value. @default file */
  readonly offers?: Offered;
  /** Whether it is only for programs, and nobody is told of it. @default false */
  readonly hidden?: boolean;
};

/** What a command is called with. */
export interface Invocation {
  readonly values: Readonly<Record<string, string | boolean | (string | boolean)[] | undefined>>;
  readonly positionals: readonly string[];
}

/** One command of `espalier`: a file that exports this object, and a line in commands.ts. */
export interface Command {
  /** The text of `--help`: usage, options with their defaults, exit codes, an example. */
  readonly help: string;
  readonly options: Readonly<Record<string, Option>>;
  /** How many arguments without a dash it takes at most. */
  readonly positionals: number;
  /** What a shell offers for them, in their order; the last counts for all that follow. @default file */
  readonly offers?: readonly (Offered | readonly string[])[];
  /** @returns the exit code */
  run(invocation: Invocation): Promise<number>;
}

/** The commands by name, each loaded when it is called, with what `espalier --help` says of it. */
export type Commands = Readonly<Record<string, { readonly summary: string; load(): Command }>>;

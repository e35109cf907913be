import type { Command } from './command';

/** Commands by name, each loaded when it is called: `espalier --help` needs none of them. */
export const commands: Readonly<Record<string, { readonly summary: string; readonly load: () => Promise<Command> }>> = {
  synth: {
    summary: 'write the tree that main.ts yields; --check compares only',
    load: async () => (await import('./synth.js')).synth,
  },
};

import type { Command } from './command';

/** Commands by name, each loaded when it is called: `espalier --help` needs none of them. */
export const commands: Readonly<Record<string, { readonly summary: string; readonly load: () => Promise<Command> }>> = {
  synth: {
    summary: 'write the tree that main.ts yields; --check compares only',
    load: async () => (await import('./synth.js')).synth,
  },
  check: {
    summary: 'prove a Flux tree: what would fail only when Flux applies it',
    load: async () => (await import('./check.js')).check,
  },
  graph: {
    summary: 'pictures of a Flux tree: how secrets flow, in which order Flux applies it',
    load: async () => (await import('./graph.js')).graph,
  },
  diff: {
    summary: 'what a change does: restarts, deletions, what needs a person',
    load: async () => (await import('./diff.js')).diff,
  },
  docs: {
    summary: 'write the documentation of clusters from their tree; --check compares only',
    load: async () => (await import('./docs.js')).docs,
  },
  policy: {
    summary: 'the least-privilege Vault policy that a tree needs, or what a given one lacks',
    load: async () => (await import('./policy.js')).policy,
  },
  explain: {
    summary: 'what a rule of check means, and how to mend what it finds',
    load: async () => (await import('./explain.js')).explain,
  },
};

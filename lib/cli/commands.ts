import type { Commands } from './command';

export const commands: Commands = {
  init: {
    summary: 'begin: package.json, main.ts and a CI workflow for an empty folder, or a repository that Flux reads',
    load: () => (require('./init') as typeof import('./init')).init,
  },
  synth: {
    summary: 'write the tree that main.ts describes; --check only compares',
    load: () => (require('./synth') as typeof import('./synth')).synth,
  },
  check: {
    summary: 'check a Flux tree: find what would fail when Flux applies it',
    load: () => (require('./check') as typeof import('./check')).check,
  },
  adopt: {
    summary: 'write the code of YAML that is there, and prove that it makes the same',
    load: () => (require('./adopt') as typeof import('./adopt')).adopt,
  },
  graph: {
    summary: 'draw a Flux tree: how secrets flow, in which order Flux applies it',
    load: () => (require('./graph') as typeof import('./graph')).graph,
  },
  impact: {
    summary: 'who reads something, what restarts if it changes, what fails if it is gone',
    load: () => (require('./impact') as typeof import('./impact')).impact,
  },
  order: {
    summary: 'in which order a cluster starts after a disaster, and what has to be there before',
    load: () => (require('./order') as typeof import('./order')).order,
  },
  diff: {
    summary: 'what a change does: what restarts, what is deleted, what a person must do',
    load: () => (require('./diff') as typeof import('./diff')).diff,
  },
  clusters: {
    summary: 'the clusters of a Flux tree as jobs of a CI, one each for check and diff --cluster',
    load: () => (require('./clusters') as typeof import('./clusters')).clusters,
  },
  report: {
    summary: 'make one report of those of many runs: report merge FILE...',
    load: () => (require('./report') as typeof import('./report')).report,
  },
  comment: {
    summary: 'write what check and diff found as one comment on a pull request, and keep it up to date',
    load: () => (require('./comment') as typeof import('./comment')).comment,
  },
  docs: {
    summary: 'write the documentation of clusters from their tree; --check only compares',
    load: () => (require('./docs') as typeof import('./docs')).docs,
  },
  policy: {
    summary: 'the least-privilege Vault policy that a tree needs, or what an existing one lacks',
    load: () => (require('./policy') as typeof import('./policy')).policy,
  },
  schemas: {
    summary: 'keep the schemas of further kinds in the repository, for check: schemas add SOURCE',
    load: () => (require('./schemas') as typeof import('./schemas')).schemas,
  },
  lock: {
    summary: 'write down which charts a tree uses, so that later runs use the same',
    load: () => (require('./lock') as typeof import('./lock')).lock,
  },
  cache: {
    summary: 'where fetched charts are kept, and how large they are; cache prune deletes',
    load: () => (require('./cache') as typeof import('./cache')).cache,
  },
  rename: {
    summary: 'give a Kustomization another name or namespace without losing what it applies: two steps',
    load: () => (require('./rename') as typeof import('./rename')).rename,
  },
  push: {
    summary: 'push a tree to a registry, as an artifact that an OCIRepository of Flux pulls',
    load: () => (require('./push') as typeof import('./push')).push,
  },
  import: {
    summary: "write typed constructs of CustomResourceDefinitions, or the types of a chart's values",
    load: () => (require('./import') as typeof import('./import')).importCommand,
  },
  mcp: {
    summary: 'a server of the Model Context Protocol: agents ask check, diff, impact and order',
    load: () => (require('./mcp') as typeof import('./mcp')).mcp,
  },
  lsp: {
    summary: 'a language server for editors: findings while one types, and where references lead',
    load: () => (require('./lsp') as typeof import('./lsp')).lsp,
  },
  completion: {
    summary: 'have bash, zsh or fish complete commands, options, rules and clusters',
    load: () => (require('./completion') as typeof import('./completion')).completionOf(commands),
  },
  explain: {
    summary: 'what a rule of check means, and how to fix what it finds',
    load: () => (require('./explain') as typeof import('./explain')).explain,
  },
};

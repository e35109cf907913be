import type { Graph } from '../graph/graph';
import { textAt } from '../json/read';
import { printError } from './terminal';

/**
 * Warns that Flux does not see a tree, because Git ignores it. One that goes into a registry or a bucket need not be in Git, and who
 * works in a folder that Git ignores knows.
 */
export function tellIgnored({ tree, clusters }: Graph, tell: (text: string) => void = printError): void {
  const { below, inside = '', ignoredBy } = tree;
  if (below === '' || !clusters.some(({ flux }) => flux)) return;
  const kinds = clusters.flatMap(({ kustomizations }) =>
    kustomizations.map(({ spec }) => textAt(spec, 'sourceRef', 'kind')),
  );
  if (!kinds.includes('GitRepository')) return;
  const by = ignoredBy?.(below);
  if (by !== undefined && (inside === '' || ignoredBy?.(inside) === undefined)) tell(ignoredWarning(below, by));
}

export function ignoredWarning(folder: string, by: string): string {
  // A run of synth that has nothing to warn of does not load it.
  const { inline } = require('../graph/masking/printable') as typeof import('../graph/masking/printable');
  return `warning: Git ignores ${inline(folder)} (${inline(by)}), and Flux reads what is committed. Take that line out, then run: git add ${inline(folder)}`;
}

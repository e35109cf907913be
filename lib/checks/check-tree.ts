import { makeGraph } from '../graph/make-graph';
import { type BuildOptions, makeBuild } from '../tree/kustomize';
import type { SourceTree } from '../tree/source/source';
import type { Result } from './finding';
import { checks } from './index';
import { type RunOptions, runChecks } from './run';

/** Checks a tree with every rule: what `espalier check` reports, and what synthesizing refuses to write. */
export function checkTree(source: SourceTree, options: BuildOptions & Partial<RunOptions> = {}): Result {
  const graph = makeGraph(source, makeBuild(source, options));
  return runChecks(graph, { checks, ...options });
}

import type { Graph } from '../graph/graph';
import { type GraphOptions, makeGraph } from '../graph/make-graph';
import { schemaStore } from '../graph/schema/store';
import type { Build } from '../tree/kustomize/built';
import { readSchemaFile } from '../tree/schemas';
import type { SourceTree } from '../tree/source/source';
import type { Result } from './finding';
import { checks } from './index';
import { type RunOptions, runChecks } from './run';

export interface CheckTreeOptions extends Partial<RunOptions>, GraphOptions {
  /** Called as the work goes on, for a progress line. */
  readonly onPhase?: (phase: 'following references' | 'checking') => void;
}

/** Checks a tree with every rule: what `espalier check` reports, and what synthesizing refuses to write. */
export function checkTree(source: SourceTree, build: Build, options: CheckTreeOptions = {}): Result {
  options.onPhase?.('following references');
  const schemas = options.schemas ?? schemaStore(readSchemaFile);
  const graph: Graph = makeGraph(source, build, { ...options, schemas });
  options.onPhase?.('checking');
  return runChecks(graph, { checks, ...options });
}

import type { Graph } from '../graph/graph';
import { type GraphOptions, makeGraph } from '../graph/make-graph';
import { schemaStore } from '../graph/schema/store';
import type { Build } from '../tree/kustomize/built';
import { readSchemaFile } from '../tree/schemas';
import type { SourceTree } from '../tree/source/source';
import type { Result } from './finding';
import { checks } from './index';
import { type RunOptions, runChecks } from './run';

export interface CheckTreeOptions extends Partial<RunOptions>, GraphOptions {}

/** Checks a tree with every rule: what synthesizing refuses to write, and `espalier check` reports. */
export function checkTree(source: SourceTree, build: Build, options: CheckTreeOptions = {}): Result {
  const schemas = options.schemas ?? schemaStore(readSchemaFile);
  const graph: Graph = makeGraph(source, build, { ...options, schemas });
  return runChecks(graph, { checks, ...options });
}

import type { Result } from '../../lib/checks/finding';
import { checks } from '../../lib/checks/index';
import { type RunOptions, runChecks, runChecksTraced } from '../../lib/checks/run';
import type { Graph } from '../../lib/graph/graph';
import { type GraphOptions, makeGraph } from '../../lib/graph/make-graph';
import { openCharts } from '../../lib/graph/releases';
import { packedSchemas } from '../../lib/graph/schema/read-schemas';
import { schemaStore } from '../../lib/graph/schema/store';
import type { Charts } from '../../lib/tree/charts/chart';
import type { Build } from '../../lib/tree/kustomize/built';
import type { SourceTree } from '../../lib/tree/source/source';

export interface CheckTreeOptions extends Partial<RunOptions>, GraphOptions {}

/** As checkTree, with the charts of its HelmReleases. */
export async function checkOpened(
  source: SourceTree,
  build: Build,
  charts: Charts,
  options: CheckTreeOptions = {},
): Promise<Result> {
  const schemas = options.schemas ?? schemaStore(packedSchemas());
  const graph = makeGraph(source, build, { ...options, schemas });
  return runChecksTraced(await openCharts(graph, charts, { kubeVersion: '1.36.0' }), { checks, ...options });
}

/** Checks a tree with every rule, as `espalier check` does. */
export function checkTree(source: SourceTree, build: Build, options: CheckTreeOptions = {}): Result {
  const schemas = options.schemas ?? schemaStore(packedSchemas());
  const graph: Graph = makeGraph(source, build, { ...options, schemas });
  return runChecks(graph, { checks, ...options });
}

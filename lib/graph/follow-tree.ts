import { makeBuild } from '../tree/kustomize';
import type { SourceTree } from '../tree/source/source';
import type { Graph } from './graph';
import { type GraphOptions, makeGraph } from './make-graph';

/**
 * Builds a tree as Flux does, and follows its references. Files that its Kustomizations apply are checked, too, wherever in the
 * source they lie.
 */
export function followTree(tree: SourceTree, options: GraphOptions): Graph {
  let source = tree;
  for (;;) {
    const graph = makeGraph(source, makeBuild(source), options);
    const more = [...graph.reached].filter((path) => /\.ya?ml$/.test(path) && !source.files.has(path));
    const files = more.flatMap((path) => source.file(path) ?? []);
    if (files.length === 0) return graph;
    source = { ...source, files: new Map([...source.files, ...files.map((file) => [file.path, file] as const)]) };
  }
}

/** Whether a tree refers to files that are not in it, or has a folder built of whatever files lie there. */
export function lacksFiles({ builds, clusters }: Graph): boolean {
  return (
    builds.some(
      ({ faults, kustomizations }) =>
        kustomizations.length === 0 || faults.some(({ kind }) => kind === 'missing' || kind === 'outside'),
    ) || clusters.some(({ kustomizations }) => kustomizations.some(({ contents }) => contents.type === 'missing'))
  );
}

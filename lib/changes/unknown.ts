import type { Graph } from '../graph/graph';
import { describe } from '../graph/identity';
import type { FluxKustomization } from '../graph/resource';
import { shownPath } from '../graph/shown-path';
import { failuresOf } from './failing';

/** Files that nobody has read, and Kustomizations of which nobody knows what they apply. */
export function unknownIn({ clusters, tree, reached }: Graph): string[] {
  const found = clusters.flatMap(({ kustomizations }) =>
    kustomizations.flatMap(({ contents, resource }) => {
      if (contents.type === 'built') return [];
      const why = contents.type === 'missing' ? `the tree has no folder \`${contents.folder}\`` : contents.why;
      return [`What ${describe(resource)} applies: ${why}.`];
    }),
  );
  const unread = [...tree.files.values()].flatMap(({ path, faults }) =>
    faults.flatMap(({ kind, message }) =>
      kind === 'unreadable' && reached.has(path) ? `What ${shownPath(tree, path)} holds: ${message}.` : [],
    ),
  );
  return [...new Set([...found, ...unread])];
}

/** Kustomizations that can be built from now on: what they have applied until then, the tree before does not show. */
export function unbuiltBefore(base: Graph, head: Graph): string[] {
  const fails = (graph: Graph, kustomization: FluxKustomization) => failuresOf(kustomization, graph.tree).length > 0;
  const fixed = base.clusters.flatMap(({ kustomizations }) =>
    kustomizations.filter((before) => {
      const now = head.clusters.flatMap((cluster) => cluster.kustomization(before.namespace, before.name) ?? []);
      return fails(base, before) && now.length > 0 && !now.some((one) => fails(head, one));
    }),
  );
  return [...new Set(fixed.map(({ resource }) => `What ${describe(resource)} applied before: it could not be built.`))];
}

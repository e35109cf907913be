import type { Graph } from '../../graph/graph';
import { nameOf } from '../../graph/kustomization';
import { push } from '../../text/group-by';
import { memoize } from '../../text/memoize';
import type { BuildFault, Built } from '../../tree/kustomize/built';
import type { TreeCheck } from '../check';

/** A rule that reports some kinds of what makes kustomize fail, or what it passes over in silence. */
export function buildCheck(kinds: readonly BuildFault['kind'][], rule: Omit<TreeCheck, 'checkTree'>): TreeCheck {
  return {
    ...rule,
    *checkTree(graph) {
      for (const built of graph.builds) {
        const kustomizations = builtBy(graph).get(built) ?? [];
        for (const { kind, document, path, message, fails } of built.faults) {
          // What builds a tree without Flux, such as Argo CD, may have Helm.
          if (!kinds.includes(kind) || (kind === 'helm' && !hasFlux(graph))) continue;
          yield { at: { document, path }, message, severity: fails ? 'error' : 'warning', kustomizations };
        }
      }
    },
  };
}

function hasFlux({ clusters }: Graph): boolean {
  return clusters.some(({ flux }) => flux);
}

/** The Kustomizations that apply what was built. */
const builtBy = memoize(({ clusters }: Graph): ReadonlyMap<Built, readonly string[]> => {
  const found = new Map<Built, string[]>();
  for (const { kustomizations } of clusters) {
    for (const kustomization of kustomizations) {
      const { contents } = kustomization;
      if (contents.type === 'built') push(found, contents.built, nameOf(kustomization));
    }
  }
  return found;
});

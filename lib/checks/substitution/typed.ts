import { pathText } from '../../graph/schema/text';
import { display } from '../../graph/substitution';
import type { ClusterCheck } from '../check';
import { typeFaultAt } from '../schema/faults';

/** Quotes are gone when Flux fills in: kustomize prints `"${PORT}"` as ${PORT}. */
export const typed: ClusterCheck = {
  id: 'substitution/typed',
  severity: 'error',
  title: 'Text that becomes a number or boolean',
  atRunTime:
    'the API server refuses the object: the field takes text, and what the variable holds reads as a number or boolean; in a label, all labels of the object are lost',
  remedy: "give a variable that holds a quote (quote: '\"') and write ${quote}${NAME}${quote}, or write the value out",
  source: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#post-build-variable-substitution',
  *check(cluster, graph) {
    for (const { typed } of cluster.kustomizations) {
      for (const { resource, path, before, after } of typed) {
        if (!typeFaultAt(resource, path, cluster, graph)) continue;
        const message =
          resource.kind === 'Secret'
            ? `what variables make of ${pathText(path)} is a ${typeof after}, not text`
            : `${display(before)} becomes ${JSON.stringify(after)}, which is no text`;
        const isLabel = path.length === 3 && path[0] === 'metadata' && path[1] === 'labels';
        yield {
          at: { resource, path },
          message: isLabel ? `${message}: Flux drops all labels of the object` : message,
        };
      }
    }
  },
};

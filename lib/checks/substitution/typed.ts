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
    'the API server refuses the object: the field must be text, but the value of the variable reads as a number or boolean; if it is a label, Flux drops all labels of the object',
  remedy:
    "set a variable to a quotation mark (quote: '\"') and write ${quote}${NAME}${quote}, or write the value itself",
  source: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#post-build-variable-substitution',
  *check(cluster, graph) {
    for (const { typed } of cluster.kustomizations) {
      for (const { resource, path, before, after } of typed) {
        if (!typeFaultAt(resource, path, cluster, graph)) continue;
        const message =
          resource.kind === 'Secret'
            ? `${pathText(path)} becomes a ${typeof after} once its variables are filled in, but must be text`
            : `${display(before)} becomes ${JSON.stringify(after)}, which is not text`;
        const isLabel = path.length === 3 && path[0] === 'metadata' && path[1] === 'labels';
        yield {
          at: { resource, path },
          message: isLabel ? `${message}: Flux drops all labels of the object` : message,
        };
      }
    }
  },
};

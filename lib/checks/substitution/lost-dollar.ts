import { textsIn } from '../../graph/json';
import { pathText } from '../../graph/schema/text';
import { isExempt } from '../../graph/substitution';
import { resourceOf } from '../../graph/unfold';
import type { ClusterCheck } from '../check';

/** Two dollars that no brace follows: `DO $$`, `$$(X)`; four stand for two. `$${X}` is the way to write `${X}`. */
const pair = /(?<!\$)\$\$(?![${])/;

export const lostDollar: ClusterCheck = {
  id: 'substitution/lost-dollar',
  severity: 'error',
  title: 'Two dollars that become one',
  atRunTime: 'Flux writes $ for $$: a SQL block (DO $$ … $$) or $$(NAME) is another text in the cluster',
  remedy: 'write $$$$ for $$, or put the annotation kustomize.toolkit.fluxcd.io/substitute: disabled on the object',
  source: 'fluxcd/pkg envsubst parse/scan.go',
  *check(cluster) {
    for (const { contents, variables } of cluster.kustomizations) {
      if (contents.type !== 'built' || variables === undefined || variables.substitutes !== 'always') continue;
      for (const object of contents.built.objects) {
        if (isExempt(object.value)) continue;
        for (const { text, path } of textsIn(object.value)) {
          if (!pair.test(text)) continue;
          const resource = resourceOf(object.value, object);
          if (resource === undefined) continue;
          // Not what stands around them: it may be a password.
          yield {
            at: { resource, path },
            message: `${pathText(path)} has two dollars, of which Flux makes one`,
            sensitive: true,
          };
        }
      }
    }
  },
};

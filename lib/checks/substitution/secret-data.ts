import { resourceOf } from '../../graph/resource-of';
import { isExempt } from '../../graph/substitution';
import { keysAt, textAt } from '../../json/read';
import type { ClusterCheck } from '../check';

/** `data` holds base64; what a variable holds is plain text. */
export const secretData: ClusterCheck = {
  id: 'substitution/secret-data',
  severity: 'error',
  title: "Variable in a Secret's data",
  atRunTime: 'the API server refuses the Secret ("illegal base64 data"), or the Secret holds the wrong bytes',
  remedy: 'move the key to stringData',
  source: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#post-build-variable-substitution',
  *check(cluster) {
    for (const { contents, variables } of cluster.kustomizations) {
      if (contents.type !== 'built' || variables === undefined || variables.substitutes === 'never') continue;
      for (const object of contents.built.objects) {
        if (object.value.kind !== 'Secret' || object.value.apiVersion !== 'v1' || isExempt(object.value)) continue;
        for (const key of keysAt(object.value, 'data')) {
          const found = /\$\{[A-Za-z_]\w*/.exec(textAt(object.value, 'data', key) ?? '');
          const resource = found && resourceOf(object.value, object);
          if (!found || !resource) continue;
          const message = `data.${key} contains the variable ${found[0]}}, but must be base64`;
          yield { at: { resource, path: ['data', key] }, message };
        }
      }
    }
  },
};

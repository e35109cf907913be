import { describe } from '../../graph/identity';
import { isExempt } from '../../graph/substitution';
import { listAt, objectAt, textsIn } from '../../json/read';
import type { ClusterCheck } from '../check';

/** Without a single variable Flux does not substitute, unless told to always (spec.postBuild.substituteStrategy). */
export const noVariables: ClusterCheck = {
  id: 'substitution/no-variables',
  severity: 'error',
  title: 'Variables that Flux does not substitute',
  atRunTime:
    'Flux substitutes nothing in a Kustomization that sets no variable: $${NAME} and ${NAME:=default} reach the cluster as they are written',
  remedy: 'set a variable in postBuild.substitute, or set substituteStrategy: Always',
  source: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#post-build-variable-substitution',
  *check(cluster) {
    for (const { spec, variables, resources, resource } of cluster.kustomizations) {
      if (objectAt(spec, 'postBuild') === undefined || variables?.substitutes !== 'never') continue;
      const mayLackSources = listAt(spec, 'postBuild', 'substituteFrom').length > 0;
      for (const applied of resources) {
        if (isExempt(applied.value)) continue;
        for (const { text, path } of textsIn(applied.value)) {
          const found = meantForFlux(text, mayLackSources);
          if (found === undefined) continue;
          const message = `${found} is not substituted: ${describe(resource)} sets no variables`;
          yield { at: { resource: applied, path }, message };
        }
      }
    }
  },
};

/**
 * What of a text only Flux understands: an escape, or a default outside of a script. A plain ${NAME} may be for others (Grafana, a
 * shell), unless there should have been variables.
 */
function meantForFlux(text: string, mayLackSources: boolean): string | undefined {
  const [escaped] = /\$\$\{[A-Za-z_]\w*(?::?=[^}]*)?\}/.exec(text) ?? [];
  if (escaped !== undefined || text.includes('\n')) return escaped;
  return (mayLackSources ? /\$\{[A-Za-z_]\w*(?::?=[^}]*)?\}/ : /\$\{[A-Za-z_]\w*:?=[^}]*\}/).exec(text)?.[0];
}

import type { Cluster } from '../../graph/cluster';
import { describe } from '../../graph/identity';
import type { FluxKustomization, KustomizationSubstitutionFault } from '../../graph/resource';
import type { ClusterCheck, Problem } from '../check';
import type { Severity } from '../finding';

export type Fault = KustomizationSubstitutionFault;

/** A rule that reports some kinds of what goes wrong where Flux fills in variables. */
export function substitutionCheck(
  kinds: readonly Fault['kind'][],
  message: (fault: Fault, kustomization: FluxKustomization, cluster: Cluster) => string,
  rule: Omit<ClusterCheck, 'check'>,
  severity: (cluster: Cluster) => Severity = () => rule.severity,
): ClusterCheck {
  return {
    ...rule,
    *check(cluster: Cluster): Iterable<Problem> {
      for (const kustomization of cluster.kustomizations) {
        for (const fault of kustomization.substitution) {
          if (!kinds.includes(fault.kind)) continue;
          const { path, inKey } = fault;
          const resource = fault.resource ?? kustomization.resource;
          const shown = resource.kind === 'Secret' ? withoutValue(fault) : fault;
          const at = { resource, path, on: inKey ? 'key' : 'value', part: fault.expression } as const;
          yield { at, message: message(shown, kustomization, cluster), severity: severity(cluster) };
        }
      }
    },
  };
}

/** Of a Secret, the variable alone: what stands beside it may be secret. */
function withoutValue(fault: Fault): Fault {
  const { expression, variable = '' } = fault;
  if (!expression.startsWith('${') || expression === `\${${variable}}`) return fault;
  return { ...fault, expression: `\${${variable}…}` };
}

/** The Kustomization whose variables they are, for messages. */
export function of({ resource }: FluxKustomization): string {
  return describe(resource);
}

import { describe, step } from '../../graph/identity';
import type { KyvernoVerdict } from '../../graph/kyverno-verdict';
import type { ClusterCheck, Problem } from '../check';

export const kyverno: ClusterCheck = {
  id: 'policy/kyverno',
  severity: 'error',
  title: 'Object that a Kyverno policy of the tree refuses',
  atRunTime:
    'the object is refused by Kyverno (Enforce: an error), or noted in its reports (Audit: a warning); Flux fails at the first that is refused',
  remedy: 'write what the policy asks for, or add a PolicyException for the object',
  source: 'https://kyverno.io/docs/policy-types/cluster-policy/validate/',
  *check(cluster, graph) {
    for (const verdict of graph.kyverno?.get(cluster) ?? []) yield problemOf(verdict);
  },
};

function problemOf({ policy, rule, result, message, resource, path, known }: KyvernoVerdict): Problem {
  const { kind, namespace, name, document } = resource;
  const why = result === 'error' ? `Kyverno cannot evaluate policy ${policy}: ${message}` : undefined;
  const unsure = why ?? (known ? undefined : 'the object has a variable that nobody knows here');
  return {
    at: { resource, path: path.length === 0 ? ['metadata', 'name'] : path },
    severity: result === 'warn' ? 'warning' : 'error',
    message: `Kyverno policy ${policy} ${result === 'warn' ? 'notes' : 'refuses'} ${describe(resource)}: ${message}`,
    chain: rule === '' ? [] : [step(resource), `rule ${rule}`],
    ...(unsure !== undefined && {
      unless: { kind, namespace, name, by: { why: unsure, document, path: resource.path } },
    }),
  };
}

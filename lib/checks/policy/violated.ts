import { describe, step } from '../../graph/identity';
import { type PolicyVerdict, policyVerdicts, toldVerdict } from '../../graph/policies';
import type { ClusterCheck, Problem } from '../check';
import type { Severity } from '../finding';

export const violated: ClusterCheck = {
  id: 'policy/violated',
  severity: 'error',
  title: 'Object that a ValidatingAdmissionPolicy of the tree refuses',
  atRunTime:
    'the API server refuses it (validationActions Deny: an error), warns of it (Warn: a warning) or notes it in the audit log (Audit: info); Flux fails at the first that is refused',
  remedy: 'write what the policy asks for, or take the object out of what its binding is about',
  source: 'https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/',
  *check(cluster, graph) {
    for (const found of policyVerdicts(graph)(cluster)) {
      const verdict = toldVerdict(found);
      if (verdict.state === 'refused') yield problemOf(found, verdict.message);
    }
  },
};

function problemOf({ policy, binding, actions, resource, path, ofPods }: PolicyVerdict, said: string): Problem {
  const [verb, severity] = effectOf(actions);
  const what = ofPods ? `the pods of ${describe(resource)}` : describe(resource);
  return {
    at: { resource, path: ofPods ? path : ['metadata', 'name'], ...(ofPods && { on: 'key' }) },
    severity,
    message: `ValidatingAdmissionPolicy ${policy.name} ${verb} ${what}: ${said}`,
    chain: [step(resource), step(binding), step(policy)],
  };
}

function effectOf(actions: PolicyVerdict['actions']): [verb: string, severity: Severity] {
  if (actions.includes('Deny')) return ['refuses', 'error'];
  return actions.includes('Warn') ? ['warns of', 'warning'] : ['notes', 'info'];
}

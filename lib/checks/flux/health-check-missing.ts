import type { Cluster } from '../../graph/cluster';
import { describe, type Identity } from '../../graph/identity';
import { healthChecksOf, isSuspended } from '../../graph/kustomization';
import { isKnown } from '../../graph/substitution';
import { at } from '../../json/read';
import { isFluxGroup, isKubernetesGroup } from '../../systems/kinds/groups';
import { isClusterScoped } from '../../systems/kinds/scope';
import { lazy } from '../../text/memoize';
import type { ClusterCheck } from '../check';
import { hintFor } from '../hint';
import { meantObject } from '../meant';
import { missingUnless } from '../unless';

/** Groups whose objects operators make for others: pods of a database, say. */
const ordinary = /^(?:apps|batch|autoscaling|policy|)$/;

export const healthCheckMissing: ClusterCheck = {
  id: 'flux/health-check-missing',
  severity: 'error',
  title: 'Health check of an object that does not exist',
  atRunTime: 'the Kustomization never becomes ready: "timeout waiting for: [… status: \'NotFound\']"',
  remedy: 'correct apiVersion, kind, name or namespace of the entry, or remove the entry',
  fixes: 'write the one name that is a slip away, or the one namespace that has the name',
  source: 'fluxcd/pkg ssa/manager_wait.go (WaitForSetWithContext)',
  *check(cluster) {
    const operated = lazy(() => operatedNamespaces(cluster));
    for (const kustomization of cluster.kustomizations) {
      const { spec } = kustomization;
      if (at(spec, 'wait') === true || at(spec, 'kubeConfig') !== undefined || isSuspended(kustomization)) continue;
      for (const check of healthChecksOf(kustomization)) {
        const { index, ...identity } = check;
        if (![check.name, check.namespace].every(isKnown)) continue;
        const unless = absent(check, cluster, operated);
        if (unless === undefined) continue;
        yield {
          at: { resource: kustomization.resource, path: ['spec', 'healthChecks', index, 'name'] },
          message: `there is no ${describe(identity)}${hintFor(check, cluster.ofKind(check.group, check.kind))}`,
          ...meantObject(['spec', 'healthChecks', index], check, cluster.ofKind(check.group, check.kind)),
          ...unless,
        };
      }
    }
  },
};

/** What is known of an object that something waits for; undefined where nobody can tell that it is not there. */
export function absent(check: Identity, cluster: Cluster, operated: () => ReadonlySet<string>) {
  const { group, kind, namespace, name } = check;
  const wide = isClusterScoped(check);
  if (wide === undefined || (!wide && namespace === '')) return undefined;
  if (group === '' && (kind === 'Secret' || kind === 'ConfigMap')) {
    return missingUnless(cluster.secrets.lookup(kind, namespace, name), check);
  }
  if (
    !isFluxGroup(group) &&
    group !== 'fluxcd.controlplane.io' &&
    !(ordinary.test(group) && !operated().has(namespace))
  )
    return undefined;
  return missingUnless(cluster.lookup({ group, kind, namespace: wide ? '' : namespace, name }), check);
}

/** Namespaces with objects of operators, which may make workloads. */
export function operatedNamespaces({ resources }: Cluster): ReadonlySet<string> {
  const others = resources.filter(({ group }) => !isKubernetesGroup(group) && !isFluxGroup(group));
  return new Set(others.map(({ namespace }) => namespace));
}

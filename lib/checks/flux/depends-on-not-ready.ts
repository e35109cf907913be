import { describe, step } from '../../graph/identity';
import { isSuspended, nameOf, waits } from '../../graph/kustomization';
import type { FluxKustomization, Resource } from '../../graph/resource';
import { at, textAt } from '../../json/read';
import { hasTrait } from '../../systems/kinds/kinds';
import type { ClusterCheck } from '../check';

export const dependsOnNotReady: ClusterCheck = {
  id: 'flux/depends-on-not-ready',
  severity: 'warning',
  title: 'Dependency that counts as ready too early',
  atRunTime: 'Flux applies what depends on it while its releases and workloads are still starting',
  remedy: 'set wait: true on the dependency, or list what must be ready in its healthChecks',
  source: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#dependencies',
  *check({ kustomizations }) {
    for (const { dependsOn, resource, spec } of kustomizations) {
      for (const [i, { target, path }] of dependsOn.entries()) {
        if (target === undefined || target.resource.uncertain || waits(target) || isSuspended(target)) continue;
        // An expression is the author's own idea of readiness.
        if (textAt(at(spec, 'dependsOn', i), 'readyExpr') !== undefined) continue;
        // What applies it cannot wait for it.
        if (ancestors(resource).includes(target.resource)) continue;
        const awaited = needsTime(target);
        if (awaited === undefined) continue;
        yield {
          at: { resource, path },
          message: `Kustomization ${nameOf(target)} counts as ready as soon as ${describe(awaited)} is applied: it has neither wait nor healthChecks`,
          together: {
            key: nameOf(target),
            message: (count) =>
              `${count} Kustomizations wait for Kustomization ${nameOf(target)}, which has neither wait nor healthChecks and counts as ready as soon as ${describe(awaited)} is applied`,
          },
          chain: [step(resource), step(target.resource), step(awaited)],
        };
      }
    }
  },
};

/** The Kustomizations by which an object comes into the cluster. */
function ancestors({ appliedBy }: Resource): Resource[] {
  const found: Resource[] = [];
  for (let by = appliedBy; by !== undefined && !found.includes(by.resource); by = by.resource.appliedBy) {
    found.push(by.resource);
  }
  return found;
}

function needsTime(target: FluxKustomization): Resource | undefined {
  return target.resources.find(({ group, kind, value, name, namespace }) => {
    if (!hasTrait({ group, kind }, 'takes-time')) return false;
    if (at(value, 'spec', 'suspend') === true || at(value, 'spec', 'replicas') === 0) return false;
    return kind !== 'Kustomization' || name !== target.name || namespace !== target.namespace;
  });
}

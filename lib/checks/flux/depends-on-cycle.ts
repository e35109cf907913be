import type { Cluster } from '../../graph/cluster';
import { kustomizeGroup } from '../../graph/flux/objects';
import { describe, step } from '../../graph/identity';
import { nameOf } from '../../graph/kustomization';
import type { Resource } from '../../graph/resource';
import { listAt, textAt } from '../../json/read';
import { compareText } from '../../text/compare';
import { cycleThrough, cyclicComponents } from '../../text/components';
import type { ClusterCheck } from '../check';

export const dependsOnCycle: ClusterCheck = {
  id: 'flux/depends-on-cycle',
  severity: 'error',
  title: 'Dependencies in a circle',
  atRunTime: 'each waits until the other is ready, so none of them is ever applied',
  remedy: 'remove one of these dependencies',
  source: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#dependencies',
  *check(cluster) {
    for (const [group, kind] of [
      [kustomizeGroup, 'Kustomization'],
      ['helm.toolkit.fluxcd.io', 'HelmRelease'],
    ] as const) {
      const { nodes, next } = dependencies(cluster, group, kind);
      for (const component of cyclicComponents(nodes, next)) {
        const [first] = [...component].sort((a, b) => compareText(describe(a), describe(b)));
        if (first === undefined) continue;
        const inside = new Set(component);
        const cycle = cycleThrough(first, (node) => next(node).filter((other) => inside.has(other))) ?? [first];
        const others = cycle.slice(1).map(nameOf);
        yield {
          at: { resource: first, path: ['spec', 'dependsOn', indexOf(first, cycle[1]), 'name'] },
          message:
            cycle.length <= 2
              ? `${describe(first)} waits for itself`
              : `${describe(first)} waits for ${others.join(', which waits for ')}`,
          chain: cycle.map(step),
        };
      }
    }
  },
};

function dependencies(cluster: Cluster, group: string, kind: string) {
  const nodes = cluster.ofKind(group, kind);
  const next = (node: Resource) => entries(node).flatMap((entry) => cluster.find({ group, kind, ...entry })[0] ?? []);
  return { nodes, next };
}

function entries({ value, namespace }: Resource): { readonly namespace: string; readonly name: string }[] {
  return listAt(value, 'spec', 'dependsOn').map((entry) => ({
    name: textAt(entry, 'name') ?? '',
    namespace: textAt(entry, 'namespace') || namespace,
  }));
}

function indexOf(resource: Resource, target: Resource | undefined): number {
  const found = entries(resource).findIndex((it) => it.name === target?.name && it.namespace === target.namespace);
  return Math.max(found, 0);
}

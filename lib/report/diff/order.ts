import { isSame } from '../../checks/flux/kustomization';
import type { Cluster } from '../../graph/cluster';
import type { FluxKustomization } from '../../graph/resource';

/** Kustomizations that wait for one, directly or not, in the order in which they are found. */
export function dependentsOf(kustomization: FluxKustomization, cluster: Cluster): FluxKustomization[] {
  const waiting = waitingIn(cluster);
  const found = new Set<FluxKustomization>();
  const queue = [kustomization];
  for (const one of queue) {
    for (const dependent of waiting.get(`${one.namespace}/${one.name}`) ?? []) {
      if (found.has(dependent) || isSame(dependent, kustomization)) continue;
      found.add(dependent);
      queue.push(dependent);
    }
  }
  return [...found];
}

/** Who waits for whom, by name: asked for every Kustomization that changes. */
const waitingOf = new WeakMap<Cluster, ReadonlyMap<string, readonly FluxKustomization[]>>();

function waitingIn(cluster: Cluster): ReadonlyMap<string, readonly FluxKustomization[]> {
  const known = waitingOf.get(cluster);
  if (known !== undefined) return known;
  const waiting = new Map<string, FluxKustomization[]>();
  for (const kustomization of cluster.kustomizations) {
    for (const { namespace, name } of kustomization.dependsOn) {
      const key = `${namespace}/${name}`;
      const list = waiting.get(key);
      if (list === undefined) waiting.set(key, [kustomization]);
      else if (!list.includes(kustomization)) list.push(kustomization);
    }
  }
  waitingOf.set(cluster, waiting);
  return waiting;
}

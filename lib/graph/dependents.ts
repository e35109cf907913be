import { deepEqual } from '../json/deep-equal';
import type { Json } from '../json/json';
import { at, textAt } from '../json/read';
import { push } from '../text/group-by';
import { memoize } from '../text/memoize';
import type { Cluster } from './cluster';
import { isSame } from './kustomization';
import type { FluxKustomization } from './resource';

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

/** Kustomizations that name one in their dependsOn, whether it is there or not. */
export function waitersFor({ namespace, name }: Pick<FluxKustomization, 'namespace' | 'name'>, cluster: Cluster) {
  return waitingIn(cluster).get(`${namespace}/${name}`) ?? [];
}

/** Who waits for whom, by name: asked for every Kustomization that changes. */
const waitingIn = memoize((cluster: Cluster): ReadonlyMap<string, readonly FluxKustomization[]> => {
  const waiting = new Map<string, FluxKustomization[]>();
  for (const kustomization of cluster.kustomizations) {
    for (const key of new Set(kustomization.dependsOn.map(({ namespace, name }) => `${namespace}/${name}`)))
      push(waiting, key, kustomization);
  }
  return waiting;
});

/** Whether one waits until another is ready, on no condition of its author's (checkDependencies in kustomization_controller.go). */
function waitsForReady({ spec, dependsOn }: FluxKustomization, other: FluxKustomization): boolean {
  return dependsOn.some(
    ({ target, path: [, , i = 0] }) =>
      target !== undefined && isSame(target, other) && at(spec, 'dependsOn', i, 'readyExpr') === undefined,
  );
}

/** Whether one waits until another has applied the revision that it is to apply itself: that of the same source. */
export function waitsForRevision(one: FluxKustomization, other: FluxKustomization): boolean {
  return waitsForReady(one, other) && deepEqual(sourceOf(one), sourceOf(other));
}

function sourceOf({ spec, namespace }: FluxKustomization): Json {
  const said = ['kind', 'name'].map((field) => textAt(spec, 'sourceRef', field) ?? '');
  return [...said, textAt(spec, 'sourceRef', 'namespace') || namespace];
}

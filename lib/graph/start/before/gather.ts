import { isFlux } from '../../apply';
import type { Cluster } from '../../cluster';
import { identityKey } from '../../identity';
import type { Resource } from '../../resource';
import type { Prerequisite } from '../start';
import type { WaveOf } from '../waves';

/** A prerequisite that may be needed by more. */
export type Gathering = Omit<Prerequisite, 'wave' | 'neededBy'> & { readonly neededBy: readonly Resource[] };

/** The same with what follows from who needs it: the first wave, and the order of those. */
export function withWave(one: Gathering, cluster: Cluster, waveOf: WaveOf): Prerequisite {
  const late = Number.POSITIVE_INFINITY;
  const waveOfResource = (resource: Resource) => {
    if (cluster.begun.includes(resource)) return 0;
    const own = isFlux(resource) ? cluster.kustomization(resource.namespace, resource.name) : undefined;
    return waveOf(own ?? resource.appliedBy) ?? late;
  };
  const distinct = [...new Map(one.neededBy.map((resource) => [identityKey(resource), resource])).values()];
  const waves = new Map(distinct.map((resource) => [resource, waveOfResource(resource)]));
  const neededBy = distinct.sort((a, b) => (waves.get(a) ?? late) - (waves.get(b) ?? late));
  const wave = Math.min(...waves.values());
  return { ...one, neededBy, wave: wave === late ? undefined : wave };
}

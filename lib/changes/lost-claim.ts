import type { Resource } from '../graph/resource';
import { isKept, restoredBy } from '../graph/stored-data';
import type { Context } from './context';
import { createdElsewhere } from './created-elsewhere';
import { effect, type Happening } from './effect';

/** What to do so that Flux does not delete an object: the end of a sentence. */
export const keep =
  'put the annotation `kustomize.toolkit.fluxcd.io/prune: disabled` on it in a commit of its own, and wait until Flux has applied that.';

/** What is lost with a claim: its volume, or what was written to it since the backup from which a new one is filled. */
export function lossOfClaim(resource: Resource, context: Context): Happening[] {
  const { base } = context;
  const populator = restoredBy(resource);
  if (populator !== undefined) {
    const again = createdElsewhere(resource, context);
    const filler = again && restoredBy(again);
    const which =
      again === undefined || filler === undefined
        ? `a new claim can be filled from the last backup by ${populator}`
        : `the new claim in ${again.namespace} is filled from the last backup by ${filler}`;
    return [
      effect(
        // Most of it can be had again.
        'deleted',
        'medium',
        `loses its volume, unless its PersistentVolume has reclaim policy Retain: ${which}, so only what was written after that backup is lost`,
        `Before the merge, check that the last backup is recent${again === undefined ? '' : `, and that it is found from namespace ${again.namespace}, too`}.`,
      ),
    ];
  }
  if (base !== undefined && isKept(resource, base.cluster)) return [];
  return [
    effect(
      'data',
      'critical',
      'loses its volume, unless its PersistentVolume has reclaim policy Retain',
      `Copy what is on it if somebody may need it, or keep it: ${keep}`,
    ),
  ];
}

import { objectAt } from '../../json/read';
import { isOfFlux } from '../../systems/flux/installation';
import { type InstanceObject, instanceObjects } from '../../systems/flux-operator/instance';
import { lazy } from '../../text/memoize';
import { isKnown } from '../../text/symbolic';
import { type Identity, identityKey } from '../identity';
import type { Resource } from '../resource';

export const instanceKind = 'fluxcd.controlplane.io/FluxInstance';

/** A FluxInstance with what the operator makes of it. */
export interface Instance {
  readonly resource: Resource;
  readonly objects: readonly InstanceObject[];
}

/** The FluxInstances of a cluster that are known as a whole. */
export function instancesAmong(resources: readonly Resource[]): readonly Instance[] {
  return resources.flatMap((resource) => {
    const { value, namespace, uncertain } = resource;
    const spec = objectAt(value, 'spec');
    if (spec === undefined || uncertain || !isKnown(JSON.stringify(spec)) || namespace === '') return [];
    return [{ resource, objects: instanceObjects(spec, namespace) }];
  });
}

/** Tells what Flux's installation brings: what the FluxInstances make, besides what every installation may. */
export function installedBy(instances: readonly Instance[]): (identity: Identity) => boolean {
  const made = lazy(() => new Set(instances.flatMap(({ objects }) => objects.map(identityKey))));
  return (identity) => isOfFlux(identity) || (instances.length > 0 && made().has(identityKey(identity)));
}

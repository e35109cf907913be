import { memoize } from '../../text/memoize';
import { refuse } from '../input-error';
import type { Resource } from '../resource';
import { type ClusterScope, clusterOf } from '../scopes';

const ownersIn = memoize((_: ClusterScope) => new Map<string, Resource>());

/**
 * Declares that an ExternalSecret makes a Secret, rather than adding to one.
 *
 * @throws EspalierError when another one of a cluster with defaults makes it already: ESO refuses the second owner, and two Orphans overwrite each other
 */
export function ownSecret(maker: Resource, name: string, creationPolicy: string = 'Owner'): void {
  if (creationPolicy !== 'Owner' && creationPolicy !== 'Orphan') return;
  const cluster = clusterOf(maker);
  // What people wrote is as it is: there it is a finding (eso/two-owners).
  if (!cluster.defaults) return;
  const owners = ownersIn(cluster);
  const label = `${maker.namespace}/${name}`;
  const other = owners.get(label);
  if (other) {
    refuse(maker, {
      field: 'secretName',
      value: label,
      allowed: `a Secret that nothing else creates: ${other.node.path} already creates this one`,
      example: `"${name}-2", or creationPolicy: 'Merge' to add to it`,
    });
  }
  owners.set(label, maker);
}

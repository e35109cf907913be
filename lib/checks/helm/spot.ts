import type { Cluster } from '../../graph/cluster';
import { step } from '../../graph/identity';
import { placeOfValue } from '../../graph/releases/value-place';
import type { Resource } from '../../graph/resource';
import type { Path } from '../../json/json';
import type { SourceTree } from '../../tree/source/source';
import type { Problem } from '../check';

/** Where a problem of a release's value is told. */
export function atValue(
  release: Resource,
  cluster: Cluster,
  tree: SourceTree,
  path: Path,
  on: 'key' | 'value',
): Pick<Problem, 'at' | 'chain' | 'of' | 'sensitive'> {
  const place = placeOfValue(release, cluster, tree, path);
  const { path: way, part, given, secret } = place;
  const spot = 'resource' in place ? { resource: place.resource } : { document: place.document };
  return {
    at: { ...spot, path: way, ...(part === undefined ? { on } : { part }) },
    ...(given !== undefined && { chain: [step(release), step(given)], of: release }),
    ...(secret && { sensitive: true }),
  };
}

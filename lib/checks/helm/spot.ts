import type { Cluster } from '../../graph/cluster';
import { step } from '../../graph/identity';
import { placeOfValue } from '../../graph/releases/value-place';
import type { Resource } from '../../graph/resource';
import type { Path } from '../../json/json';
import type { Problem } from '../check';

/** Where a problem of a release's value is told. */
export function atValue(
  release: Resource,
  cluster: Cluster,
  path: Path,
  on: 'key' | 'value',
): Pick<Problem, 'at' | 'chain' | 'sensitive'> {
  const { resource, path: way, part, secret } = placeOfValue(release, cluster, path);
  return {
    at: { resource, path: way, ...(part === undefined ? { on } : { part }) },
    ...(resource !== release && { chain: [step(release), step(resource)] }),
    ...(secret && { sensitive: true }),
  };
}

import { textAt } from '../../json/read';
import { memoize } from '../../text/memoize';
import type { Cluster } from '../cluster';
import { identityKey } from '../identity';
import type { Resource } from '../resource';
import type { SecretReference } from './secret-index';

type Named = Pick<SecretReference, 'kind' | 'namespace' | 'name'>;

/** The Secret or ConfigMap that kustomize calls otherwise than it is written: with a prefix, a suffix or a hash. */
export function renamed(cluster: Cluster, reference: Named): Resource | undefined {
  return byName(cluster).get(identityKey({ ...reference, group: '' }));
}

const byName = memoize((cluster: Cluster) => new Map(renames(cluster)));

function* renames(cluster: Cluster): Generator<[string, Resource]> {
  for (const kind of ['Secret', 'ConfigMap'] as const) {
    for (const resource of cluster.ofKind('', kind)) {
      if (resource.chart !== undefined) continue;
      // Of what is generated, the way leads to its generator.
      const name = resource.generated ? ['name'] : ['metadata', 'name'];
      const written = textAt(resource.document.value, ...resource.path, ...name);
      if (written === undefined || written === resource.name || written.includes('${')) continue;
      yield [identityKey({ ...resource, name: written }), resource];
    }
  }
}

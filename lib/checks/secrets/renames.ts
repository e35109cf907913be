import type { Cluster } from '../../graph/cluster';
import { textAt } from '../../graph/json';
import type { Resource } from '../../graph/resource';
import type { SecretReference } from '../../graph/secrets/secret-index';

type Named = Pick<SecretReference, 'kind' | 'namespace' | 'name'>;

const found = new WeakMap<Cluster, ReadonlyMap<string, Resource>>();

/** The Secret or ConfigMap that kustomize calls otherwise than it is written: with a prefix, a suffix or a hash. */
export function renamed(cluster: Cluster, reference: Named): Resource | undefined {
  let byName = found.get(cluster);
  if (byName === undefined) {
    byName = new Map(renames(cluster));
    found.set(cluster, byName);
  }
  return byName.get(keyOf(reference));
}

function* renames(cluster: Cluster): Generator<[string, Resource]> {
  for (const kind of ['Secret', 'ConfigMap'] as const) {
    for (const resource of cluster.ofKind('', kind)) {
      const written = resource.generated
        ? /^(.+)-[a-z0-9]{10}$/.exec(resource.name)?.[1]
        : resource.path.length === 0
          ? textAt(resource.document.value, 'metadata', 'name')
          : undefined;
      if (written === undefined || written === resource.name || written.includes('${')) continue;
      yield [keyOf({ kind, namespace: resource.namespace, name: written }), resource];
    }
  }
}

function keyOf({ kind, namespace, name }: Named): string {
  return `${kind}/${namespace}/${name}`;
}

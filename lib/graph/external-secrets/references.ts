import type { Path } from '../../json/json';
import { generatorRefs } from '../../systems/external-secrets/generators';
import { externalSecretsGroup, generatorGroup } from '../../systems/external-secrets/spec';
import { memoize } from '../../text/memoize';
import type { Cluster } from '../cluster';
import type { Identity } from '../identity';
import type { Resource } from '../resource';
import { allAsked } from './specs';
import { storeRefs } from './stores';

/** A field of an ExternalSecret or PushSecret that names a store or a generator. */
export interface AskedReference extends Identity {
  readonly resource: Resource;
  /** Where the name is. */
  readonly path: Path;
}

/** The stores and generators that ExternalSecrets and PushSecrets name, and what is made of those of the whole cluster. */
export const askedReferences: (cluster: Cluster) => readonly AskedReference[] = memoize((cluster) =>
  allAsked(cluster).flatMap((asked) => {
    const { resource, spec, path } = asked;
    const all = [
      ...storeRefs(asked).map((ref) => ({ ...ref, group: externalSecretsGroup })),
      ...generatorRefs(spec).map((ref) => ({ ...ref, path: [...path, ...ref.path], group: generatorGroup })),
    ];
    return all.flatMap(({ group, kind, name, path: ref }) => {
      if (name === undefined) return [];
      const known = asked.namespaces.length === 0 ? [''] : asked.namespaces;
      const namespaces = kind.startsWith('Cluster') ? [''] : known;
      return namespaces.map((namespace) => ({ resource, path: [...ref, 'name'], group, kind, namespace, name }));
    });
  }),
);

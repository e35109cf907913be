import { externalSecretsGroup } from '../../systems/external-secrets/spec';
import { type StoreRef, storesPushedTo, storesRead } from '../../systems/external-secrets/stores';
import { memoize } from '../../text/memoize';
import type { Inventory } from '../inventory';
import type { Resource } from '../resource';
import { isKnown } from '../substitution';
import type { Asked } from './specs';

/** The stores that are asked: each reference once. */
export const storeRefs: (asked: Asked) => readonly StoreRef[] = memoize(({ resource, spec, path }) =>
  resource.kind.endsWith('PushSecret') ? storesPushedTo(spec, path) : storesRead(spec, path),
);

/** A store as it is looked for from a namespace. */
export function findStore(
  stores: Pick<Inventory, 'find'>,
  { kind, name }: Pick<StoreRef, 'kind' | 'name'>,
  namespace: string,
): Resource | undefined {
  if (name === undefined || !isKnown(name)) return undefined;
  const where = kind === 'ClusterSecretStore' ? '' : namespace;
  return stores.find({ group: externalSecretsGroup, kind, namespace: where, name })[0];
}

/** Every store of a cluster, those of the whole cluster first. */
export function storesIn(cluster: Pick<Inventory, 'ofKind'>): Resource[] {
  return ['ClusterSecretStore', 'SecretStore'].flatMap((kind) => cluster.ofKind(externalSecretsGroup, kind));
}

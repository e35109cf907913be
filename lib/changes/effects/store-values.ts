import type { Cluster } from '../../graph/cluster';
import { type Asked, externalSecrets, pushSecrets } from '../../graph/external-secrets/specs';
import { findStore, storeRefs } from '../../graph/external-secrets/stores';
import { describe } from '../../graph/identity';
import type { Resource } from '../../graph/resource';
import { isKnown } from '../../graph/substitution';
import { at } from '../../json/read';
import { pushesOf, readsOf, type StoreRef } from '../../systems/external-secrets/stores';
import { listedCode } from '../../text/listed';
import type { EffectRule } from '../effect';

/** What is read from, or written to, one place of a store. */
interface Place {
  readonly verb: 'read' | 'write';
  /** As people name it: `ClusterSecretStore aws`. */
  readonly store: string;
  /** As it is named in the store: `prod/shop`. */
  readonly key: string;
  readonly properties: Set<string>;
  /** The first object that asks for it. */
  readonly by: Resource;
  /** Whether the store is Vault, or has its values in the tree. */
  readonly isOwnMatter: boolean;
}

/**
 * What has to be in stores other than Vault before the change is merged, and what they have to allow. Of Vault, whose paths and policies
 * are known, vault.ts tells more.
 */
export const storeValues: EffectRule = function* ({ base, head, changeOf }) {
  if (head === undefined) return;
  const before = base === undefined ? undefined : placesIn(base.cluster);
  for (const [id, { verb, store, key, properties, by, isOwnMatter }] of placesIn(head.cluster)) {
    if (isOwnMatter) continue;
    const known = before?.get(id);
    const more = [...properties].filter((property) => known?.properties.has(property) !== true);
    if (known !== undefined && (more.length === 0 || verb === 'write')) continue;
    const what = more.length === 0 ? `\`${key}\`` : `${listedCode(more, 8)} in \`${key}\``;
    yield {
      kind: 'vault',
      danger: 'medium',
      on: by,
      change: changeOf(by),
      by: by.appliedBy,
      ...(verb === 'read'
        ? {
            message: `now reads ${what} through ${store}, and fails if it is not there`,
            todo: [`Before the merge, check that ${store} has ${what}, and that its credentials may read it.`],
          }
        : {
            message: `now writes ${what} through ${store}`,
            todo: [`Before the merge, check that the credentials of ${store} may write \`${key}\`.`],
          }),
    };
  }
};

function placesIn(cluster: Cluster): Map<string, Place> {
  const places = new Map<string, Place>();
  const add = (verb: Place['verb'], ref: StoreRef, asked: Asked, key: string, property: string | undefined) => {
    if (ref.name === undefined || !isKnown(ref.name) || !isKnown(key)) return;
    const namespaces = ref.kind === 'ClusterSecretStore' ? [''] : asked.namespaces;
    for (const namespace of namespaces) {
      const store = describe({ kind: ref.kind, namespace, name: ref.name });
      const id = JSON.stringify([verb, store, key]);
      const place = places.get(id) ?? {
        verb,
        store,
        key,
        properties: new Set(),
        by: asked.resource,
        isOwnMatter: isOwnMatterOf(findStore(cluster, ref, namespace)),
      };
      places.set(id, place);
      if (property !== undefined) place.properties.add(property);
    }
  };
  for (const asked of externalSecrets(cluster)) {
    for (const { verb, store, key, property } of readsOf(asked.spec, asked.path)) {
      if (verb === 'read') add('read', store, asked, key, property);
    }
  }
  for (const asked of pushSecrets(cluster)) {
    for (const ref of storeRefs(asked)) {
      for (const { remoteKey, property } of pushesOf(asked.spec, asked.path)) {
        add('write', ref, asked, remoteKey, property);
      }
    }
  }
  return places;
}

function isOwnMatterOf(store: Resource | undefined): boolean {
  const provider = at(store?.value, 'spec', 'provider');
  return at(provider, 'vault') !== undefined || at(provider, 'fake') !== undefined;
}

import type { JsonObject } from '../../json/json';
import { objectAt, textAt } from '../../json/read';
import { type GeneratorRef, generatorRefs } from '../../systems/external-secrets/generators';
import {
  creationPolicy,
  defaultInterval,
  isImmutable,
  type Refresh,
  refreshOf,
  targetName,
} from '../../systems/external-secrets/spec';
import { groupBy } from '../../text/group-by';
import { memoize } from '../../text/memoize';
import type { Cluster } from '../cluster';
import { storeRefs } from '../external-secrets/stores';
import { identityKey } from '../identity';
import type { Resource } from '../resource';
import type { SecretReference } from '../secrets/secret-index';
import { vaultSecretKey } from './by-secret';
import type { VaultAccess } from './vault-access';

/** An ExternalSecret and what it makes. */
export interface MadeSecret {
  readonly resource: Resource;
  readonly spec: JsonObject;
  /** The Secret's name; undefined where it makes none (creationPolicy None). */
  readonly secret: string | undefined;
  /** What it reads in Vault. */
  readonly reads: readonly VaultAccess[];
  readonly generators: readonly GeneratorRef[];
  /** Who reads the Secret, PushSecrets included. */
  readonly readers: readonly SecretReference[];
  readonly immutable: boolean;
  readonly creationPolicy: string;
  /** How ESO goes on after the first time. */
  readonly refresh: Refresh;
  /** As it is written: `1h`. */
  readonly interval: string;
}

/** What an ExternalSecret makes; undefined where it says nothing. */
export function madeSecret(cluster: Cluster, resource: Resource): MadeSecret | undefined {
  const spec = objectAt(resource.value, 'spec');
  if (spec === undefined) return undefined;
  const policy = creationPolicy(spec);
  const secret = policy === 'None' ? undefined : targetName(spec, resource.name);
  const { namespace } = resource;
  const readers = secret === undefined ? [] : cluster.secrets.readersOf('Secret', namespace, secret);
  return {
    resource,
    spec,
    secret,
    reads: accessesOf(cluster, resource),
    generators: generatorRefs(spec),
    readers,
    immutable: isImmutable(spec),
    creationPolicy: policy,
    refresh: refreshOf(spec),
    interval: textAt(spec, 'refreshInterval') ?? defaultInterval,
  };
}

/** A PushSecret and what it writes. */
export interface Push {
  readonly resource: Resource;
  readonly spec: JsonObject;
  /** The Secret that it takes the values of; undefined for a generator's, and for those of Secrets that labels select. */
  readonly secret: string | undefined;
  readonly writes: readonly VaultAccess[];
  readonly interval: string;
}

/** What a PushSecret pushes; undefined where it says nothing. */
export function pushOf(cluster: Cluster, resource: Resource): Push | undefined {
  const spec = objectAt(resource.value, 'spec');
  if (spec === undefined) return undefined;
  const writes = accessesOf(cluster, resource).filter(({ verb }) => verb === 'push');
  const secret = textAt(spec, 'selector', 'secret', 'name');
  return { resource, spec, secret, writes, interval: textAt(spec, 'refreshInterval') ?? defaultInterval };
}

/** What an object has External Secrets do in Vault. */
export function accessesOf(cluster: Cluster, resource: Resource): readonly VaultAccess[] {
  return byObject(cluster).get(identityKey(resource)) ?? [];
}

const byObject = memoize(({ vault }: Cluster) => groupBy(vault, (access) => identityKey(access.resource)));

/** What reads each secret of Vault, by its key (see vaultSecretKey). */
export const readersOfVault = memoize(
  (cluster: Cluster): ReadonlyMap<string, readonly VaultAccess[]> =>
    groupBy(
      cluster.vault.filter(({ verb }) => verb === 'read'),
      vaultSecretKey,
    ),
);

/** A store that an ExternalSecret or PushSecret names, as it is written. */
export function storesNamed({ resource, spec }: Pick<MadeSecret | Push, 'resource' | 'spec'>): readonly string[] {
  const refs = [...storeRefs({ resource, spec, path: ['spec'], namespaces: [resource.namespace] })];
  // That of all items before those of single ones.
  refs.sort((a, b) => a.path.length - b.path.length);
  return [...new Set(refs.flatMap(({ name }) => name ?? []))];
}

/** Workloads, databases and others that take a Secret's values: all readers but PushSecrets. */
export function consumersOf({ readers }: Pick<MadeSecret, 'readers'>): readonly SecretReference[] {
  return readers.filter(({ use }) => use !== 'push');
}

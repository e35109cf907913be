import type { Cluster } from '../../graph/cluster';
import { storeRefs } from '../../graph/external-secrets/stores';
import { identityKey } from '../../graph/identity';
import type { Resource } from '../../graph/resource';
import type { SecretReference } from '../../graph/secrets/secret-index';
import { dataPath, vaultSecretKey } from '../../graph/vault/api-path';
import type { VaultAccess } from '../../graph/vault/vault-access';
import type { JsonObject } from '../../json/json';
import { at, objectAt, textAt } from '../../json/read';
import { type GeneratorRef, generatorRefs } from '../../systems/external-secrets/generators';
import { creationPolicy, isPeriodic } from '../../systems/external-secrets/spec';
import { groupBy } from '../../text/group-by';
import { memoize } from '../../text/memoize';
import type { App } from './app';
import { isOwn, type Page } from './page';

const group = 'external-secrets.io';

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
  readonly refresh: 'periodic' | 'on-change' | 'once';
  /** As it is written: `1h`. */
  readonly interval: string;
}

/** The ExternalSecrets of an app, and those of others that make Secrets which it reads; its own first. */
export function secretsOf(page: Page): readonly MadeSecret[] {
  const { app, cluster } = page;
  const known = secrets.get(app);
  if (known !== undefined) return known;
  const own = app.resources.filter(isExternalSecret);
  const others = readsOf(page).flatMap(({ kind, namespace, name }) => {
    const found = cluster.secrets.lookup(kind, namespace, name);
    const makers = found.state === 'found' ? found.producers.map(({ resource }) => resource) : [];
    return makers.filter((maker) => isExternalSecret(maker) && !isOwn(page, maker));
  });
  const found = [...new Set([...own, ...others])].flatMap((resource) => madeSecret(cluster, resource) ?? []);
  // What people must fill in first, then what is generated.
  const all = [...found.filter(({ generators }) => generators.length === 0), ...found.filter(isGenerated)];
  secrets.set(app, all);
  return all;
}

/** Found once: most sections ask. */
const secrets = new WeakMap<App, readonly MadeSecret[]>();

function isGenerated({ generators }: MadeSecret): boolean {
  return generators.length > 0;
}

function isExternalSecret(resource: Resource): boolean {
  return resource.group === group && resource.kind === 'ExternalSecret';
}

/** What an app's objects read of Secrets and ConfigMaps. */
export function readsOf({ app, cluster }: Page): readonly SecretReference[] {
  const references = byReader(cluster);
  return app.resources.flatMap((resource) => references.get(identityKey(resource)) ?? []);
}

const byReader = memoize(({ secrets }: Cluster) =>
  groupBy(secrets.references, ({ resource }) => identityKey(resource)),
);

/** What an object has External Secrets do in Vault. */
export function accessesOf(cluster: Cluster, resource: Resource): readonly VaultAccess[] {
  return byObject(cluster).get(identityKey(resource)) ?? [];
}

const byObject = memoize(({ vault }: Cluster) => groupBy(vault, (access) => identityKey(access.resource)));

/** What an ExternalSecret makes; undefined where it says nothing. */
export function madeSecret(cluster: Cluster, resource: Resource): MadeSecret | undefined {
  const spec = objectAt(resource.value, 'spec');
  if (spec === undefined) return undefined;
  const policy = creationPolicy(spec);
  const secret = policy === 'None' ? undefined : (textAt(spec, 'target', 'name') ?? resource.name);
  const { namespace } = resource;
  const readers = secret === undefined ? [] : cluster.secrets.readersOf('Secret', namespace, secret);
  return {
    resource,
    spec,
    secret,
    reads: accessesOf(cluster, resource),
    generators: generatorRefs(spec),
    readers,
    immutable: at(spec, 'target', 'immutable') === true,
    creationPolicy: policy,
    refresh: textAt(spec, 'refreshPolicy') === 'OnChange' ? 'on-change' : isPeriodic(spec) ? 'periodic' : 'once',
    interval: textAt(spec, 'refreshInterval') ?? '1h',
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

/** The PushSecrets of an app. */
export function pushesOf({ app, cluster }: Page): readonly Push[] {
  return app.resources
    .filter((resource) => resource.group === group && resource.kind === 'PushSecret')
    .flatMap((resource) => {
      const spec = objectAt(resource.value, 'spec');
      if (spec === undefined) return [];
      const writes = accessesOf(cluster, resource).filter(({ verb }) => verb === 'push');
      const secret = textAt(spec, 'selector', 'secret', 'name');
      return [{ resource, spec, secret, writes, interval: textAt(spec, 'refreshInterval') ?? '1h' }];
    });
}

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

/** A place in Vault as people name it: the mount and the key, `kv/acme/prod/shop`. */
export function vaultPath(access: VaultAccess): string {
  const path = dataPath(access);
  if (access.version === 'v1') return path;
  const { mount } = access;
  if (mount === undefined) return path.replace('/data/', '/');
  return path.startsWith(`${mount}/data/`) ? `${mount}/${path.slice(mount.length + 6)}` : path;
}

/** Workloads, databases and others that take a Secret's values: all readers but PushSecrets. */
export function consumersOf({ readers }: Pick<MadeSecret, 'readers'>): readonly SecretReference[] {
  return readers.filter(({ use }) => use !== 'push');
}

/** Whether a Secret is written one time only. */
export function isOnce({ refresh, immutable }: Pick<MadeSecret, 'refresh' | 'immutable'>): boolean {
  return refresh === 'once' || immutable;
}

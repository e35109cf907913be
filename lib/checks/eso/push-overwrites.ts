import type { Cluster } from '../../graph/cluster';
import { pushableKeys } from '../../graph/external-secrets/pushes';
import { describe, identityKey, step } from '../../graph/identity';
import type { Resource } from '../../graph/resource';
import { isKnown } from '../../graph/substitution';
import { accessesBySecret } from '../../graph/vault/by-secret';
import type { VaultAccess } from '../../graph/vault/vault-access';
import { at, listAt, objectAt, textAt } from '../../json/read';
import { dataPath } from '../../systems/external-secrets/vault-paths';
import type { ClusterCheck, Problem } from '../check';

export const pushOverwrites: ClusterCheck = {
  id: 'eso/push-overwrites',
  severity: 'error',
  title: 'Push that overwrites what others need',
  atRunTime:
    'a push without a property replaces the whole Vault secret; two pushes to one property undo each other at every refresh',
  remedy: 'push each key to a property of its own, or to a Vault secret of its own',
  source: 'external-secrets providers/v1/vault/client_push.go (PushSecret)',
  *check(cluster) {
    for (const accesses of accessesBySecret(cluster).values()) {
      const pushes = accesses.filter(
        (access) => access.verb === 'push' && isClear(access) && replaces(access.resource),
      );
      for (const whole of pushes) {
        if (whole.property === undefined) yield* replaced(cluster, whole, pushes, accesses);
      }
      if (pushes.length > 1) yield* twice(cluster, pushes);
    }
  },
};

function isClear({ key, property = '', mount = '', resource }: VaultAccess): boolean {
  return isKnown(key) && isKnown(property) && isKnown(mount) && !resource.uncertain;
}

function replaces({ value }: Resource): boolean {
  return (textAt(value, 'spec', 'updatePolicy') ?? 'Replace') === 'Replace';
}

/** What is pushed: the key of a store that the Secret has it from or, where that is not known, the Secret and its key. */
function sourceOf(cluster: Cluster, { resource, path }: VaultAccess): string {
  const secret = textAt(resource.value, 'spec', 'selector', 'secret', 'name');
  const key = textAt(resource.value, ...path.slice(0, -2), 'secretKey') ?? '';
  // Without a name, no two are known to be the same.
  if (secret === undefined) return `${identityKey(resource)} ${path.join('.')}`;
  return originOf(cluster, resource.namespace, secret, key) ?? `${resource.namespace}/${secret}/${key}`;
}

/** Where in a store a key of a Secret comes from as it is. */
function originOf(cluster: Cluster, namespace: string, secret: string, key: string): string | undefined {
  const found = isKnown(secret) ? cluster.secrets.lookup('Secret', namespace, secret) : undefined;
  if (found?.state !== 'found' || found.producers.length !== 1) return undefined;
  const [{ resource }] = found.producers;
  const spec = objectAt(resource.value, 'spec');
  if (resource.kind !== 'ExternalSecret' || resource.uncertain || objectAt(spec, 'target', 'template'))
    return undefined;
  const kind = textAt(spec, 'secretStoreRef', 'kind') ?? 'SecretStore';
  const store = [kind, kind === 'ClusterSecretStore' ? '' : namespace, textAt(spec, 'secretStoreRef', 'name')];
  const items = listAt(spec, 'data');
  const whole = listAt(spec, 'dataFrom');
  if (key === '') return JSON.stringify([store, items, whole]);
  const item = items.find((each) => textAt(each, 'secretKey') === key);
  if (item !== undefined) {
    return at(item, 'sourceRef') === undefined ? JSON.stringify([store, at(item, 'remoteRef') ?? null]) : undefined;
  }
  const extract =
    whole.length === 1 && at(whole[0], 'rewrite') === undefined ? textAt(whole[0], 'extract', 'key') : undefined;
  return extract === undefined ? undefined : JSON.stringify([store, { key: extract, property: key }]);
}

function* replaced(
  cluster: Cluster,
  whole: VaultAccess,
  pushes: readonly VaultAccess[],
  accesses: readonly VaultAccess[],
): Generator<Problem> {
  const { resource, path } = whole;
  const place = { resource, path };
  const other = pushes.find((push) => push !== whole && sourceOf(cluster, push) !== sourceOf(cluster, whole));
  if (other !== undefined) {
    const what = other.property === undefined ? 'all of it' : `property ${other.property}`;
    const who = other.resource === resource ? 'another item of data' : describe(other.resource);
    yield {
      at: place,
      message: `${describe(resource)} replaces all of ${dataPath(whole)}, to which ${who} pushes ${what}`,
    };
    return;
  }
  const keys = wholeKeys(cluster, whole);
  const read =
    keys &&
    accesses.find(
      (access) =>
        access.verb === 'read' && access.property !== undefined && !keys.has(top(access.property)) && isClear(access),
    );
  if (read === undefined) return;
  yield {
    at: place,
    message: `${describe(resource)} replaces all of ${dataPath(whole)}, but does not push property ${read.property}, which ${describe(read.resource)} reads`,
    chain: [step(read.resource), `${dataPath(whole)} property \`${read.property}\``, step(resource)],
  };
}

/** A property may be a way into JSON: `a.b`. */
function top(property: string): string {
  return property.split('.')[0] ?? property;
}

/** The properties that the Vault secret has after a push of a whole Secret. */
function wholeKeys(cluster: Cluster, { resource, path }: VaultAccess): ReadonlySet<string> | undefined {
  const spec = objectAt(resource.value, 'spec');
  if (spec === undefined || textAt(resource.value, ...path.slice(0, -2), 'secretKey')) return undefined;
  return pushableKeys(cluster, { resource, spec, path: ['spec'], namespaces: [resource.namespace] });
}

function* twice(cluster: Cluster, pushes: readonly VaultAccess[]): Generator<Problem> {
  const seen = new Map<string, VaultAccess>();
  for (const push of pushes) {
    const { property, resource, path } = push;
    if (property === undefined) continue;
    const before = seen.get(property);
    if (before === undefined) seen.set(property, push);
    else if (sourceOf(cluster, before) !== sourceOf(cluster, push)) {
      const who = before.resource === resource ? 'another item of data' : describe(before.resource);
      yield {
        at: { resource, path: [...path.slice(0, -1), 'property'] },
        message: `${who} pushes a different value to property ${property} of ${dataPath(push)}`,
      };
    }
  }
}

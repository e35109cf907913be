import type { Cluster } from '../../graph/cluster';
import { type Entry, entryOf, readsOfEntry, remotesBy } from '../../graph/entries';
import { type Asked, externalSecrets } from '../../graph/external-secrets/specs';
import { objectsNaming, variableUsers } from '../../graph/flux/variable-users';
import { describe, type Identity, identityKey } from '../../graph/identity';
import type { Remote } from '../../graph/remotes';
import type { Resource } from '../../graph/resource';
import type { SecretKind } from '../../graph/secrets/secret-index';
import { ofObject, type Subject } from '../../graph/subjects';
import { pathText } from '../../json/path-text';
import { textAt } from '../../json/read';
import { defaultInterval, isWrittenOnce } from '../../systems/external-secrets/spec';
import { groupBy } from '../../text/group-by';
import { memoize } from '../../text/memoize';
import { effect } from '../effect';
import { metadataOf, readingAnew } from '../readers';
import { usersOfStore } from '../store-users';
import { keyMade, likelyReadersOf, readersOf } from './reads';
import type { Consequence } from './walk';

/** `changed`: what others take of it is another. `applied`: it is written anew, and what follows is the matter of its own fields. */
export type Change = 'changed' | 'applied';

type Found = Consequence<Change>;

/** What follows from another content of a Secret, a ConfigMap, an entry of a store, or of what makes one of these. */
export function* ifChanged(subject: Subject, change: Change, cluster: Cluster): Generator<Found> {
  if (change === 'applied') return;
  if (subject.type === 'entry') yield* ofEntry(subject.entry, subject.property, cluster);
  if (subject.type !== 'object') return;
  const { identity, key } = subject;
  if (isSecretKind(identity)) {
    yield* ofSecret(identity.kind, identity, key, cluster);
    yield* ofVariables(identity, key, cluster);
  }
  const [resource] = cluster.find(identity);
  if (resource === undefined) return;
  yield* ofMaker(resource, cluster);
  yield* ofStore(resource, cluster);
  yield* ofSource(resource, cluster);
}

/** A Secret or ConfigMap. */
export function isSecretKind(identity: Identity): identity is Identity & { readonly kind: SecretKind } {
  return identity.group === '' && (identity.kind === 'Secret' || identity.kind === 'ConfigMap');
}

function* ofSecret(
  kind: SecretKind,
  { namespace, name }: Identity,
  key: string | undefined,
  cluster: Cluster,
): Generator<Found> {
  const what = `${kind} ${namespace}/${name}`;
  const makers = makersOf(cluster, kind, namespace, name);
  const metadata = makers.map((maker) => metadataOf(maker, kind)).find((one) => one !== undefined);
  for (const [first, ...others] of readersOf(cluster, kind, namespace, name, key)) {
    const references = [first, ...others];
    const on = ofObject(first.resource);
    const at = { resource: first.resource, path: first.path };
    const anew = readingAnew(
      references.map((reference) => ({ reference, metadata })),
      what,
    );
    const happening = anew ?? effect('other', 'medium', `uses the new ${what} at its next reconciliation`);
    yield { on, event: 'changed', happening, at };
  }
  for (const at of likelyReadersOf(cluster, kind, namespace, name, key)) {
    const message = `names ${what} in \`${pathText(at.path)}\`, and may read what is new in it`;
    const happening = effect('other', 'low', message);
    yield { on: ofObject(at.resource), event: 'changed', happening, at, isMention: true };
  }
}

/** Objects that are applied anew because a variable of theirs has another value. */
function* ofVariables(
  { kind, namespace, name }: Identity,
  key: string | undefined,
  cluster: Cluster,
): Generator<Found> {
  const found = cluster.secrets.lookup(kind as SecretKind, namespace, name);
  const keys = key !== undefined ? [key] : found.state === 'found' ? found.keys : [];
  for (const { kustomization } of variableUsers(cluster, kind, namespace, name)) {
    for (const resource of objectsNaming(kustomization, keys)) {
      const which = key === undefined ? `variables of ${kind} ${namespace}/${name}` : `\`\${${key}}\``;
      const happening = effect('other', 'medium', `is applied with the new ${which}`);
      yield { on: ofObject(resource), event: 'applied', happening, at: { resource, path: ['metadata', 'name'] } };
    }
  }
}

function* ofEntry({ ...entry }: Entry, property: string | undefined, cluster: Cluster): Generator<Found> {
  const reads = readsOfEntry(cluster, entry).filter((remote) => concerns(remote, property));
  for (const [remote, ...others] of groupBy(reads, ({ resource }) => identityKey(resource)).values()) {
    const asked = askedBy(cluster).get(remote.resource);
    if (asked === undefined) continue;
    const at = { resource: remote.resource, path: remote.path };
    if (isWrittenOnce(asked.spec)) {
      const on = ofObject(remote.resource);
      const message = 'is not read again: its Secret is written once';
      yield { on, event: 'changed', happening: effect('stale', 'medium', message), at };
      continue;
    }
    const interval = textAt(asked.spec, 'refreshInterval') ?? defaultInterval;
    const message = `reads the new value within ${interval}`;
    for (const on of secretsOf(cluster, asked, [remote, ...others])) {
      yield {
        on,
        event: 'changed',
        happening: effect('other', 'low', `is written anew: ${describe(remote.resource)} ${message}`),
        at,
      };
    }
  }
}

/** The Secrets that an ExternalSecret writes, or the one key of each that it makes of what is read. */
function secretsOf(cluster: Cluster, asked: Asked, remotes: readonly Remote[] = []): Subject[] {
  const key = keyMade(cluster, remotes);
  return keysOfTargets(asked).map((identity) => ({ type: 'object', identity, key }));
}

function keysOfTargets({ resource, spec, namespaces }: Asked): Identity[] {
  const name = textAt(spec, 'target', 'name') ?? resource.name;
  return namespaces.map((namespace) => ({ group: '', kind: 'Secret', namespace, name }));
}

export function concerns(remote: Remote, property: string | undefined): boolean {
  return property === undefined || remote.property === undefined || remote.property === property;
}

/** An ExternalSecret writes its Secret, a PushSecret an entry of a store. */
function* ofMaker(resource: Resource, cluster: Cluster): Generator<Found> {
  const asked = askedBy(cluster).get(resource);
  if (asked !== undefined && !isWrittenOnce(asked.spec)) {
    const message = `is written anew by ${describe(resource)}, if its content differs`;
    for (const on of secretsOf(cluster, asked)) {
      yield { on, event: 'changed', happening: effect('other', 'low', message), at: { resource, path: ['spec'] } };
    }
  }
  for (const remote of remotesBy(cluster).get(identityKey(resource)) ?? []) {
    const entry = remote.verb === 'push' ? entryOf(cluster, remote) : undefined;
    if (entry === undefined) continue;
    const on: Subject = { type: 'entry', entry, property: remote.property };
    const happening = effect('vault', 'low', `is written by ${describe(resource)}`);
    yield { on, event: 'changed', happening, at: { resource, path: remote.path } };
  }
}

/** What is read through a store is read from where that leads now. */
function* ofStore(store: Resource, cluster: Cluster): Generator<Found> {
  if (!/^(?:Cluster)?SecretStore$/.test(store.kind)) return;
  for (const user of usersOfStore(store, { cluster })) {
    const happening = effect('vault', 'medium', `asks ${describe(store)} as it is then`);
    yield { on: ofObject(user), event: 'changed', happening, at: { resource: user, path: ['spec'] } };
  }
}

/** What Flux takes from a source: its Kustomizations apply what it has, its releases are upgraded. */
function* ofSource(source: Resource, cluster: Cluster): Generator<Found> {
  if (source.group !== 'source.toolkit.fluxcd.io') return;
  for (const { resource, path } of cluster.references.to(source)) {
    const happening =
      resource.kind === 'HelmRelease'
        ? effect('upgrade', 'medium', `is upgraded, if the chart in ${describe(source)} differs`)
        : effect('other', 'medium', `applies what ${describe(source)} has then`);
    yield { on: ofObject(resource), event: 'changed', happening, at: { resource, path } };
  }
}

function makersOf(cluster: Cluster, kind: SecretKind, namespace: string, name: string): Resource[] {
  const found = cluster.secrets.lookup(kind, namespace, name);
  return found.state === 'found' ? found.producers.map(({ resource }) => resource) : [];
}

export const askedBy = memoize(
  (cluster: Cluster): ReadonlyMap<Resource, Asked> =>
    new Map(externalSecrets(cluster).map((asked) => [asked.resource, asked])),
);

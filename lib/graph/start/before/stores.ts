import { keysAt, listAt, objectAt, textAt } from '../../../json/read';
import { loginIn } from '../../../systems/external-secrets/vault-login';
import { engineIn, vaultPath } from '../../../systems/external-secrets/vault-paths';
import { address } from '../../../text/address';
import { enumerated, listedCode } from '../../../text/listed';
import type { Cluster } from '../../cluster';
import { type Entry, entriesOf } from '../../entries';
import { allAsked } from '../../external-secrets/specs';
import { findStore, storeRefs, storesIn } from '../../external-secrets/stores';
import { describe } from '../../identity';
import type { Remote } from '../../remotes';
import type { Resource } from '../../resource';
import { display, isKnown } from '../../substitution';
import { expectedKeys } from '../../vault/expected-keys';
import { madeSecret } from '../../vault/made-secret';
import type { WaveOf } from '../waves';
import type { Gathering } from './gather';
import { servedHere, serverHere } from './served-here';

/** The stores that something asks, and how External Secrets logs in to them. */
export function* storesNeeded(cluster: Cluster, waveOf: WaveOf): Generator<Gathering> {
  const users = new Map<Resource, Resource[]>();
  for (const asked of allAsked(cluster)) {
    for (const ref of storeRefs(asked)) {
      const store = findStore(cluster, ref, asked.resource.namespace);
      if (store !== undefined) users.set(store, [...(users.get(store) ?? []), asked.resource]);
    }
  }
  for (const store of storesIn(cluster)) {
    const needing = users.get(store);
    if (needing === undefined || objectAt(store.value, 'spec', 'provider', 'fake') !== undefined) continue;
    const server = serverOf(store) ?? '';
    yield {
      kind: 'store',
      what: `${placeOf(store)} for ${describe(store)}`,
      keys: [],
      notes: [...loginNotes(store), ...servedHere(server, cluster, waveOf), ...circleOf(server, needing, cluster)],
      neededBy: [store, ...needing],
      at: { resource: store, path: ['spec', 'provider'] },
    };
  }
}

/** What is read through a store by the Kustomization that starts it: that Secret has to be there the first time. */
function circleOf(server: string, needing: readonly Resource[], cluster: Cluster): string[] {
  const by = serverHere(server, cluster)?.appliedBy;
  const circular = needing.filter(
    ({ appliedBy, kind }) => kind === 'ExternalSecret' && by !== undefined && appliedBy === by,
  );
  if (circular.length === 0) return [];
  return [
    `${enumerated(circular.map(describe))} read through it what starts it: make their Secrets by hand the first time`,
  ];
}

function serverOf({ value }: Resource): string | undefined {
  const [provider = ''] = keysAt(value, 'spec', 'provider');
  const settings = objectAt(value, 'spec', 'provider', provider);
  return ['server', 'url', 'connectHost', 'host', 'apiUrl', 'hostAPI', 'vaultUrl']
    .map((field) => textAt(settings, field))
    .find((found) => found !== undefined);
}

/** "Vault at `https://…`", "onepassword at `http://…`". */
function placeOf(store: Resource): string {
  const [provider = 'a store'] = keysAt(store.value, 'spec', 'provider');
  const server = serverOf(store);
  const title = provider === 'vault' ? 'Vault' : display(provider);
  return server === undefined ? title : `${title} at ${display(address(server))}`;
}

function loginNotes({ value }: Resource): string[] {
  const vault = objectAt(value, 'spec', 'provider', 'vault');
  if (vault === undefined) return [];
  const { mount, version } = engineIn(vault);
  const login = loginIn(vault);
  const engine = mount === undefined ? [] : [`KV version ${version.slice(1)} mounted at ${display(mount)}`];
  if (login.method !== 'kubernetes')
    return [...engine, ...(login.method === undefined ? [] : [`it logs in by ${login.method}`])];
  return [
    ...engine,
    `Kubernetes auth at ${display(login.mount ?? 'kubernetes')}, role ${display(login.role ?? '?')}; espalier policy --format commands writes both`,
    'after a new cluster, its API server and its certificate are others: configure the auth method anew',
  ];
}

/** What the tree reads in stores and nothing in it writes there. */
export function* valuesNeeded(cluster: Cluster): Generator<Gathering> {
  for (const entry of entriesOf(cluster).values()) {
    const reads = entry.remotes.filter(({ verb, key }) => verb !== 'push' && isKnown(key));
    const pushes = entry.remotes.filter(({ verb }) => verb === 'push');
    const [first] = reads;
    if (first === undefined || isOwnMatter(first) || pushes.some(({ property }) => property === undefined)) continue;
    const { keys, together } = keysOf(cluster, reads);
    const pushed = new Set(pushes.flatMap(({ property }) => property ?? []));
    const missing = [...keys].filter((key) => !pushed.has(key));
    // What is read whole may be just what is pushed.
    if (missing.length === 0 && pushes.length > 0) continue;
    yield {
      kind: 'value',
      what: entry.name,
      keys: missing,
      notes: [
        ...together,
        ...(entry.isFolder ? ['everything below it that the search finds'] : []),
        ...(missing.length + together.length === 0 && !entry.isFolder ? [unnamed] : []),
        ...(pushed.size === 0 ? [] : [`the cluster itself pushes ${listedCode(pushed)} there`]),
      ],
      neededBy: reads.map(({ resource }) => resource),
      at: { resource: first.resource, path: first.path },
      ...vaultPart(entry),
    };
  }
}

const unnamed = 'it is read whole: the tree does not name its keys';

/** The keys that reads of one entry need there; of what a template puts together of several entries, nobody knows which has which. */
function keysOf(cluster: Cluster, reads: readonly Remote[]) {
  const keys = new Set<string>();
  const together = new Set<string>();
  for (const read of reads) {
    if (read.property !== undefined) keys.add(read.property);
    const made = madeSecret(cluster, read.resource);
    if (
      made === undefined ||
      read.property !== undefined ||
      read.verb === 'find' ||
      read.resource.kind !== 'ExternalSecret'
    )
      continue;
    const expected = expectedKeys(cluster, made, [{ ...read, verb: 'read', fetchesMetadata: false }]);
    const required = expected.keys.filter((one) => one.required).map(({ key }) => key);
    const whole = listAt(made.spec, 'dataFrom').length;
    if (whole === 1) for (const key of required) keys.add(key);
    else if (required.length > 0)
      together.add(
        `${describe(read.resource)} takes ${listedCode(required)} from this and ${whole === 2 ? 'one other entry' : `${whole - 1} other entries`}`,
      );
  }
  return { keys, together: [...together] };
}

/** Of a store whose values are in the tree or in the cluster. */
function isOwnMatter({ store }: Remote): boolean {
  return ['fake', 'kubernetes'].some((provider) => objectAt(store?.value, 'spec', 'provider', provider) !== undefined);
}

function vaultPart({ remotes, isFolder }: Entry): Pick<Gathering, 'vault'> {
  const [{ store, key } = {} as Partial<Remote>] = remotes;
  const provider = objectAt(store?.value, 'spec', 'provider', 'vault');
  if (provider === undefined || key === undefined || isFolder) return {};
  const engine = engineIn(provider);
  const path = display(vaultPath({ ...engine, key }));
  const mount = engine.mount === undefined ? undefined : display(engine.mount);
  return {
    vault: {
      mount,
      path: mount !== undefined && path.startsWith(`${mount}/`) ? path.slice(mount.length + 1) : path,
      namespace: textAt(provider, 'namespace'),
    },
  };
}

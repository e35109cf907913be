import { objectAt } from '../../json/read';
import {
  accountNamespaces,
  loginIn,
  plainName,
  policyNameOf,
  type VaultLogin,
} from '../../systems/external-secrets/vault-login';
import { isInCluster } from '../../systems/kubernetes/in-cluster';
import { literalFault } from '../../systems/vault/literal-path';
import { groupBy, push } from '../../text/group-by';
import { memoize } from '../../text/memoize';
import type { Cluster } from '../cluster';
import { storesIn } from '../external-secrets/stores';
import { identityKey } from '../identity';
import type { Resource } from '../resource';
import { display, isKnown } from '../substitution';
import { allVaultAccess, pushedKeyByKey, type Unclear } from './cluster-wide';
import { dynamicSecrets } from './dynamic';
import { type Call, callsOf, type NeededPath, neededPaths } from './needed';
import type { VaultRole } from './policies';
import { vaultRoles } from './roles';

/** The least that one role of Vault must allow External Secrets, and who needs it. */
export interface RoleRequirements {
  /** What the policy is called: plain letters, one in a cluster. */
  readonly policy: string;
  readonly login: VaultLogin;
  /** Whether Vault's address means something in the cluster only. */
  readonly isInCluster: boolean;
  /** The stores, and the generators with settings of their own, that log in so; sorted. */
  readonly clients: readonly Resource[];
  /** As policies name them, relative to the namespace that External Secrets logs in to; both paths of a secret side by side. */
  readonly paths: readonly NeededPath[];
  /** What is asked for besides, and cannot be allowed from what the tree says. */
  readonly unclear: readonly Unclear[];
  /** Where a path holds what Vault takes for a wildcard: it allows more than that path. */
  readonly wider: readonly string[];
  /** Whose tokens are shown at the login: name and namespace; undefined parts are not known. */
  readonly accounts: readonly Account[];
  /** The role as an object of the tree makes it. */
  readonly role: VaultRole | undefined;
}

export interface Account {
  readonly name: string;
  readonly namespace: string;
}

/** A store or generator, and what External Secrets calls with it. */
interface Client {
  readonly resource: Resource;
  readonly login: VaultLogin;
  readonly calls: Call[];
  readonly unclear: Unclear[];
  /** The namespaces of the objects that use it. */
  readonly users: Set<string>;
}

/**
 * What the Vault policies of a cluster must allow, for each role that stores log in with: stores of one server, namespace, mount
 * and role share a policy. Sorted by the policies' names; empty for a cluster without a store of Vault.
 */
export function requirementsOf(cluster: Cluster): RoleRequirements[] {
  const roles = vaultRoles(cluster);
  const namespaces = new Set(cluster.ofKind('', 'Namespace').map(({ name }) => name));
  const groups = [...groupBy(clientsOf(cluster), keyOf).values()];
  const taken = new Set<string>();
  return groups
    .map((clients) => ({ clients: clients.sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1)) }))
    .map(({ clients }) => ({ clients, wanted: policyNameOf(clients[0].login) ?? plainName(clients[0].resource.name) }))
    .sort((a, b) =>
      a.wanted < b.wanted ? -1 : a.wanted > b.wanted ? 1 : nameOf(a.clients[0]) < nameOf(b.clients[0]) ? -1 : 1,
    )
    .map(({ clients, wanted }) => roleRequirements(clients, freeName(wanted, taken), { roles, namespaces }));
}

function roleRequirements(
  clients: readonly [Client, ...Client[]],
  policy: string,
  { roles, namespaces }: { readonly roles: readonly VaultRole[]; readonly namespaces: ReadonlySet<string> },
): RoleRequirements {
  const { login } = clients[0];
  const calls = clients.flatMap(callsFromAbove);
  const unclear = clients.flatMap((client) => client.unclear);
  const wider = new Set<string>();
  const possible = calls.filter((call) => {
    if (call.path === undefined) return true;
    const fault = literalFault(call.below ? call.path.slice(0, -1) : call.path);
    if (fault === 'refused') unclear.push({ resource: call.resource, why: `no policy can name ${display(call.path)}` });
    if (fault === 'wider') wider.add(call.path);
    return fault !== 'refused';
  });
  const found = roles.filter(({ name, mount }) => name === login.role && mount === login.mount);
  return {
    policy,
    login,
    isInCluster: isInCluster(login.server, namespaces),
    clients: clients.map(({ resource }) => resource),
    paths: inReadingOrder(neededPaths(possible)),
    unclear: unique(unclear),
    wider: [...wider].sort(),
    accounts: accountsOf(clients),
    role: login.method === 'kubernetes' && found.length === 1 ? found[0] : undefined,
  };
}

/** The calls of a client. A path of another namespace of Vault is named as a policy of the namespace above it names it. */
function callsFromAbove({ calls, login: { namespace, authNamespace } }: Client): readonly Call[] {
  const [inner, outer] = [namespace, authNamespace].map((name) => name.replace(/^\/+|\/+$/g, '')) as [string, string];
  if (inner === outer) return calls;
  const rest = outer === '' ? inner : inner.startsWith(`${outer}/`) ? inner.slice(outer.length + 1) : undefined;
  if (rest === undefined) return calls;
  return calls.map((call) => (call.path === undefined ? call : { ...call, path: `${rest}/${call.path}` }));
}

/** Values and metadata of a secret side by side. */
function inReadingOrder(paths: readonly NeededPath[]): NeededPath[] {
  return paths
    .map((needed) => ({ needed, place: `${needed.path.replace(/\/(?:meta)?data\//, '/')}\n${needed.path}` }))
    .sort((a, b) => (a.place < b.place ? -1 : 1))
    .map(({ needed }) => needed);
}

function clientsOf(cluster: Cluster): Client[] {
  const clients = new Map<string, Client>();
  for (const resource of storesIn(cluster)) {
    const provider = objectAt(resource.value, 'spec', 'provider', 'vault');
    if (provider !== undefined) clients.set(identityKey(resource), clientOf(resource, loginIn(provider)));
  }
  const clientAt = memoize((store: Resource) => clients.get(identityKey(store)));
  for (const access of allVaultAccess(cluster)) {
    const client = clientAt(access.store);
    if (client === undefined) continue;
    const { resource, namespace, key, mount } = access;
    client.users.add(namespace);
    if (!isKnown(key)) client.unclear.push({ resource, why: `its key ${display(key)} depends on a variable` });
    else if (mount !== undefined && !isKnown(mount)) {
      client.unclear.push({ resource, why: `the mount ${display(mount)} of its store depends on a variable` });
    } else client.calls.push(...callsOf(access));
    if (resource.uncertain) client.unclear.push({ resource, why: 'a patch that is not known changes it' });
  }
  for (const { store, resource, why } of pushedKeyByKey(cluster)) {
    clients.get(identityKey(store))?.unclear.push({ resource, why });
  }
  const generators = dynamicSecrets(cluster).map(({ resource, provider, calls }) => {
    const client = clientOf(resource, loginIn(provider));
    client.users.add(resource.namespace);
    for (const call of calls) {
      if (call.path === undefined || isKnown(call.path)) client.calls.push(call);
      else client.unclear.push({ resource, why: `its path ${display(call.path)} depends on a variable` });
    }
    return client;
  });
  return [...clients.values(), ...generators];
}

function clientOf(resource: Resource, login: VaultLogin): Client {
  return { resource, login, calls: [], unclear: [], users: new Set() };
}

/** Stores with one key log in alike. One that names no role is alone: what its Secret holds is not known. */
function keyOf({ resource, login }: Client): string {
  const { server, authNamespace, method, mount, role } = login;
  if (role === undefined) return identityKey(resource);
  return [server.replace(/\/+$/, ''), authNamespace, method, mount, role].join('\n');
}

function accountsOf(clients: readonly Client[]): Account[] {
  const found = new Map<string, Account>();
  for (const { resource, login, users } of clients) {
    if (login.account === undefined) continue;
    const { name } = login.account;
    for (const namespace of accountNamespaces(login.account, resource.namespace, users))
      found.set(`${namespace}/${name}`, { name, namespace });
  }
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, account]) => account);
}

function freeName(wanted: string, taken: Set<string>): string {
  let name = wanted;
  for (let i = 2; taken.has(name); i += 1) name = `${wanted}-${i}`;
  taken.add(name);
  return name;
}

function nameOf({ resource }: Client): string {
  return identityKey(resource);
}

function unique(unclear: readonly Unclear[]): Unclear[] {
  const lists = new Map<string, Unclear[]>();
  for (const one of unclear) push(lists, `${identityKey(one.resource)} ${one.why}`, one);
  return [...lists.values()].flatMap(([first]) => first ?? []);
}

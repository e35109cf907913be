import type { JsonObject } from '../../json/json';
import { at, listAt, textAt } from '../../json/read';
import { barmanPlugin } from '../../systems/cnpg/names';
import { operatorLabels, postgresPort, statusPort } from '../../systems/cnpg/network';
import { podTemplatePath } from '../../systems/kinds/kinds';
import { anywhere, apiServerPorts, clusterDns, dnsPorts, podsOf } from '../../systems/kubernetes/network';
import { PostgresCluster } from '../cnpg';
import { objectOf } from '../kinds/target';
import { type Connections, finds, type Pods } from './connections';
import { podsAt } from './peers';

/** One rule of a NetworkPolicy: whom connections come from or go to, none for anybody, and by which ports, none for any. */
export interface Rule {
  readonly peers: readonly JsonObject[];
  readonly ports: readonly JsonObject[];
}

/** What rules need to know that no construct says. */
export interface Surroundings {
  /** Where requests through Gateways come from; undefined for the namespaces of the Gateways. */
  readonly proxies: readonly JsonObject[] | undefined;
  readonly dns: readonly JsonObject[];
  /** Addresses of the API server; undefined where nobody knows. */
  readonly apiServer: readonly JsonObject[] | undefined;
}

export const dnsOfCluster: readonly JsonObject[] = [clusterDns];

/** Names are looked up by all pods. */
export function dnsRule({ dns }: Surroundings): Rule {
  return { peers: dns, ports: dnsPorts };
}

/** What pods take connections from: whoever refers to them, routes, the operator that runs them. */
export function ingressOf(pods: Pods, connections: Connections, surroundings: Surroundings): Rule[] {
  const callers = connections
    .callersOf(pods)
    .map(({ caller, ports }) => ({ peers: [podsAt(caller, pods.namespace)], ports }));
  const routed = connections.routed
    .filter((reached) => finds(reached, pods) && (surroundings.proxies ?? reached.gateways).length > 0)
    .map(({ gateways, ports }) => ({
      peers: surroundings.proxies ?? gateways.map((namespace) => podsOf(namespace)),
      ports,
    }));
  return [...callers, ...routed, ...ofOperator(pods), ...amongThemselves(pods, connections)];
}

/** What pods connect to: what they refer to, names, and what the operator that runs them needs. */
export function egressOf(pods: Pods, connections: Connections, surroundings: Surroundings): Rule[] {
  const reached = connections
    .reachedBy(pods)
    .filter((to) => !finds(to, pods))
    .map((to) => ({ peers: [podsAt(to, pods.namespace)], ports: to.ports }));
  return [
    dnsRule(surroundings),
    ...reached,
    ...amongThemselves(pods, connections),
    ...(asksApiServer(pods) ? [{ peers: surroundings.apiServer ?? [], ports: apiServerPorts }] : []),
    ...outside(pods),
  ];
}

function isCluster({ kind }: Pods): boolean {
  return kind === 'postgresql.cnpg.io/Cluster';
}

const instancePorts: readonly JsonObject[] = [{ port: postgresPort }, { port: statusPort }];

function ofOperator(pods: Pods): Rule[] {
  if (!isCluster(pods)) return [];
  const namespace = pods.owner instanceof PostgresCluster ? pods.owner.operatorNamespace : 'cnpg-system';
  return [{ peers: [podsOf(namespace, operatorLabels)], ports: instancePorts }];
}

/** Instances of a database replicate; those of a StatefulSet talk by the ports of its Services. */
function amongThemselves(pods: Pods, connections: Connections): Rule[] {
  const peers = [podsAt(pods, pods.namespace)];
  if (isCluster(pods)) return [{ peers, ports: instancePorts }];
  if (pods.kind !== 'apps/StatefulSet') return [];
  return connections.behind(pods).map(({ ports }) => ({ peers, ports }));
}

/** The instance manager in each pod of CloudNativePG does, and who is given a token. (https://cloudnative-pg.io/documentation/1.30/security/) */
function asksApiServer(pods: Pods): boolean {
  if (pods.kind.startsWith('postgresql.cnpg.io/')) return true;
  const slash = pods.kind.indexOf('/');
  const template = podTemplatePath({ group: pods.kind.slice(0, slash), kind: pods.kind.slice(slash + 1) }) ?? [];
  return at(pods.value, ...template, 'spec', 'automountServiceAccountToken') === true;
}

/** Where a database is backed up to and restored from, out of the cluster: of an address only the port is known. */
function outside(pods: Pods): Rule[] {
  if (!isCluster(pods)) return [];
  const { value, uses } = pods;
  const stores = uses.flatMap((use) => objectOf(use) ?? []).filter(({ kind }) => kind === 'ObjectStore');
  const plugged = listAt(value, 'spec', 'plugins').some((plugin) => textAt(plugin, 'name') === barmanPlugin);
  const sources = listAt(value, 'spec', 'externalClusters');
  const configurations = [
    ...stores.map((store) => at(store.toJson(), 'spec', 'configuration')),
    ...(plugged && stores.length === 0 ? [{}] : []),
    at(value, 'spec', 'backup', 'barmanObjectStore'),
    ...sources.map((source) => at(source, 'barmanObjectStore')),
  ];
  const urls = configurations.flatMap((one) => (one ? [textAt(one, 'endpointURL') ?? 'https://'] : []));
  const hosts = sources.flatMap((source) => {
    const host = textAt(source, 'connectionParameters', 'host');
    return host && !isInCluster(host) ? [Number(at(source, 'connectionParameters', 'port') ?? postgresPort)] : [];
  });
  const ports = new Set([...urls.filter((url) => !isInCluster(url)).map(portOfUrl), ...hosts]);
  return ports.size === 0 ? [] : [{ peers: anywhere, ports: [...ports].map((port) => ({ port })) }];
}

function isInCluster(host: string): boolean {
  return /\.svc\b|^[a-z0-9-]+$/.test(host);
}

function portOfUrl(url: string): number {
  const [, scheme, port] = /^(https?):\/\/[^/:]*(?::(\d+))?/.exec(url) ?? [];
  return port === undefined ? (scheme === 'http' ? 80 : 443) : Number(port);
}

/** Rules as a policy has them: those of the same ports are one. */
export function written(rules: readonly Rule[], side: 'from' | 'to'): JsonObject[] {
  const byPorts = new Map<string, { ports: readonly JsonObject[]; peers: Map<string, JsonObject>; isOpen: boolean }>();
  for (const { peers, ports } of rules) {
    const key = JSON.stringify(ports);
    const one = byPorts.get(key) ?? { ports, peers: new Map<string, JsonObject>(), isOpen: false };
    for (const peer of peers) one.peers.set(JSON.stringify(peer), peer);
    byPorts.set(key, { ...one, isOpen: one.isOpen || peers.length === 0 });
  }
  return [...byPorts.values()].map(({ ports, peers, isOpen }) => ({
    ...(!isOpen && { [side]: [...peers.values()] }),
    ...(ports.length > 0 && { ports: [...ports] }),
  }));
}

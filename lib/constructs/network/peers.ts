import { Construct, type IConstruct } from 'constructs';
import type { JsonObject } from '../../json/json';
import { internet, podsOf } from '../../systems/kubernetes/network';
import { refuse } from '../input-error';
import { isNamespace } from '../scopes';
import { ServicePort } from '../service-handle';
import type { Connections, End, PodLabels } from './connections';

/** Pods by the namespace that they run in: all of it, or those with labels. */
export interface PodsByLabel {
  readonly namespace: string;
  readonly labels?: PodLabels;
}

/** Addresses outside of the cluster: `192.168.1.10/32`. */
export interface Addresses {
  readonly cidr: string;
  readonly except?: readonly string[];
}

/**
 * Whom connections come from or go to: a workload, a database, a Namespace or an Application for all that runs there, the Service of a
 * port, pods by their labels, addresses. `internet` is every address that is not private.
 */
export type Peer = IConstruct | ServicePort | PodsByLabel | Addresses | 'internet';

/** A peer as NetworkPolicies have it. @throws EspalierError for a construct whose pods nobody knows */
export function peersOf(reader: Construct, field: string, peer: Peer, connections: Connections): readonly JsonObject[] {
  if (peer === 'internet') return internet;
  if (peer instanceof ServicePort) return peersOf(reader, field, peer.producer, connections);
  if (Construct.isConstruct(peer)) {
    const { namespaceFolder } = peer as { readonly namespaceFolder?: IConstruct };
    const namespace = namespaceFolder ?? peer;
    if (isNamespace(namespace)) return [podsOf(namespace.namespaceName)];
    const ends = connections.endsOf(peer);
    if (ends.length > 0) return ends.map((end) => podsAt(end, undefined));
  } else if (typeof peer === 'object' && peer !== null) {
    if ('cidr' in peer) return [{ ipBlock: { ...peer } as JsonObject }];
    if ('namespace' in peer) return [podsOf(peer.namespace, peer.labels)];
  }
  return refuse(reader, {
    field,
    value: Construct.isConstruct(peer) ? peer.node.path : peer,
    allowed: 'a workload, a database, a Namespace, pods by namespace and labels, addresses, or "internet"',
    example: "{ namespace: 'monitoring' }",
  });
}

/** Pods, of which those of the own namespace need no selector of it. */
export function podsAt({ namespace, labels }: End, own: string | undefined): JsonObject {
  if (namespace === own && labels) return { podSelector: { matchLabels: { ...labels } } };
  return podsOf(namespace, labels);
}

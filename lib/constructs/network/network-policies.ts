import { ApiObject } from 'cdk8s';
import { Construct, type IConstruct } from 'constructs';
import type { JsonObject } from '../../json/json';
import { groupBy } from '../../text/group-by';
import { Application } from '../flux/application';
import { FluxKustomization } from '../flux/flux-kustomization';
import { refuse } from '../input-error';
import { composeLate } from '../late';
import { named } from '../named';
import { refuseUnknown } from '../refuse-unknown';
import { Resource, type ResourceProps } from '../resource';
import { type ClusterScope, clusterOf, kustomizationOf } from '../scopes';
import { Migration } from '../workload/migration';
import { type Connections, connectionsIn, finds, type PodLabels, type Pods } from './connections';
import { type Peer, peersOf } from './peers';
import { dnsOfCluster, dnsRule, egressOf, ingressOf, type Rule, type Surroundings, written } from './rules';

/** A connection that no reference says. */
export interface AllowedConnection {
  /** Whose: a workload or database of the app, or the labels of pods that no construct here makes. @default all of the app */
  readonly pods?: IConstruct | PodLabels;
  /** Who may connect to them. */
  readonly from?: Peer | readonly Peer[];
  /** What they may connect to. */
  readonly to?: Peer | readonly Peer[];
  /** Ports of the pods that are connected to, by number or name. @default all */
  readonly ports?: readonly (
    | number
    | string
    | { readonly port: number | string; readonly protocol?: 'TCP' | 'UDP' | 'SCTP' }
  )[];
}

export interface NetworkPoliciesProps extends Pick<ResourceProps, 'labels' | 'annotations'> {
  /** Further connections: to hosts outside of the cluster above all, of which no reference tells. @default none */
  readonly allow?: readonly AllowedConnection[];
  /** Deny all pods of the namespace everything but DNS, too, whoever makes them. @default true */
  readonly defaultDeny?: boolean;
  /**
   * Where requests through Gateways and Ingresses come from: their proxies, their controller. @default the namespaces of the Gateways; of an
   * Ingress it must be said, here or by `from` in `allow`
   */
  readonly proxies?: Peer | readonly Peer[];
  /** Where names are looked up. @default pods `k8s-app: kube-dns` in kube-system */
  readonly dns?: Peer | readonly Peer[];
  /** Addresses of the API server, for databases and pods with a token: `10.0.0.1/32`. @default any, at ports 443 and 6443 */
  readonly apiServer?: readonly string[];
}

/** What is read once for all policies of a cluster. */
interface ClusterPods {
  readonly connections: Connections;
  /** The pods of known labels by the Kustomization that applies them; those of a Migration, which has its own, by that. */
  readonly of: ReadonlyMap<IConstruct | undefined, readonly Pods[]>;
  /** All pods that policies are for. */
  readonly covered: ReadonlySet<Pods>;
  readonly inNamespace: ReadonlyMap<string, readonly Pods[]>;
}

function readCluster(cluster: ClusterScope): ClusterPods {
  const all = cluster.node.findAll();
  const connections = connectionsIn(all);
  const known = connections.pods.filter(({ labels }) => labels !== undefined);
  const of = groupBy(known, ({ owner, object }) => (owner instanceof Migration ? owner : kustomizationOf(object)));
  const policies = all.filter((each) => each instanceof NetworkPolicies);
  const covered = new Set(policies.flatMap((one) => one.ownPods(of)));
  return { connections, of, covered, inNamespace: groupBy(connections.pods, ({ namespace }) => namespace) };
}

/**
 * NetworkPolicies of an app, which follow from what it refers to: one for each workload and each database, and one that denies
 * all other pods of the namespace everything but DNS.
 *
 * Allowed are DNS; databases, Poolers and Services, by the handles that a workload was given and the addresses (`shop.store.svc`) in its
 * variables and ConfigMaps, at both ends, and all of the namespace of a Service that no construct makes; requests from the Gateways of
 * routes; of databases the operator, their own instances, the API server, and the ports of object stores; of pods with a token the API
 * server. External Secrets and Flux need no connection to pods.
 *
 * Hosts outside of the cluster are in no reference: `allow` says them, as who reads metrics and where an ingress controller runs.
 * A DNS cache on each node is `dns: { cidr: '169.254.20.10/32' }`.
 *
 * @example
 * NetworkPolicies.of(shop, { allow: [{ pods: web, to: 'internet', ports: [443] }, { pods: web, from: { namespace: 'monitoring' }, ports: ['metrics'] }] });
 */
export class NetworkPolicies extends Resource {
  /** Derives the policies of an app, whenever it is composed: they follow from the whole cluster. */
  static of(app: Application | FluxKustomization, props: NetworkPoliciesProps = {}): NetworkPolicies {
    const { kustomization = app } = app instanceof Application ? app : {};
    if (kustomization instanceof FluxKustomization) return new NetworkPolicies(kustomization, props);
    return refuse(Construct.isConstruct(app) ? app : named('NetworkPolicies.of()'), {
      field: 'app',
      allowed: 'an Application or a FluxKustomization',
      example: "NetworkPolicies.of(shop), of const shop = new Application(cluster, 'shop')",
    });
  }

  private readonly kustomization: FluxKustomization;
  private readonly props: NetworkPoliciesProps;

  private constructor(kustomization: FluxKustomization, props: NetworkPoliciesProps) {
    super(kustomization.directory, 'networkpolicies');
    refuseUnknown(this, NetworkPolicies, props);
    this.kustomization = kustomization;
    this.props = props;
    composeLate(this, (shared) => {
      const cluster = clusterOf(this);
      const known = (shared.get(cluster) as ClusterPods | undefined) ?? readCluster(cluster);
      shared.set(cluster, known);
      this.compose(known);
    });
  }

  /** The pods of the app, its Migrations' among them. */
  ownPods(of: ClusterPods['of']): readonly Pods[] {
    const migrations = this.kustomization.node.dependencies.filter((each) => each instanceof Migration);
    return [this.kustomization, ...migrations].flatMap((each) => of.get(each) ?? []);
  }

  private compose(cluster: ClusterPods): void {
    for (const { node } of this.node.children) this.node.tryRemoveChild(node.id);
    const { connections } = cluster;
    const { allow = [], defaultDeny = true } = this.props;
    const surroundings = this.surroundings(connections);
    const pods = this.ownPods(cluster.of);
    const name = this.kustomization.kustomizationName;
    if (defaultDeny) {
      this.requireCovered(cluster);
      this.policy(`${name}-default-deny`, {}, [], [dnsRule(surroundings)]);
    }
    const taken = new Set<AllowedConnection>();
    for (const each of pods) {
      const ofPods = allow.filter((one) => this.isOf(one, each));
      for (const one of ofPods) taken.add(one);
      if (!ofPods.some(({ from }) => from !== undefined)) this.requireProxies(each, connections);
      const ingress = [...ingressOf(each, connections, surroundings), ...this.given(ofPods, 'from', connections)];
      const egress = [...egressOf(each, connections, surroundings), ...this.given(ofPods, 'to', connections)];
      this.policy(this.nameOf(each), each.labels ?? {}, ingress, egress);
    }
    for (const [i, one] of allow.entries()) {
      if (one.from === undefined && one.to === undefined) {
        refuse(this, { field: `allow[${i}]`, allowed: 'what has from, to or both', example: "{ to: 'internet' }" });
      }
      if (taken.has(one) || one.pods === undefined) continue;
      if (Construct.isConstruct(one.pods)) {
        const value = one.pods.node.path;
        refuse(this, { field: `allow[${i}].pods`, value, allowed: `a workload or database of ${name}, or labels` });
      }
      const egress = [dnsRule(surroundings), ...this.given([one], 'to', connections)];
      this.policy(`${name}-allow-${i + 1}`, one.pods as PodLabels, this.given([one], 'from', connections), egress);
    }
  }

  private isOf({ pods }: AllowedConnection, { owner, object }: Pods): boolean {
    return (
      pods === undefined ||
      pods === owner ||
      pods === object ||
      (Construct.isConstruct(pods) && object.node.scopes.includes(pods))
    );
  }

  private nameOf({ kind, name }: Pods): string {
    const end = { 'postgresql.cnpg.io/Cluster': '-postgres', 'postgresql.cnpg.io/Pooler': '-pooler' }[kind] ?? '';
    return name.endsWith(end) ? name : `${name}${end}`;
  }

  private surroundings(connections: Connections): Surroundings {
    const { proxies, dns, apiServer } = this.props;
    const peers = (field: string, given: Peer | readonly Peer[] | undefined) =>
      given === undefined ? undefined : this.peers(field, given, connections);
    return {
      proxies: peers('proxies', proxies),
      dns: peers('dns', dns) ?? dnsOfCluster,
      apiServer: peers(
        'apiServer',
        apiServer?.map((cidr) => ({ cidr })),
      ),
    };
  }

  private peers(field: string, given: Peer | readonly Peer[], connections: Connections): JsonObject[] {
    return [given].flat().flatMap((peer) => peersOf(this, field, peer as Peer, connections));
  }

  private given(allow: readonly AllowedConnection[], side: 'from' | 'to', connections: Connections): Rule[] {
    return allow.flatMap((one) => {
      const peers = one[side];
      if (peers === undefined) return [];
      const ports = (one.ports ?? []).map((port) => (typeof port === 'object' ? { ...port } : { port }));
      return [{ peers: this.peers(`allow: ${side}`, peers, connections), ports }];
    });
  }

  /** @throws EspalierError where an Ingress leads to pods that nobody lets its controller reach */
  private requireProxies(pods: Pods, { routed }: Connections): void {
    const route = routed.find((to) => to.gateways.length === 0 && finds(to, pods));
    if (route === undefined || this.props.proxies !== undefined) return;
    refuse(this, {
      field: 'proxies',
      value: undefined,
      allowed: `where the requests come from that ${route.by.node.path} leads to ${pods.name}: no reference says where its controller runs`,
      example: "proxies: { namespace: 'ingress-nginx' }",
    });
  }

  /** @throws EspalierError where other pods of the namespace would be cut off */
  private requireCovered({ inNamespace, covered }: ClusterPods): void {
    const saysLabels = this.props.allow?.some(({ pods }) => pods && !Construct.isConstruct(pods));
    const cutOff = inNamespace
      .get(this.namespace)
      ?.find((each) => !covered.has(each) && (each.labels !== undefined || !saysLabels));
    if (cutOff === undefined) return;
    const what = cutOff.owner.node.path;
    refuse(this, {
      field: 'defaultDeny',
      allowed: cutOff.labels
        ? `false, or NetworkPolicies of ${what}, too: they are in namespace ${this.namespace} and would be cut off`
        : `false, or what the pods of ${what} may do, by their labels: they are not known here`,
      example: cutOff.labels
        ? 'NetworkPolicies.of(other)'
        : "allow: [{ pods: { app: 'redis' }, from: web, ports: [6379] }]",
    });
  }

  private policy(name: string, labels: PodLabels, ingress: readonly Rule[], egress: readonly Rule[]): void {
    const podSelector = Object.keys(labels).length === 0 ? {} : { matchLabels: { ...labels } };
    const spec = {
      podSelector,
      policyTypes: ['Ingress', 'Egress'],
      ingress: written(ingress, 'from'),
      egress: written(egress, 'to'),
    };
    const metadata = this.metadata({ ...this.props, name });
    new ApiObject(this, name, { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata, spec } as never);
  }
}

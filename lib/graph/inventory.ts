import { groupKind } from '../systems/api-version';
import { isKubernetesGroup } from '../systems/kinds/groups';
import { push } from '../text/group-by';
import { lazy } from '../text/memoize';
import type { ByHand } from './by-hand';
import type { Lookup } from './cluster';
import type { External } from './external';
import { installedBy, instanceKind, instancesAmong } from './flux/instances';
import type { Identity } from './identity';
import type { Resource } from './resource';
import { UnknownIndex } from './unknown-index';
import type { UnknownSource } from './unknown-source';

const none: readonly never[] = [];

/** The objects of a cluster by kind and by identity. */
export class Inventory {
  private readonly byKind = new Map<string, Resource[]>();
  /** By namespace, then by name: no text is put together for each look. Few kinds share a name. */
  private readonly byName = new Map<string, Map<string, [Resource, ...Resource[]][]>>();

  private readonly unknown: () => UnknownIndex;
  private readonly installed: (identity: Identity) => boolean;

  constructor(
    resources: Iterable<Resource>,
    unknownSources: () => readonly UnknownSource[],
    private readonly external: External = () => false,
    private readonly byHand: ByHand = () => undefined,
  ) {
    this.unknown = lazy(() => new UnknownIndex(unknownSources()));
    for (const resource of resources) {
      push(this.byKind, groupKind(resource), resource);
      this.add(resource);
    }
    this.installed = installedBy(instancesAmong(this.byKind.get(instanceKind) ?? none));
  }

  private add(resource: Resource): void {
    const { namespace, name } = resource;
    let names = this.byName.get(namespace);
    if (names === undefined) {
      names = new Map();
      this.byName.set(namespace, names);
    }
    const kinds = names.get(name);
    if (kinds === undefined) names.set(name, [[resource]]);
    else {
      const same = kinds.find(([first]) => first.kind === resource.kind && first.group === resource.group);
      if (same === undefined) kinds.push([resource]);
      else same.push(resource);
    }
  }

  ofKind(group: string, kind: string): readonly Resource[] {
    return this.byKind.get(groupKind({ group, kind })) ?? none;
  }

  find({ group, kind, namespace, name }: Identity): readonly Resource[] {
    const kinds = this.byName.get(namespace)?.get(name);
    return kinds?.find(([first]) => first.kind === kind && first.group === group) ?? none;
  }

  lookup(identity: Identity): Lookup {
    const [first, ...others] = this.find(identity);
    if (first !== undefined) return { state: 'found', resources: [first, ...others] };
    if (builtIn(identity)) return { state: 'unknown', why: 'Kubernetes creates it' };
    if (this.installed(identity)) return { state: 'unknown', why: 'Flux installs it' };
    if (this.external(identity))
      return { state: 'unknown', why: 'the configuration says that it is created elsewhere' };
    const by = this.unknown().making(identity) ?? this.byHand(identity);
    return by === undefined ? { state: 'absent' } : { state: 'unknown', why: by.why, by };
  }

  othersIn(kind: Omit<Identity, 'name'>): UnknownSource | undefined {
    return this.unknown().othersIn(kind);
  }
}

/** Objects that every cluster has, before anybody applies anything. */
export function builtIn({ group, kind, namespace, name }: Identity): boolean {
  if (group === '' && kind === 'Namespace') return /^(?:default|kube-.*)$/.test(name);
  if (group === '' && kind === 'ServiceAccount') {
    return name === 'default' || (namespace === 'kube-system' && ofControllers.test(name));
  }
  if (group === '' && kind === 'ConfigMap') return name === 'kube-root-ca.crt';
  if (group === '' && kind === 'Service' && namespace === 'default') return name === 'kubernetes';
  if (kind === 'PriorityClass') return /^system-(?:cluster|node)-critical$/.test(name);
  if (group === 'rbac.authorization.k8s.io' && kind !== 'Role') {
    return /^(?:cluster-admin|admin|edit|view|system:.*)$/.test(name);
  }
  if (!/^kube-(?:system|public|node-lease)$/.test(namespace)) return false;
  // What distributions add of their own kinds, nobody refers to.
  if (group === 'gateway.networking.k8s.io' || !isKubernetesGroup(group)) return false;
  return group !== '' || (kind !== 'Secret' && kind !== 'ConfigMap') || ofDistributions.test(name);
}

/** What kube-controller-manager runs with (kubernetes 1.36 cmd/kube-controller-manager/names/controller_names.go). */
const ofControllers =
  /-controller$|^(?:horizontal-pod-autoscaler|generic-garbage-collector|pod-garbage-collector|persistent-volume-binder|bootstrap-signer|token-cleaner|root-ca-cert-publisher)$/;

/** Secrets and ConfigMaps of kubeadm, k3s, RKE2, Talos and the clouds in the namespaces that every cluster has. */
const ofDistributions =
  /^(?:kube|k3s|rke2|talos|aws|azure|gke|eks|aks|node|bootstrap-token|chart-content|cluster-(?:info|dns|config)|coredns|extension-apiserver-authentication|metrics-server)/;

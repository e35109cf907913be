import { push } from '../group-by';
import type { Lookup, Opening } from './cluster';
import type { External } from './external';
import { isOfFlux } from './flux-installation';
import { groupKind, type Identity } from './identity';
import { OpeningIndex } from './opening-index';
import type { Resource } from './resource';

const none: readonly never[] = [];

/** The objects of a cluster by kind and by identity. */
export class Inventory {
  private readonly byKind = new Map<string, Resource[]>();
  /** By namespace, then by name: no text is put together for each look. Few kinds share a name. */
  private readonly byName = new Map<string, Map<string, [Resource, ...Resource[]][]>>();

  private readonly openings: OpeningIndex;

  constructor(
    resources: Iterable<Resource>,
    openings: readonly Opening[],
    private readonly external: External = () => false,
  ) {
    this.openings = new OpeningIndex(openings);
    for (const resource of resources) {
      push(this.byKind, groupKind(resource), resource);
      this.add(resource);
    }
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
    if (builtIn(identity)) return { state: 'unknown', why: 'Kubernetes makes it' };
    if (isOfFlux(identity)) return { state: 'unknown', why: 'Flux brings it' };
    if (this.external(identity)) return { state: 'unknown', why: 'the configuration says that it is made elsewhere' };
    const opening = this.openings.bringing(identity);
    return opening === undefined ? { state: 'absent' } : { state: 'unknown', why: opening.why };
  }
}

/** Objects that every cluster has, before anybody applies anything. */
export function builtIn({ group, kind, namespace, name }: Identity): boolean {
  if (group === '' && kind === 'Namespace') return /^(?:default|kube-.*)$/.test(name);
  if (group === '' && kind === 'ServiceAccount') return name === 'default';
  if (group === '' && kind === 'ConfigMap') return name === 'kube-root-ca.crt';
  if (group === '' && kind === 'Service') return namespace === 'default' && name === 'kubernetes';
  if (group === 'rbac.authorization.k8s.io') {
    return /^(?:cluster-admin|admin|edit|view|system:.*)$/.test(name);
  }
  return /^kube-(?:system|public|node-lease)$/.test(namespace);
}

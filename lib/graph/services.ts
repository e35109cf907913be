import { textsIn } from '../json/read';
import { servicesMade } from '../systems/cnpg/made';
import { group } from '../systems/cnpg/names';
import { isServiceOfDatabase } from '../systems/references/targets';
import { isUnderstood } from '../systems/secrets-made';
import { push } from '../text/group-by';
import { memoize } from '../text/memoize';
import type { Cluster } from './cluster';
import { describe } from './identity';
import type { Resource } from './resource';
import { isKnown } from './substitution';
import type { Maker } from './unknown-source';

/** What the tree tells of a Service. */
export type ServiceLookup =
  | { readonly state: 'found'; readonly resource: Resource }
  /** CloudNativePG makes it: its port is 5432. */
  | { readonly state: 'database'; readonly resource: Resource }
  | { readonly state: 'absent' }
  | { readonly state: 'unknown'; readonly by?: Maker };

/** The Services of a cluster, those that operators make included. Indexed once: several rules ask. */
export const servicesOf: (cluster: Cluster) => Services = memoize((cluster) => new Services(cluster));

class Services {
  private readonly databases = new Map<string, Resource>();
  /** Objects that may make Services nobody can tell, by namespace. */
  private readonly makers = new Map<string, Resource[]>();
  private readonly names = new Map<string, string[]>();

  constructor(private readonly cluster: Cluster) {
    for (const database of cluster.ofKind(group, 'Cluster'))
      for (const name of servicesMade(database.value)) this.add(database, name);
    for (const pooler of cluster.ofKind(group, 'Pooler')) this.add(pooler, pooler.name);
    for (const { namespace, name } of cluster.ofKind('', 'Service')) push(this.names, namespace, name);
    for (const resource of cluster.resources) {
      const gateway = resource.group === 'gateway.networking.k8s.io' && resource.kind === 'Gateway';
      // Envoy Gateway makes what an EnvoyProxy names beside itself, or beside the Gateway (spec.provider.kubernetes.envoyService.name).
      const namespace = resource.kind === 'EnvoyProxy' ? '' : resource.namespace;
      if (gateway || !isUnderstood(resource)) push(this.makers, namespace, resource);
    }
  }

  lookup(namespace: string, name: string): ServiceLookup {
    if (namespace === '' || !isKnown(name) || !isKnown(namespace)) return { state: 'unknown' };
    const known = this.cluster.lookup({ group: '', kind: 'Service', namespace, name });
    if (known.state === 'found') return { state: 'found', resource: known.resources[0] };
    const database = this.databases.get(`${namespace}/${name}`);
    if (database !== undefined) return { state: 'database', resource: database };
    if (known.state === 'unknown') return known;
    if (isServiceOfDatabase(name)) return { state: 'unknown' };
    const maker = this.guess(namespace, name);
    if (maker === undefined) return { state: 'absent' };
    const why = `${describe(maker)} may make it`;
    return { state: 'unknown', by: { why, document: maker.document, path: maker.path } };
  }

  /** The names of a namespace's Services. */
  in(namespace: string): readonly string[] {
    return this.names.get(namespace) ?? [];
  }

  private add(maker: Resource, name: string): void {
    this.databases.set(`${maker.namespace}/${name}`, maker);
    push(this.names, maker.namespace, name);
  }

  /** An object of a kind that is not understood may make a Service that it names, or one whose name holds its own. */
  private guess(namespace: string, name: string): Resource | undefined {
    return [...(this.makers.get(namespace) ?? []), ...(this.makers.get('') ?? [])].find((resource) => {
      if (resource.namespace === namespace && name.includes(resource.name)) return true;
      for (const { text } of textsIn(resource.value)) if (text === name) return true;
      return false;
    });
  }
}

import type { Cluster as GraphCluster } from '../../graph/cluster';
import { clusterNames } from '../../graph/cluster-name';
import { type AskedReference, askedReferences } from '../../graph/external-secrets/references';
import { orderOf } from '../../graph/flux/order';
import type { Graph } from '../../graph/graph';
import { identityKey } from '../../graph/identity';
import { isSuspended } from '../../graph/kustomization';
import type { Reference as GraphReference } from '../../graph/references/reference';
import type { FluxKustomization, Resource } from '../../graph/resource';
import { isOfSecret, type SecretKind } from '../../graph/secrets/secret-index';
import { at } from '../../json/read';
import { groupBy } from '../../text/group-by';
import { lazy, memoize } from '../../text/memoize';
import type { Cluster, KubernetesObject, Kustomization, ObjectName, Reference, Secret, Target } from '../cluster';
import { freeze } from './freeze';
import { type Around, objectOf } from './objects';

/** A cluster of the graph as rules of one's own see it: made as they ask, each thing once. */
class View implements Around {
  constructor(
    readonly graph: Graph,
    private readonly cluster: GraphCluster,
  ) {}

  readonly object = memoize((resource: Resource): KubernetesObject => objectOf(resource, this));

  readonly kustomization = memoize((own: FluxKustomization): Kustomization => {
    const { cluster } = this;
    const dependsOn = lazy(() => this.kustomizations(own.dependsOn.flatMap(({ target }) => target ?? [])));
    const applied = lazy(() => this.objects(own.resources));
    const kustomization: Kustomization = Object.freeze({
      namespace: own.namespace,
      name: own.name,
      object: this.object(own.resource),
      folder: own.contents.type === 'elsewhere' ? undefined : own.contents.folder,
      suspended: isSuspended(own),
      prune: at(own.spec, 'prune') === true,
      get objects() {
        return applied();
      },
      get dependsOn() {
        return dependsOn();
      },
      comesAfter: (other: Kustomization) => {
        const before = cluster.kustomization(other.namespace, other.name);
        return before !== undefined && laterThan(cluster, before).has(own);
      },
    });
    return kustomization;
  });

  private readonly reference = memoize((reference: GraphReference | AskedReference): Reference => {
    const { resource, path, group, kind, namespace, name } = reference;
    const { key, optional } = 'key' in reference ? reference : { key: undefined, optional: false };
    const target = lazy(() =>
      'use' in reference && isOfSecret(reference)
        ? this.secretTarget(reference.kind, namespace, name)
        : this.find({ group, kind, namespace, name }),
    );
    const { object } = this;
    return Object.freeze({
      get from() {
        return object(resource);
      },
      path: freeze([...path]),
      to: Object.freeze({ group, kind, namespace, name }),
      key,
      optional,
      get target() {
        return target();
      },
    });
  });

  private readonly byResource = lazy(() => groupBy(this.cluster.references.all, ({ resource }) => resource));
  /** Rules of its own tell of stores and generators, so that they are not among the others. */
  private readonly asked = lazy(() => groupBy(askedReferences(this.cluster), ({ resource }) => resource));
  private readonly askedTo = lazy(() => groupBy(askedReferences(this.cluster), identityKey));

  referencesOf(resource: Resource): readonly Reference[] {
    const found = [...(this.byResource().get(resource) ?? []), ...(this.asked().get(resource) ?? [])];
    return Object.freeze(found.map(this.reference));
  }

  referencesTo(resource: Resource): readonly Reference[] {
    const found = [...this.cluster.references.to(resource), ...(this.askedTo().get(identityKey(resource)) ?? [])];
    return Object.freeze(found.map(this.reference));
  }

  find({ group = '', kind, namespace = '', name }: ObjectName): Target {
    const found = this.cluster.lookup({ group, kind, namespace, name });
    return Object.freeze({
      state: found.state,
      objects: found.state === 'found' ? this.objects(found.resources) : none,
      why: found.state === 'unknown' ? found.why : undefined,
    });
  }

  private secretTarget(kind: SecretKind, namespace: string, name: string): Target {
    const found = this.cluster.secrets.lookup(kind, namespace, name);
    return Object.freeze({
      state: found.state,
      objects: found.state === 'found' ? this.objects(found.producers.map(({ resource }) => resource)) : none,
      why: found.state === 'unknown' ? found.why : undefined,
    });
  }

  private secret(kind: SecretKind, namespace: string, name: string): Secret {
    const { secrets } = this.cluster;
    const found = secrets.lookup(kind, namespace, name);
    const readers = lazy(() => Object.freeze(secrets.readersOf(kind, namespace, name).map(this.reference)));
    const { objects } = this.secretTarget(kind, namespace, name);
    return Object.freeze({
      kind,
      namespace,
      name,
      state: found.state,
      keys: Object.freeze(found.state === 'found' ? [...found.keys].sort() : []),
      open: found.state === 'unknown' || (found.state === 'found' && found.open),
      makers: objects,
      get readers() {
        return readers();
      },
    });
  }

  /** Secrets and ConfigMaps by kind, namespace and name. */
  private readonly secrets = lazy(() => {
    const { producers, references } = this.cluster.secrets;
    const made = new Map<string, Secret>();
    for (const { kind, namespace, name } of [...producers, ...references]) {
      const key = `${kind}/${namespace}/${name}`;
      if (!made.has(key)) made.set(key, this.secret(kind, namespace, name));
    }
    return made;
  });

  private objects(resources: readonly Resource[]): readonly KubernetesObject[] {
    return Object.freeze(resources.map(this.object));
  }

  private kustomizations(all: readonly FluxKustomization[]): readonly Kustomization[] {
    return Object.freeze(all.map(this.kustomization));
  }

  /** What a rule is given. */
  clusterView(): Cluster {
    const { cluster } = this;
    const objects = lazy(() => this.objects(cluster.resources));
    const kustomizations = lazy(() => this.kustomizations(cluster.kustomizations));
    const pods = lazy(() => Object.freeze(objects().flatMap(({ pod }) => pod ?? [])));
    const secrets = lazy(() => Object.freeze([...this.secrets().values()]));
    const vault = lazy(() =>
      Object.freeze(
        cluster.vault.map(({ verb, mount, key, property, store, resource, path }) =>
          Object.freeze({
            ...{ verb, mount, key, property },
            store: this.object(store),
            object: this.object(resource),
            path: freeze([...path]),
          }),
        ),
      ),
    );
    const byKind = lazy(() => groupBy(objects(), ({ kind }) => kind));
    return Object.freeze({
      name: clusterNames(this.graph).get(cluster) ?? cluster.name,
      get objects() {
        return objects();
      },
      get kustomizations() {
        return kustomizations();
      },
      get pods() {
        return pods();
      },
      get secrets() {
        return secrets();
      },
      get vault() {
        return vault();
      },
      ofKind: (kind: string, group?: string) =>
        Object.freeze((byKind().get(kind) ?? []).filter((one) => group === undefined || one.group === group)),
      find: (name: ObjectName) => this.find(name),
      secret: (namespace: string, name: string) => this.secrets().get(`Secret/${namespace}/${name}`),
      configMap: (namespace: string, name: string) => this.secrets().get(`ConfigMap/${namespace}/${name}`),
    });
  }
}

const none: readonly KubernetesObject[] = Object.freeze([]);

/** The Kustomizations that Flux applies only once another is ready. */
const laterThan = (cluster: GraphCluster, other: FluxKustomization) => laterIn(cluster)(other);
const laterIn = memoize((cluster: GraphCluster) =>
  memoize((other: FluxKustomization): ReadonlySet<FluxKustomization> => {
    const order = orderOf(cluster);
    const later = order.after([order.moment(other, 'ready')]);
    return new Set([...later].flatMap(({ kustomization, state }) => (state === 'applied' ? kustomization : [])));
  }),
);

/** One view of each cluster, whichever rules ask. */
export const viewOf = (cluster: GraphCluster, graph: Graph): Cluster => views(graph)(cluster);
const views = memoize((graph: Graph) => memoize((cluster: GraphCluster) => new View(graph, cluster).clusterView()));

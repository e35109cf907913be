import type { Cluster } from '../graph/cluster';
import { allAsked } from '../graph/external-secrets/specs';
import { identityKey } from '../graph/identity';
import { type Remote, remotesOf } from '../graph/remotes';
import type { Resource } from '../graph/resource';
import type { Producer, ReferenceUse } from '../graph/secrets/secret-index';
import { display } from '../graph/substitution';
import { group as cnpgGroup } from '../systems/cnpg/names';
import { generatorRefs } from '../systems/external-secrets/generators';
import { generatorGroup } from '../systems/external-secrets/spec';
import { compareText } from '../text/compare';
import { groupBy } from '../text/group-by';
import { memoize } from '../text/memoize';
import { chartSecrets } from './chart-secrets';
import { esoGroup, kubernetesGroup, lookOf } from './looks';
import type { Picture, PictureGroup, PictureNode } from './picture';
import { remoteNode } from './remote-nodes';
import { inScope, type Scope, scopeName } from './scope';
import { objectNode, plainNode, Sketch } from './sketch';

/**
 * How secrets flow: from an entry of a store or a generator by an ExternalSecret into a Secret, from there into what reads it, and by
 * a PushSecret into a store. Of an app or a namespace with all that leads to it and all that it leads to.
 */
export function secretFlow(cluster: Cluster, scope: Scope = {}): Picture {
  const { sketch, groups } = wholeFlow(cluster);
  const { nodes, edges } = sketch.around(inScope(cluster, scope));
  const used = new Set(nodes.map(({ group }) => group));
  return {
    name: 'secrets',
    title: `Secret flow of ${scopeName(scope)}`,
    direction: 'right',
    groups: distinct([...groups.values()].filter(({ id }) => used.has(id))),
    nodes,
    edges,
  };
}

/** All of a cluster's. Sketched once: every app's page has its part of it. */
const wholeFlow = memoize((cluster: Cluster) => {
  const sketch = new Sketch();
  const groups = new Map<string, PictureGroup>();
  // In the way of the values: so do nodes and edges stand in the picture.
  const remotes = [...remotesOf(cluster)];
  addRemotes(
    sketch,
    remotes.filter(({ verb }) => verb !== 'push'),
    groups,
  );
  addGenerators(sketch, cluster);
  addSecrets(sketch, cluster);
  addRemotes(
    sketch,
    remotes.filter(({ verb }) => verb === 'push'),
    groups,
  );
  groups.set(esoGroup, { id: esoGroup, label: 'External Secrets Operator' });
  groups.set(kubernetesGroup, { id: kubernetesGroup, label: 'Kubernetes' });
  return { sketch, groups };
});

function addObject(sketch: Sketch, resource: Resource): string {
  return sketch.node(identityKey(resource), () => ({ ...objectNode(resource), ...lookOf(resource) }));
}

function addRemotes(sketch: Sketch, remotes: readonly Remote[], groups: Map<string, PictureGroup>): void {
  for (const remote of remotes) {
    const { group, node } = remoteNode(remote);
    groups.set(group.id, group);
    const outside = sketch.node(node.id, () => node);
    const object = addObject(sketch, remote.resource);
    if (remote.verb === 'push') sketch.edge(object, outside, { key: remote.property });
    else if (remote.verb === 'find') sketch.edge(outside, object, { how: 'find' });
    else sketch.edge(outside, object, { key: remote.property });
  }
}

function addGenerators(sketch: Sketch, cluster: Cluster): void {
  for (const { resource, spec } of allAsked(cluster)) {
    for (const { kind, name } of generatorRefs(spec)) addGenerator(sketch, cluster, resource, kind, name);
  }
}

function addGenerator(sketch: Sketch, cluster: Cluster, by: Resource, kind: string, name: string): void {
  const namespace = kind === 'ClusterGenerator' ? '' : by.namespace;
  const identity = { group: generatorGroup, kind, namespace, name };
  const lookup = cluster.lookup(identity);
  const generator =
    lookup.state === 'found'
      ? addObject(sketch, lookup.resources[0])
      : sketch.node(identityKey(identity), () => ({ ...absent(namespace, lookup), ...lookOf(identity) }));
  sketch.edge(generator, addObject(sketch, by));
}

function absent(namespace: string, lookup: { readonly state: string; readonly why?: string }) {
  const elsewhere = lookup.state === 'unknown';
  return {
    ...plainNode,
    namespace,
    details: [elsewhere ? display(lookup.why ?? '') : 'nothing in the tree makes it'],
    state: elsewhere ? 'elsewhere' : 'missing',
  } as const;
}

function addSecrets(sketch: Sketch, cluster: Cluster): void {
  const { producers, references } = cluster.secrets;
  const made = groupBy(
    producers.filter(({ kind }) => kind === 'Secret'),
    ({ namespace, name }) => `${namespace}/${name}`,
  );
  const inCharts = chartSecrets(cluster);
  for (const [key, by] of made) {
    const read = references.length > 0 && cluster.secrets.readersOf('Secret', by[0].namespace, by[0].name).length > 0;
    // CNPG makes half a dozen for itself beside each Cluster: those that somebody reads are of interest.
    if (!read && by.every(({ resource }) => resource.group === cnpgGroup)) continue;
    addSecret(sketch, cluster, made, key, by[0]);
  }
  for (const [key, releases] of inCharts) {
    const [first] = made.get(key) ?? [];
    if (first === undefined) continue;
    const secret = addSecret(sketch, cluster, made, key, first);
    for (const release of releases) sketch.edge(secret, addObject(sketch, release), { how: 'named in values' });
  }
  const used = references.filter(({ kind }) => kind === 'Secret');
  const pushed = used.filter(({ use }) => use === 'push');
  for (const { namespace, name, resource, use, key, optional } of [
    ...used.filter(({ use }) => use !== 'push'),
    ...pushed,
  ]) {
    const secret = addSecret(sketch, cluster, made, `${namespace}/${name}`, { namespace, name });
    // What it pushes is said where it goes.
    const handing = use === 'push' ? {} : { how: words[use], key, optional };
    sketch.edge(secret, addObject(sketch, resource), handing);
  }
}

const words: Readonly<Record<Exclude<ReferenceUse, 'push'>, string>> = {
  env: 'env',
  envFrom: 'envFrom',
  volume: 'volume',
  imagePullSecret: 'imagePullSecrets',
  tls: 'tls',
  bootstrap: 'bootstrap',
  superuser: 'superuser',
  managedRole: 'managed role',
  certificate: 'certificate',
  credentials: 'credentials',
  configuration: 'configuration',
  store: 'credentials',
  values: 'values',
  flux: 'credentials',
};

function addSecret(
  sketch: Sketch,
  cluster: Cluster,
  made: ReadonlyMap<string, readonly Producer[]>,
  key: string,
  { namespace, name }: Pick<Producer, 'namespace' | 'name'>,
): string {
  const identity = { group: '', kind: 'Secret', namespace, name };
  const id = identityKey(identity);
  const makers = [...(made.get(key) ?? []), ...(namespace === '*' ? [] : (made.get(`*/${name}`) ?? []))];
  sketch.node(id, () => secretNode(cluster, identity, makers));
  for (const { resource, adds } of makers) {
    if (identityKey(resource) !== id) sketch.edge(addObject(sketch, resource), id, adds ? { how: 'adds' } : {});
  }
  return id;
}

function secretNode(
  cluster: Cluster,
  identity: { readonly group: string; readonly kind: string; readonly namespace: string; readonly name: string },
  makers: readonly Producer[],
): Omit<PictureNode, 'id' | 'outside'> {
  const { namespace, name } = identity;
  const look = lookOf(identity);
  const [maker] = makers;
  const keys =
    maker === undefined
      ? undefined
      : {
          known: [...new Set(makers.flatMap((producer) => [...producer.keys]))].map(display).sort(compareText),
          open: makers.some(({ open }) => open),
        };
  const lookup = cluster.secrets.lookup('Secret', namespace, name);
  if (maker === undefined || (lookup.state !== 'found' && namespace !== '*')) {
    return { ...absent(namespace, lookup), ...look, keys, app: maker && objectNode(maker.resource).app };
  }
  const own = makers.find(({ resource }) => identityKey(resource) === identityKey(identity));
  const object = own && objectNode(own.resource).object;
  return { ...objectNode(maker.resource), object, namespace, keys, ...look };
}

/** Systems that would read the same say which they are. */
function distinct(groups: readonly PictureGroup[]): PictureGroup[] {
  const byLabel = groupBy(groups, ({ label }) => label);
  return groups.map((group) => {
    if (byLabel.get(group.label)?.length === 1) return group;
    const which = group.id
      .split(' ')
      .slice(2)
      .join(' ')
      .replace(/\/\/[^/@]*@/, '//');
    return { ...group, label: `${group.label} ${display(which)}` };
  });
}

import type { Cluster } from '../../graph/cluster';
import { groupKind, step } from '../../graph/identity';
import { at, textAt } from '../../graph/json';
import type { FluxKustomization, Resource } from '../../graph/resource';
import type { ReferenceUse, SecretReference } from '../../graph/secrets/secret-index';
import { bootstrappedNamespaces, isSame, waitsFor } from './kustomization';
import { type Need, type Order, stepOf } from './order';

/** Kinds that are not ready while a Secret or ConfigMap that they name is missing. */
const blocked = new Set([
  'apps/Deployment',
  'apps/StatefulSet',
  'apps/DaemonSet',
  'postgresql.cnpg.io/Cluster',
  'helm.toolkit.fluxcd.io/HelmRelease',
]);
const blocking = new Set<ReferenceUse>(['env', 'envFrom', 'volume', 'bootstrap', 'superuser', 'values']);

/** What the objects of one Kustomization need of another's: without dependsOn it may come late, against dependsOn never. */
export function* dataNeeds(cluster: Cluster, order: Order): Generator<Need> {
  for (const reference of cluster.secrets.references) yield* ofSecret(reference, cluster, order);
  for (const secret of cluster.ofKind('external-secrets.io', 'ExternalSecret')) yield* ofStore(secret, cluster, order);
  yield* ofNamespaces(cluster, order);
}

function* ofSecret(reference: SecretReference, cluster: Cluster, order: Order): Generator<Need> {
  const { resource, kind, namespace, name, use, optional } = reference;
  if (optional || !blocking.has(use) || !blocked.has(groupKind(resource))) return;
  const consumer = awaitedBy(resource);
  if (consumer === undefined || at(resource.value, 'spec', 'replicas') === 0) return;
  const found = cluster.secrets.lookup(kind, namespace, name);
  if (found.state !== 'found') return;
  const maker = onlyKustomization(found.producers.map((producer) => producer.resource));
  if (maker === undefined || isSame(maker, consumer)) return;
  yield {
    from: order.moment(consumer, 'ready'),
    to: order.moment(maker, 'applied'),
    steps: () => [step(resource), `${kind}/${name}`, stepOf(maker)],
  };
}

function* ofStore(secret: Resource, cluster: Cluster, order: Order): Generator<Need> {
  const consumer = awaitedBy(secret);
  const name = textAt(secret.value, 'spec', 'secretStoreRef', 'name');
  if (consumer === undefined || name === undefined) return;
  const kind = textAt(secret.value, 'spec', 'secretStoreRef', 'kind') ?? 'SecretStore';
  const namespace = kind === 'ClusterSecretStore' ? '' : secret.namespace;
  const maker = onlyKustomization(cluster.find({ group: 'external-secrets.io', kind, namespace, name }));
  if (maker === undefined || isSame(maker, consumer)) return;
  yield {
    from: order.moment(consumer, 'ready'),
    to: order.moment(maker, 'applied'),
    steps: () => [step(secret), `${kind}/${name}`, stepOf(maker)],
  };
}

/** Objects cannot be applied before their namespace is, unless something else makes it. */
function* ofNamespaces(cluster: Cluster, order: Order): Generator<Need> {
  const made = new Set(cluster.openings.map(({ createsNamespace }) => createsNamespace));
  for (const name of bootstrappedNamespaces(cluster)) made.add(name);
  for (const kustomization of cluster.kustomizations) {
    for (const name of new Set(kustomization.resources.map(({ namespace }) => namespace))) {
      if (made.has(name)) continue;
      const maker = onlyKustomization(cluster.find({ group: '', kind: 'Namespace', namespace: '', name }));
      if (maker === undefined || isSame(maker, kustomization)) continue;
      yield {
        from: order.moment(kustomization, 'applied'),
        to: order.moment(maker, 'applied'),
        steps: () => [`Namespace/${name}`, stepOf(maker)],
      };
    }
  }
}

/** The Kustomization that applies an object and is ready only when it is. */
function awaitedBy(resource: Resource): FluxKustomization | undefined {
  const { appliedBy } = resource;
  return appliedBy !== undefined && !resource.uncertain && waitsFor(appliedBy, resource) ? appliedBy : undefined;
}

/** The Kustomization that applies all of these; undefined when there is more than one, or none. */
function onlyKustomization(resources: readonly Resource[]): FluxKustomization | undefined {
  const [first, ...others] = resources.map(({ appliedBy }) => appliedBy);
  if (first === undefined) return undefined;
  return others.every((other) => other !== undefined && isSame(first, other)) ? first : undefined;
}

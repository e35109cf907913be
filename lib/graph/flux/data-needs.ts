import { at, textAt } from '../../json/read';
import { group as cnpgGroup } from '../../systems/cnpg/names';
import { hasTrait } from '../../systems/kinds/kinds';
import type { Cluster } from '../cluster';
import { step } from '../identity';
import { builtIn } from '../inventory';
import { bootstrappedNamespaces, hasHealthExpression, isSame, waitsFor } from '../kustomization';
import type { FluxKustomization, Resource } from '../resource';
import type { ReferenceUse, SecretReference } from '../secrets/secret-index';
import { type Need, type Order, stepOf } from './order';

/** What a pod does not start without, or a database or a release is not made. */
const blocking = new Set<ReferenceUse>(['env', 'envFrom', 'volume', 'bootstrap', 'superuser', 'values']);

/** What the objects of one Kustomization need of another's: without dependsOn it may come late, against dependsOn never. */
export function dataNeeds(cluster: Cluster, order: Order): Need[] {
  const needs: Need[] = [];
  const add = (need: Need | undefined) => {
    if (need !== undefined) needs.push(need);
  };
  for (const reference of cluster.secrets.references) add(ofSecret(reference, cluster, order));
  for (const secret of cluster.ofKind('external-secrets.io', 'ExternalSecret')) add(ofStore(secret, cluster, order));
  addNamespaces(needs, cluster, order);
  return needs;
}

function ofSecret(reference: SecretReference, cluster: Cluster, order: Order): Need | undefined {
  const { resource, kind, namespace, name, use, optional } = reference;
  if (optional || !blocking.has(use) || !hasTrait(resource, 'takes-time')) return undefined;
  const consumer = awaitedBy(resource);
  if (consumer === undefined || at(resource.value, 'spec', 'replicas') === 0) return undefined;
  const found = cluster.secrets.lookup(kind, namespace, name);
  if (found.state !== 'found') return undefined;
  const maker = onlyKustomization(found.producers, ({ resource: { appliedBy } }) => appliedBy);
  if (maker === undefined || isSame(maker, consumer)) return undefined;
  return {
    from: order.moment(consumer, 'ready'),
    to: order.moment(maker, 'applied'),
    steps: () => [step(resource), `${kind}/${name}`, stepOf(maker)],
  };
}

function ofStore(secret: Resource, cluster: Cluster, order: Order): Need | undefined {
  const consumer = awaitedBy(secret);
  const name = textAt(secret.value, 'spec', 'secretStoreRef', 'name');
  if (consumer === undefined || name === undefined) return undefined;
  const kind = textAt(secret.value, 'spec', 'secretStoreRef', 'kind') ?? 'SecretStore';
  const namespace = kind === 'ClusterSecretStore' ? '' : secret.namespace;
  const stores = cluster.find({ group: 'external-secrets.io', kind, namespace, name });
  const maker = onlyKustomization(stores, ({ appliedBy }) => appliedBy);
  if (maker === undefined || isSame(maker, consumer)) return undefined;
  return {
    from: order.moment(consumer, 'ready'),
    to: order.moment(maker, 'applied'),
    steps: () => [step(secret), `${kind}/${name}`, stepOf(maker)],
  };
}

/** Objects cannot be applied before their namespace is, unless something else makes it. */
function addNamespaces(needs: Need[], cluster: Cluster, order: Order): void {
  const made = new Set(cluster.unknownSources.map(({ createsNamespace }) => createsNamespace));
  for (const name of bootstrappedNamespaces(cluster)) made.add(name);
  for (const kustomization of cluster.kustomizations) {
    const seen = new Set<string>();
    for (const { namespace: name } of kustomization.resources) {
      if (seen.has(name)) continue;
      seen.add(name);
      if (made.has(name) || builtIn({ group: '', kind: 'Namespace', namespace: '', name })) continue;
      const namespaces = cluster.find({ group: '', kind: 'Namespace', namespace: '', name });
      const maker = onlyKustomization(namespaces, ({ appliedBy }) => appliedBy);
      if (maker === undefined || isSame(maker, kustomization)) continue;
      needs.push({
        from: order.moment(kustomization, 'applied'),
        to: order.moment(maker, 'applied'),
        steps: () => [`Namespace/${name}`, stepOf(maker)],
      });
    }
  }
}

/**
 * The Kustomization that applies an object and is ready only when it is. A new Cluster has no condition Ready, which Flux takes for
 * healthy unless an expression says otherwise (flux/health-expr-missing): then nobody waits for it.
 */
function awaitedBy(resource: Resource): FluxKustomization | undefined {
  const { appliedBy, group, uncertain } = resource;
  if (appliedBy === undefined || uncertain || !waitsFor(appliedBy, resource)) return undefined;
  return group !== cnpgGroup || hasHealthExpression(appliedBy, resource) ? appliedBy : undefined;
}

/** The Kustomization that applies all of these; undefined when there is more than one, or none. */
function onlyKustomization<T>(
  items: readonly T[],
  appliedBy: (item: T) => FluxKustomization | undefined,
): FluxKustomization | undefined {
  const first = items[0] && appliedBy(items[0]);
  if (first === undefined) return undefined;
  for (const item of items) {
    const other = appliedBy(item);
    if (other === undefined || !isSame(first, other)) return undefined;
  }
  return first;
}

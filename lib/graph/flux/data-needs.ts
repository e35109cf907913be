import { at, textAt } from '../../json/read';
import { group as cnpgGroup } from '../../systems/cnpg/names';
import { externalSecretsGroup } from '../../systems/external-secrets/spec';
import { hasTrait } from '../../systems/kinds/kinds';
import type { Cluster } from '../cluster';
import { step } from '../identity';
import { builtIn } from '../inventory';
import { bootstrappedNamespaces, hasHealthExpression, isSame, waitsFor } from '../kustomization';
import type { FluxKustomization, Resource } from '../resource';
import type { ReferenceUse, SecretReference } from '../secrets/secret-index';
import { type Moment, type Need, type Order, stepOf } from './order';

/** What a pod does not start without, or a database or a release is not made. */
const blocking = new Set<ReferenceUse>(['env', 'envFrom', 'volume', 'bootstrap', 'superuser', 'values']);

/** What the objects of one Kustomization need of another's: without dependsOn it may come late, against dependsOn never. */
export function dataNeeds(cluster: Cluster, order: Order): Need[] {
  return [
    ...cluster.secrets.references.flatMap((reference) => ofSecret(reference, cluster, order) ?? []),
    ...cluster.ofKind(externalSecretsGroup, 'ExternalSecret').flatMap((each) => ofStore(each, cluster, order) ?? []),
    ...ofNamespaces(cluster, order),
  ];
}

function ofSecret(reference: SecretReference, cluster: Cluster, order: Order): Need | undefined {
  const { resource, kind, namespace, name, use, optional } = reference;
  if (optional || !blocking.has(use) || !hasTrait(resource, 'takes-time')) return undefined;
  const consumer = awaitedBy(resource);
  if (consumer === undefined || at(resource.value, 'spec', 'replicas') === 0) return undefined;
  const found = cluster.secrets.lookup(kind, namespace, name);
  if (found.state !== 'found') return undefined;
  const makers = found.producers.map((producer) => producer.resource);
  return needOf(order.moment(consumer, 'ready'), makers, order, () => [step(resource), `${kind}/${name}`]);
}

function ofStore(secret: Resource, cluster: Cluster, order: Order): Need | undefined {
  const consumer = awaitedBy(secret);
  const name = textAt(secret.value, 'spec', 'secretStoreRef', 'name');
  if (consumer === undefined || name === undefined) return undefined;
  const kind = textAt(secret.value, 'spec', 'secretStoreRef', 'kind') ?? 'SecretStore';
  const namespace = kind === 'ClusterSecretStore' ? '' : secret.namespace;
  const stores = cluster.find({ group: externalSecretsGroup, kind, namespace, name });
  return needOf(order.moment(consumer, 'ready'), stores, order, () => [step(secret), `${kind}/${name}`]);
}

/** Objects cannot be applied before their namespace is, unless something else makes it. */
function* ofNamespaces(cluster: Cluster, order: Order): Generator<Need> {
  const made = new Set(cluster.unknownSources.map(({ createsNamespace }) => createsNamespace));
  for (const name of bootstrappedNamespaces(cluster)) made.add(name);
  for (const kustomization of cluster.kustomizations) {
    for (const name of new Set(kustomization.resources.map(({ namespace }) => namespace))) {
      if (made.has(name) || builtIn({ group: '', kind: 'Namespace', namespace: '', name })) continue;
      const namespaces = cluster.find({ group: '', kind: 'Namespace', namespace: '', name });
      const need = needOf(order.moment(kustomization, 'applied'), namespaces, order, () => [`Namespace/${name}`]);
      if (need !== undefined) yield need;
    }
  }
}

/**
 * The Kustomization that applies an object and is ready only when it is. A new Cluster has no condition Ready, which Flux takes for
 * healthy unless an expression says otherwise (flux/health-expr-missing): then nobody waits for it.
 */
function awaitedBy(resource: Resource): FluxKustomization | undefined {
  const { appliedBy, group, uncertain, chart } = resource;
  if (appliedBy === undefined || uncertain || !waitsFor(appliedBy, chart?.release ?? resource)) return undefined;
  if (at(chart?.release.value, 'spec', 'install', 'disableWait') === true) return undefined;
  return group !== cnpgGroup || hasHealthExpression(appliedBy, resource) ? appliedBy : undefined;
}

/** What a moment needs of the one other Kustomization that applies all of these; undefined when there is more than one, or none. */
function needOf(
  from: Moment,
  makers: readonly Resource[],
  order: Order,
  steps: () => readonly string[],
): Need | undefined {
  const maker = makers[0]?.appliedBy;
  if (maker === undefined || isSame(maker, from.kustomization)) return undefined;
  if (!makers.every(({ appliedBy }) => appliedBy !== undefined && isSame(maker, appliedBy))) return undefined;
  return { from, to: order.moment(maker, 'applied'), steps: () => [...steps(), stepOf(maker)] };
}

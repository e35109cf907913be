import { groupsInstalledBy, groupsOperatedBy } from '../../../graph/charts';
import type { Cluster } from '../../../graph/cluster';
import { describe, identityKey } from '../../../graph/identity';
import { isSame, nameOf, neverPruned, waitsFor } from '../../../graph/kustomization';
import { addressMentions } from '../../../graph/mentions';
import type { FluxKustomization, Resource } from '../../../graph/resource';
import { ofObject } from '../../../graph/subjects';
import { at, textAt } from '../../../json/read';
import { servicesMade } from '../../../systems/cnpg/made';
import { group as cnpgGroup } from '../../../systems/cnpg/names';
import { hasTrait } from '../../../systems/kinds/kinds';
import { effect } from '../../effect';
import { askedBy } from '../changed';
import { deletedWith, type Found, failing, firstOfEach, type Loss, mentioning, type Setting } from './loss';

/** What is deleted together, and what waits. */

/** The Secrets and Services that an operator makes of an object, and deletes with it. */
export function* ofOwned(resource: Resource, cluster: Cluster): Generator<Found> {
  const isDatabase = resource.group === cnpgGroup;
  for (const made of cluster.secrets.producersOf(resource)) {
    const { kind, namespace, name, adds } = made;
    const identity = { group: '', kind, namespace, name };
    if (adds || identityKey(identity) === identityKey(resource) || askedBy(cluster).has(resource)) continue;
    const found = cluster.secrets.lookup(kind, namespace, name);
    // Others make it, too: such as what every Cluster of a namespace shares.
    if (found.state === 'found' && found.producers.some((other) => other.resource !== resource)) continue;
    const on = ofObject(identity);
    if (isDatabase)
      yield { on, event: 'gone', happening: effect('deleted', 'high', `is deleted with ${describe(resource)}`) };
    else
      yield {
        on,
        event: 'fails',
        happening: effect('orphaned', 'medium', `is not made, or not renewed, without ${describe(resource)}`),
      };
  }
  const services =
    resource.kind === 'Cluster' && isDatabase
      ? servicesMade(resource.value)
      : resource.kind === 'Pooler'
        ? [resource.name]
        : [];
  for (const name of isDatabase ? services : []) {
    const on = ofObject({ group: '', kind: 'Service', namespace: resource.namespace, name });
    yield { on, event: 'gone', happening: effect('deleted', 'high', `is deleted with ${describe(resource)}`) };
  }
}

/** What a Kustomization applies goes with it; what waits for it waits. */
export function* ofKustomization(resource: Resource, loss: Loss, setting: Setting): Generator<Found> {
  const { cluster } = setting;
  if (resource.kind === 'HelmRelease' && loss === 'fails') yield* ofDependents(resource, cluster);
  if (resource.kind !== 'Kustomization') return;
  const kustomization = cluster.kustomization(resource.namespace, resource.name);
  if (kustomization === undefined) return;
  if (loss === 'fails') yield* ofDependents(resource, cluster);
  else yield* ofApplied(kustomization, setting);
}

function* ofDependents(resource: Resource, cluster: Cluster): Generator<Found> {
  for (const { resource: waiting, path, row } of cluster.references.to(resource)) {
    if (row.rule !== 'flux/depends-on-missing') continue;
    const message = `is not applied as long as ${describe(resource)} is not ready`;
    yield failing(ofObject(waiting), message, { resource: waiting, path });
  }
}

function* ofApplied(kustomization: FluxKustomization, setting: Setting): Generator<Found> {
  const prunes = at(kustomization.spec, 'prune') === true && textAt(kustomization.spec, 'deletionPolicy') !== 'Orphan';
  const own = `Kustomization ${nameOf(kustomization)}`;
  for (const resource of kustomization.resources) {
    if (resource.chart !== undefined) continue;
    if (prunes && !neverPruned(resource)) yield deletedWith(resource, own, setting);
    else {
      const happening = effect('orphaned', 'low', `stays, and nothing updates it without ${own}`);
      yield { on: ofObject(resource), event: 'kept', happening };
    }
  }
}

/** What goes with its namespace, whoever applies it. */
export function* ofNamespace({ group, kind, name }: Resource, setting: Setting): Generator<Found> {
  if (group !== '' || kind !== 'Namespace') return;
  for (const resource of setting.cluster.resources) {
    if (resource.namespace === name && resource.chart === undefined)
      yield deletedWith(resource, 'its namespace', setting);
  }
}

export function* ofDefinition({ group, kind, value }: Resource, cluster: Cluster): Generator<Found> {
  if (group !== 'apiextensions.k8s.io' || kind !== 'CustomResourceDefinition') return;
  const defined = textAt(value, 'spec', 'names', 'kind') ?? '';
  for (const resource of cluster.ofKind(textAt(value, 'spec', 'group') ?? '', defined)) {
    const happening = effect('deleted', 'critical', `is deleted with the definition of ${defined}`);
    yield { on: ofObject(resource), event: 'gone', happening };
  }
}

/** What a chart makes goes with its release; what an operator looks after stays, and nobody looks after it. */
export function* ofRelease(release: Resource, cluster: Cluster): Generator<Found> {
  if (release.kind !== 'HelmRelease') return;
  const contents = cluster.charts.get(release);
  for (const object of contents?.type === 'opened' ? contents.objects : []) {
    yield {
      on: ofObject(object),
      event: 'gone',
      happening: effect('deleted', 'high', `is deleted with ${describe(release)}`),
    };
  }
  for (const at of firstOfEach(addressMentions(cluster).releases.get(identityKey(release)) ?? [])) {
    yield mentioning(at, `names ${at.address}, which its chart seems to make`);
  }
  const groups = new Set([...groupsInstalledBy(release, cluster), ...groupsOperatedBy(release, cluster)]);
  for (const resource of groups.size === 0 ? [] : cluster.resources) {
    if (!groups.has(resource.group)) continue;
    const happening = effect('blocked', 'high', `has no operator without ${describe(release)}`);
    yield { on: ofObject(resource), event: 'fails', happening };
  }
}

/** The Kustomization that is not ready before the object is. */
export function* ofWaiting(resource: Resource, cluster: Cluster): Generator<Found> {
  const { appliedBy, chart } = resource;
  if (appliedBy === undefined || !hasTrait(resource, 'takes-time')) return;
  if (
    isSame(appliedBy, { ...appliedBy, namespace: resource.namespace, name: resource.name }) &&
    resource.kind === 'Kustomization'
  )
    return;
  if (!waitsFor(appliedBy, chart?.release ?? resource)) return;
  const [own] = cluster.find(appliedBy.resource);
  const message = `does not get ready: it waits for ${describe(resource)}`;
  yield failing(ofObject(appliedBy.resource), message, own && { resource: own, path: ['spec', 'wait'] });
}

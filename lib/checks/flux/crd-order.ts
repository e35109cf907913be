import { bringsDefinitions } from '../../graph/charts';
import type { Cluster } from '../../graph/cluster';
import { installsBeforeFlux } from '../../graph/flux/installed-before';
import { type Installer, installersIn } from '../../graph/flux/installers';
import { type Order, orderOf, stepOf } from '../../graph/flux/order';
import { describe, step } from '../../graph/identity';
import { isAbove, isSame, isSuspended, nameOf } from '../../graph/kustomization';
import type { FluxKustomization, Resource } from '../../graph/resource';
import type { Json } from '../../json/json';
import { at, listAt } from '../../json/read';
import { groupKind } from '../../systems/api-version';
import { isFluxGroup } from '../../systems/kinds/groups';
import { memoize } from '../../text/memoize';
import type { ClusterCheck, Problem } from '../check';

export const crdOrder: ClusterCheck = {
  id: 'flux/crd-order',
  severity: 'error',
  title: 'Custom resource that may come before its definition',
  atRunTime: 'on a fresh cluster the whole Kustomization fails: "no matches for kind … in version …"',
  remedy: 'make the Kustomization depend on the one that installs the definition (dependsOn)',
  fixes: 'add the Kustomization that installs the definition to dependsOn',
  source: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#dependencies',
  *check(cluster, graph) {
    const installers = installersIn(cluster, installsBeforeFlux(cluster, graph));
    if (installers.size === 0) return;
    const earlier = comesEarlier(cluster);
    const order = orderOf(cluster);
    for (const kustomization of cluster.kustomizations) {
      if (isSuspended(kustomization)) continue;
      const said = new Set<Installer>();
      for (const resource of kustomization.resources) {
        // Whatever Flux applies, its own definitions were there before.
        if (isFluxGroup(resource.group)) continue;
        const defined = installers.get(groupKind(resource));
        const charted = installers.get(resource.group);
        // Nothing installs the definitions of most kinds.
        if ((defined === undefined && charted === undefined) || resource.uncertain) continue;
        const able = [...(defined ?? []), ...(charted ?? [])];
        const [first] = able;
        if (first === undefined || said.has(first)) continue;
        if (able.some((installer) => earlier(installer, kustomization))) continue;
        said.add(first);
        yield problemOf(kustomization, resource, first, order);
      }
    }
  },
};

/** Whether what an installer brings is there when a Kustomization is applied; also where it may be for other reasons. */
function comesEarlier(cluster: Cluster): (installer: Installer, kustomization: FluxKustomization) => boolean {
  const order = orderOf(cluster);
  const applied = (kustomization: FluxKustomization) => order.moment(kustomization, 'applied');
  const open = cluster.kustomizations.filter((kustomization) => mayBringMore(kustomization, cluster));
  const afterOpen = order.after(open.map(applied));
  const after = memoize((kustomization: FluxKustomization) => order.after([applied(kustomization)]));
  return ({ resource, by }, kustomization) => {
    if (afterOpen.has(applied(kustomization))) return true;
    // Flux applies definitions before everything else in a Kustomization, other Kustomizations too; the release of a chart it does not.
    const isDefinition = resource.kind === 'CustomResourceDefinition';
    if (isSame(by, kustomization) || (isDefinition && isAbove(by, kustomization))) return isDefinition;
    return after(by).has(applied(kustomization));
  };
}

/** Whether a Kustomization may bring definitions that the tree does not show. */
function mayBringMore({ contents, resources }: FluxKustomization, cluster: Cluster): boolean {
  if (contents.type !== 'built' || contents.built.unresolved.some(({ hidesObjects }) => hidesObjects)) return true;
  return resources.some((resource) => resource.kind === 'HelmRelease' && bringsDefinitions(resource, cluster));
}

function problemOf(
  kustomization: FluxKustomization,
  resource: Resource,
  { resource: source, by }: Installer,
  order: Order,
): Problem {
  const chain = [step(resource), step(source), stepOf(by)];
  if (isSame(by, kustomization)) {
    return {
      at: { resource, path: ['kind'] },
      message: `${describe(source)} installs the definition of ${resource.kind} in the same Kustomization ${nameOf(kustomization)}, and Flux applies neither while the kind is unknown`,
      remedy: 'move the objects of that kind to another Kustomization, which depends on this one',
      chain,
    };
  }
  const { spec } = kustomization;
  const common = {
    at: {
      resource: kustomization.resource,
      path: at(spec, 'dependsOn') === undefined ? ['spec'] : ['spec', 'dependsOn'],
      on: 'key' as const,
    },
    chain,
  };
  // Flux tries again: it heals by itself, unless what installs the definition waits for this.
  if (order.after([order.moment(kustomization, 'applied')]).has(order.moment(by, 'applied'))) {
    return {
      ...common,
      message: `Kustomization ${nameOf(kustomization)} applies ${describe(resource)}, but ${nameOf(by)}, which installs its definition (${describe(source)}), waits for it: on a fresh cluster neither becomes ready`,
      remedy: `move ${describe(resource)} to another Kustomization, which depends on ${nameOf(by)}`,
    };
  }
  return {
    ...common,
    message: `Kustomization ${nameOf(kustomization)} applies ${describe(resource)} without waiting for ${nameOf(by)}, which installs its definition (${describe(source)})`,
    together: {
      key: describe(source),
      message: (count) =>
        `${count} Kustomizations apply objects whose definition ${describe(source)} installs, without waiting for ${nameOf(by)}`,
    },
    severity: 'warning',
    // What applies it cannot be waited for: that may wait for it in turn.
    ...(!isAbove(by, kustomization) && {
      fix: {
        title: `add ${nameOf(by)} to spec.dependsOn`,
        changes: [{ path: ['spec', 'dependsOn', listAt(spec, 'dependsOn').length], set: waitsFor(by, kustomization) }],
      },
    }),
  };
}

function waitsFor({ name, namespace }: FluxKustomization, kustomization: FluxKustomization): Json {
  return namespace === kustomization.namespace ? { name } : { name, namespace };
}

import type { Cluster } from '../../graph/cluster';
import { dataNeeds } from '../../graph/flux/data-needs';
import { type Moment, type Need, orderOf, stepOf } from '../../graph/flux/order';
import { nameOf } from '../../graph/kustomization';
import type { FluxKustomization } from '../../graph/resource';
import { compareText } from '../../text/compare';
import { cycleThrough, cyclicComponents } from '../../text/components';
import { groupBy } from '../../text/group-by';
import { lazy } from '../../text/memoize';
import type { ClusterCheck, Problem } from '../check';

export const deadlock: ClusterCheck = {
  id: 'flux/deadlock',
  severity: 'error',
  title: 'Kustomizations that wait for each other',
  atRunTime: 'on a fresh cluster none of them becomes ready: each waits for something that only the other applies',
  remedy: 'remove the dependency, or move what is needed to the Kustomization that comes first',
  source: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#dependencies',
  *check(cluster) {
    const order = orderOf(cluster);
    const ofData = groupBy(dataNeeds(cluster, order), ({ from }) => from);
    const needsOf = (moment: Moment) =>
      [...moment.needs, ...(ofData.get(moment) ?? [])].filter((need) => need.isConditional !== true);
    const next = (moment: Moment) => needsOf(moment).map(({ to }) => to);
    const circular = lazy(() => circlesOfDependsOn(cluster));
    for (const component of cyclicComponents(order.all(), next)) {
      // A circle of dependsOn alone is a finding of its own.
      if (component.some(({ kustomization }) => circular().has(nameOf(kustomization)))) continue;
      if (component.some(({ kustomization }) => kustomization.resource.uncertain)) continue;
      const problem = problemOf(component, needsOf);
      if (problem !== undefined) yield problem;
    }
  },
};

function circlesOfDependsOn({ kustomizations }: Cluster): ReadonlySet<string> {
  const targets = ({ dependsOn }: FluxKustomization) => dependsOn.flatMap(({ target }) => target ?? []);
  return new Set(cyclicComponents(kustomizations, targets).flat().map(nameOf));
}

/** The circle, told from a dependency that could be taken out. */
function problemOf(component: readonly Moment[], needsOf: (moment: Moment) => readonly Need[]): Problem | undefined {
  const inside = new Set(component);
  const within = (moment: Moment) => needsOf(moment).filter(({ to }) => inside.has(to));
  const [start] = component
    .filter((moment) => within(moment).some(({ dependsOn }) => dependsOn !== undefined))
    .sort((a, b) => compareText(nameOf(a.kustomization), nameOf(b.kustomization)));
  const dependency = start && within(start).find(({ dependsOn }) => dependsOn !== undefined);
  if (dependency?.dependsOn === undefined) return undefined;
  const { from, to } = dependency;
  // Back from what it depends on, the shortest way.
  const rest = cycleThrough(to, (moment) => (moment === from ? [to] : within(moment).map((need) => need.to)));
  if (rest === undefined || !rest.includes(from)) return undefined;
  const way = rest.slice(0, rest.indexOf(from) + 1);
  const steps = way.slice(1).flatMap(
    (moment, i) =>
      within(way[i] as Moment)
        .find((need) => need.to === moment)
        ?.steps() ?? [],
  );
  const { resource } = from.kustomization;
  return {
    at: { resource, path: dependency.dependsOn },
    message: `Kustomization ${nameOf(from.kustomization)} waits until ${nameOf(to.kustomization)} is ready, which needs ${nameOf(from.kustomization)} first`,
    chain: [stepOf(from.kustomization), ...dependency.steps(), ...steps],
  };
}

import { listAt, textAt } from '../../json/read';
import { groupKind } from '../../systems/api-version';
import { cycleThrough, cyclicComponents } from '../../text/components';
import { push } from '../../text/group-by';
import type { Cluster } from '../cluster';
import { installersIn } from '../flux/installers';
import { type Moment, orderOf } from '../flux/order';
import { isAbove, isSame, isSuspended, nameOf } from '../kustomization';
import type { FluxKustomization, Resource } from '../resource';
import { display } from '../substitution';
import type { Start, Starting, Stuck } from './start';

/** When each Kustomization starts: the number of its wave, from 0; undefined for what never does. */
export type WaveOf = (kustomization: FluxKustomization | undefined) => number | undefined;

/** The waves in which Flux applies a cluster, and what it never applies. */
export function wavesOf(
  cluster: Cluster,
  installedBefore: boolean,
): Pick<Start, 'waves' | 'stuck'> & { readonly waveOf: WaveOf } {
  const order = orderOf(cluster);
  const stuck = stuckIn(cluster);
  const never = order.after([...stuck.keys()].flatMap((one) => order.moment(one, 'applied')));
  const levels = levelsOf(order.all(), never);
  const waveOf: WaveOf = (one) => (one === undefined ? undefined : levels.get(order.moment(one, 'applied')));
  const numbers = [...new Set(cluster.kustomizations.flatMap((one) => waveOf(one) ?? []))].sort((a, b) => a - b);
  // A level that only readiness has is no wave of its own.
  const byWave: WaveOf = (one) => {
    const level = waveOf(one);
    return level === undefined ? undefined : numbers.indexOf(level);
  };
  const waves: Starting[][] = numbers.map(() => []);
  const lacking = definitionsLater(cluster, byWave, installedBefore);
  for (const kustomization of cluster.kustomizations) {
    const wave = byWave(kustomization);
    if (wave !== undefined) waves[wave]?.push(startingOf(kustomization, cluster, lacking.get(kustomization) ?? []));
  }
  const behind = cluster.kustomizations.filter((one) => waveOf(one) === undefined && !stuck.has(one));
  const all: Stuck[] = [
    ...[...stuck].map(([kustomization, why]) => ({ kustomization, why })),
    ...behind.map((kustomization) => ({ kustomization, why: behindText(kustomization, waveOf) })),
  ];
  return { waves, stuck: all, waveOf: byWave };
}

/** How many steps each moment comes after the first; of those in circles, and of what never comes, nothing. */
function levelsOf(moments: Iterable<Moment>, never: ReadonlySet<Moment>): ReadonlyMap<Moment, number> {
  const levels = new Map<Moment, number>();
  const waiting = new Map<Moment, number>();
  const free: Moment[] = [];
  for (const moment of moments) {
    if (never.has(moment)) continue;
    waiting.set(moment, moment.needs.length);
    if (moment.needs.length === 0) free.push(moment);
  }
  for (const moment of free) {
    const level = moment.needs.reduce((most, { to }) => Math.max(most, (levels.get(to) ?? 0) + stepTo(moment)), 0);
    levels.set(moment, level);
    for (const next of moment.neededBy) {
      const left = (waiting.get(next) ?? 0) - 1;
      waiting.set(next, left);
      if (left === 0) free.push(next);
    }
  }
  return levels;
}

/** Getting ready is no wave of its own. */
function stepTo({ state }: Moment): number {
  return state === 'applied' ? 1 : 0;
}

/** What keeps a Kustomization from ever starting by itself. */
function stuckIn(cluster: Cluster): ReadonlyMap<FluxKustomization, string> {
  const stuck = new Map<FluxKustomization, string>();
  const order = orderOf(cluster);
  const next = (moment: Moment) => moment.needs.map(({ to }) => to);
  for (const component of cyclicComponents(order.all(), next)) {
    const inside = new Set(component);
    for (const moment of component) {
      if (stuck.has(moment.kustomization)) continue;
      const cycle = cycleThrough(moment, (one) => next(one).filter((other) => inside.has(other))) ?? [moment];
      const names = cycle.map(({ kustomization }) => nameOf(kustomization)).slice(1);
      const steps = names.filter((name, i) => name !== (i === 0 ? nameOf(moment.kustomization) : names[i - 1]));
      stuck.set(moment.kustomization, `waits for ${steps.map(display).join(', which waits for ') || 'itself'}`);
    }
  }
  for (const kustomization of cluster.kustomizations) {
    if (stuck.has(kustomization)) continue;
    const gone = kustomization.dependsOn.find(({ target }) => target === undefined);
    if (isSuspended(kustomization)) stuck.set(kustomization, 'is suspended until somebody resumes it');
    else if (gone !== undefined) {
      stuck.set(kustomization, `waits for ${display(nameOf(gone))}, which is not in the tree`);
    } else if (kustomization.contents.type === 'missing') {
      stuck.set(kustomization, `fails: its path ${display(kustomization.contents.folder)} is not there`);
    }
  }
  return stuck;
}

function behindText({ dependsOn, resource }: FluxKustomization, waveOf: WaveOf): string {
  const needs = [...dependsOn.map(({ target }) => target), resource.appliedBy].flatMap((one) =>
    one === undefined || waveOf(one) !== undefined ? [] : [one],
  );
  return `waits for ${needs.map((one) => display(nameOf(one))).join(' and ') || 'one of these'}`;
}

function startingOf(kustomization: FluxKustomization, cluster: Cluster, retries: Starting['retries']): Starting {
  const { resources } = kustomization;
  const releases = resources.filter(({ kind, group }) => kind === 'HelmRelease' && group === 'helm.toolkit.fluxcd.io');
  return {
    kustomization,
    after: kustomization.dependsOn.flatMap(({ target }) => target ?? []),
    defines: definesOf(kustomization, cluster),
    webhooks: webhooksIn(cluster).filter(
      ({ appliedBy }) => appliedBy !== undefined && isSame(appliedBy, kustomization),
    ),
    releases: releases.flatMap((release) => {
      const after = listAt(release.value, 'spec', 'dependsOn').flatMap((entry) => {
        const name = textAt(entry, 'name');
        return name === undefined ? [] : [`${textAt(entry, 'namespace') ?? release.namespace}/${name}`];
      });
      return after.length === 0 ? [] : [{ release, after }];
    }),
    retries,
  };
}

/** Those that charts make among them, where those are open. */
function webhooksIn(cluster: Cluster): readonly Resource[] {
  return ['Validating', 'Mutating'].flatMap((type) =>
    cluster.ofKind('admissionregistration.k8s.io', `${type}WebhookConfiguration`),
  );
}

function definesOf(kustomization: FluxKustomization, cluster: Cluster): string[] {
  const found = new Set<string>();
  for (const [kinds, installers] of installersIn(cluster, false)) {
    if (!installers.some(({ by }) => isSame(by, kustomization))) continue;
    const slash = kinds.indexOf('/');
    found.add(slash < 0 ? kinds : kinds.slice(0, slash));
  }
  return [...found].sort();
}

/** Kinds that a Kustomization applies, and that only one that starts later, or beside it, defines. */
function definitionsLater(
  cluster: Cluster,
  waveOf: WaveOf,
  installedBefore: boolean,
): ReadonlyMap<FluxKustomization, Starting['retries']> {
  const installers = installersIn(cluster, installedBefore);
  const later = new Map<FluxKustomization, { kinds: string[]; by: FluxKustomization; wave: number }[]>();
  for (const kustomization of cluster.kustomizations) {
    const own = waveOf(kustomization);
    if (own === undefined) continue;
    for (const resource of firstOfKinds(kustomization.resources)) {
      const able = [...(installers.get(groupKind(resource)) ?? []), ...(installers.get(resource.group) ?? [])];
      const waves = able.map(({ by }) => waveOf(by) ?? Number.POSITIVE_INFINITY);
      const wave = Math.min(...waves);
      const by = able[waves.indexOf(wave)]?.by;
      if (by === undefined || isSame(by, kustomization) || wave < own || wave === Number.POSITIVE_INFINITY) continue;
      if (able.some((one) => one.resource.kind === 'CustomResourceDefinition' && isAbove(one.by, kustomization)))
        continue;
      const known = later.get(kustomization)?.find((one) => isSame(one.by, by));
      if (known === undefined) push(later, kustomization, { kinds: [resource.kind], by, wave });
      else known.kinds.push(resource.kind);
    }
  }
  return later;
}

function firstOfKinds(resources: readonly Resource[]): Resource[] {
  return [...new Map([...resources].reverse().map((resource) => [groupKind(resource), resource])).values()].reverse();
}

import type { Cluster } from '../../graph/cluster';
import { kustomizeGroup } from '../../graph/flux-objects';
import { listAt, textAt } from '../../graph/json';
import type { FluxKustomization } from '../../graph/resource';
import { push } from '../../group-by';
import type { Path } from '../../tree/source/source';
import { isSame, isSuspended, waitsFor } from './kustomization';

/** A point in the life of a Kustomization: its objects are applied, or they are ready as well. */
export interface Moment {
  readonly kustomization: FluxKustomization;
  readonly state: 'applied' | 'ready';
}

/** That one moment cannot come before another. */
export interface Need {
  readonly from: Moment;
  readonly to: Moment;
  /** What makes it so, as steps of a chain; none where it goes without saying. Asked for where a circle is found. */
  readonly steps: () => readonly string[];
  /** Where the dependency stands, when it is one of `dependsOn`. */
  readonly dependsOn?: Path;
  /** Whether it has a condition of its author's (readyExpr), which may hold at any time. */
  readonly isConditional?: boolean;
}

/** What comes after what when Flux applies a cluster for the first time. */
export class Order {
  private readonly moments = new Map<FluxKustomization, { readonly [state in Moment['state']]: Moment }>();
  private readonly needs = new Map<Moment, Need[]>();
  private readonly needed = new Map<Moment, Moment[]>();

  constructor(readonly cluster: Cluster) {
    for (const kustomization of cluster.kustomizations) this.addKustomization(kustomization);
  }

  moment(kustomization: FluxKustomization, state: Moment['state']): Moment {
    let both = this.moments.get(kustomization);
    if (both === undefined) {
      both = { applied: { kustomization, state: 'applied' }, ready: { kustomization, state: 'ready' } };
      this.moments.set(kustomization, both);
    }
    return both[state];
  }

  *all(): Generator<Moment> {
    for (const { applied, ready } of this.moments.values()) {
      yield applied;
      yield ready;
    }
  }

  needsOf(moment: Moment): readonly Need[] {
    return this.needs.get(moment) ?? [];
  }

  add(need: Need): void {
    push(this.needs, need.from, need);
    push(this.needed, need.to, need.from);
  }

  /** Every moment that cannot come before one of these has passed, themselves included. */
  after(moments: Iterable<Moment>): ReadonlySet<Moment> {
    const later = new Set(moments);
    for (const at of later) for (const from of this.needed.get(at) ?? []) later.add(from);
    return later;
  }

  private addKustomization(kustomization: FluxKustomization): void {
    const applied = this.moment(kustomization, 'applied');
    const ready = this.moment(kustomization, 'ready');
    this.add({ from: ready, to: applied, steps: none });
    const parent = kustomization.resource.appliedBy;
    if (parent !== undefined && !isSame(parent, kustomization)) {
      this.add({ from: applied, to: this.moment(parent, 'applied'), steps: () => [stepOf(parent)] });
    }
    const entries = listAt(kustomization.spec, 'dependsOn');
    for (const { target, path } of kustomization.dependsOn) {
      if (target === undefined) continue;
      const isConditional = textAt(entries[path[2] as number], 'readyExpr') !== undefined;
      const steps = () => [stepOf(target)];
      this.add({ from: applied, to: this.moment(target, 'ready'), steps, dependsOn: path, isConditional });
    }
    for (const child of this.childrenOf(kustomization)) {
      this.add({ from: ready, to: this.moment(child, 'ready'), steps: () => [stepOf(child)] });
    }
  }

  /** The Kustomizations that one applies and waits for; Flux leaves out itself. */
  private *childrenOf(kustomization: FluxKustomization): Generator<FluxKustomization> {
    for (const resource of kustomization.resources) {
      if (resource.kind !== 'Kustomization' || resource.group !== kustomizeGroup) continue;
      if (!waitsFor(kustomization, resource)) continue;
      const child = this.cluster.kustomization(resource.namespace, resource.name);
      if (child !== undefined && !isSame(child, kustomization) && !isSuspended(child)) yield child;
    }
  }
}

const none = (): readonly string[] => [];

export function stepOf({ name }: FluxKustomization): string {
  return `Kustomization/${name}`;
}

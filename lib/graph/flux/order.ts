import type { Path } from '../../json/json';
import { listAt, textAt } from '../../json/read';
import { memoize } from '../../text/memoize';
import type { Cluster } from '../cluster';
import { isFirst, isSame, isSuspended, waitsFor } from '../kustomization';
import type { FluxKustomization } from '../resource';
import { kustomizeGroup } from './objects';

/** A point in the life of a Kustomization: its objects are applied, or they are ready as well. */
export interface Moment {
  readonly kustomization: FluxKustomization;
  readonly state: 'applied' | 'ready';
  /** What has to come before it, as far as Flux alone makes it so. */
  readonly needs: readonly Need[];
  /** The moments that have to come after it. */
  readonly neededBy: readonly Moment[];
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

/** A moment whose needs are still gathered. */
type Gathering = Moment & { readonly needs: Need[]; readonly neededBy: Moment[] };

/** The order in which Flux applies a cluster. Found once: several rules ask. */
export const orderOf: (cluster: Cluster) => Order = memoize((cluster) => new Order(cluster));

/** What comes after what when Flux applies a cluster for the first time. */
export class Order {
  private readonly moments = new Map<FluxKustomization, { readonly [state in Moment['state']]: Gathering }>();

  constructor(private readonly cluster: Cluster) {
    for (const kustomization of cluster.kustomizations) this.addKustomization(kustomization);
  }

  moment(kustomization: FluxKustomization, state: Moment['state']): Moment {
    return this.momentsOf(kustomization)[state];
  }

  *all(): Generator<Moment> {
    for (const { applied, ready } of this.moments.values()) {
      yield applied;
      yield ready;
    }
  }

  /** Every moment that cannot come before one of these has passed, themselves included. */
  after(moments: Iterable<Moment>): ReadonlySet<Moment> {
    const later = new Set(moments);
    for (const { neededBy } of later) for (const moment of neededBy) later.add(moment);
    return later;
  }

  private momentsOf(kustomization: FluxKustomization) {
    let both = this.moments.get(kustomization);
    if (both === undefined) {
      both = {
        applied: { kustomization, state: 'applied', needs: [], neededBy: [] },
        ready: { kustomization, state: 'ready', needs: [], neededBy: [] },
      };
      this.moments.set(kustomization, both);
    }
    return both;
  }

  private add(from: Gathering, to: Gathering, need: Omit<Need, 'from' | 'to'>): void {
    from.needs.push({ from, to, ...need });
    to.neededBy.push(from);
  }

  private addKustomization(kustomization: FluxKustomization): void {
    const { applied, ready } = this.momentsOf(kustomization);
    this.add(ready, applied, { steps: none });
    const parent = kustomization.resource.appliedBy;
    if (parent !== undefined && !isFirst(kustomization, this.cluster)) {
      this.add(applied, this.momentsOf(parent).applied, { steps: () => [stepOf(parent)] });
    }
    const entries = listAt(kustomization.spec, 'dependsOn');
    for (const { target, path } of kustomization.dependsOn) {
      if (target === undefined) continue;
      const isConditional = textAt(entries[path[2] as number], 'readyExpr') !== undefined;
      const steps = () => [stepOf(target)];
      this.add(applied, this.momentsOf(target).ready, { steps, dependsOn: path, isConditional });
    }
    for (const child of this.childrenOf(kustomization)) {
      this.add(ready, this.momentsOf(child).ready, { steps: () => [stepOf(child)] });
    }
  }

  /** The Kustomizations that one applies and waits for; Flux leaves out itself. */
  private childrenOf(kustomization: FluxKustomization): FluxKustomization[] {
    const children: FluxKustomization[] = [];
    for (const resource of kustomization.resources) {
      if (resource.kind !== 'Kustomization' || resource.group !== kustomizeGroup) continue;
      if (!waitsFor(kustomization, resource)) continue;
      const child = this.cluster.kustomization(resource.namespace, resource.name);
      if (child !== undefined && !isSame(child, kustomization) && !isSuspended(child)) children.push(child);
    }
    return children;
  }
}

const none = (): readonly string[] => [];

export function stepOf({ name }: FluxKustomization): string {
  return `Kustomization/${name}`;
}

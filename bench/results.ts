import type { Sample } from './measure';
import { median, type Point, ratio, type Spread, spread } from './statistics';

/** What came out for one case at one size. */
export interface Measured {
  readonly id: string;
  readonly title: string;
  /** The size; undefined for what has none. */
  readonly apps?: number;
  /** A run a round; empty where it would have taken longer than anybody waits. */
  readonly samples: readonly Sample[];
  /** Seconds that the smaller sizes predict, where it was not run. */
  readonly predicted?: number;
}

/** What is told of a sample. */
export type Quantity = 'seconds' | 'cpu' | 'memory';

/** Everything that was measured, to be asked. */
export class Results {
  constructor(readonly all: readonly Measured[]) {}

  /** The sizes, the smallest first. */
  get sizes(): number[] {
    return [...new Set(this.all.flatMap(({ apps }) => apps ?? []))].sort((a, b) => a - b);
  }

  /** The cases in the order in which they were run; those of a size, or those that have none. */
  cases(sized: boolean): { id: string; title: string }[] {
    const titles = this.all.filter(({ apps }) => (apps !== undefined) === sized).map(({ id, title }) => [id, title]);
    return [...new Map(titles as [string, string][])].map(([id, title]) => ({ id, title }));
  }

  of(id: string, apps?: number): Measured | undefined {
    return this.all.find((one) => one.id === id && one.apps === apps);
  }

  /** Undefined where it was not run, or where the quantity is not known. */
  spread(id: string, apps: number | undefined, quantity: Quantity): Spread | undefined {
    const values = valuesOf(this.of(id, apps), quantity);
    return values.length > 0 ? spread(values) : undefined;
  }

  /** How many times `id` is `other`, round by round; by the predicted time where one was too slow to be run. */
  ratio(id: string, other: string, apps: number | undefined, quantity: Quantity): number | undefined {
    const both = [this.of(id, apps), this.of(other, apps)];
    const rounds = Math.max(1, ...both.map((one) => valuesOf(one, quantity).length));
    const [a, b] = both.map((one) => {
      const values = valuesOf(one, quantity);
      const predicted = quantity === 'seconds' ? one?.predicted : undefined;
      return values.length > 0 || predicted === undefined ? values : Array<number>(rounds).fill(predicted);
    });
    return a?.length && b?.length ? ratio(a, b) : undefined;
  }

  /** Sizes and medians, the smallest first. */
  points(id: string, quantity: Quantity): Point[] {
    return this.sizes.flatMap((apps) => {
      const values = valuesOf(this.of(id, apps), quantity);
      return values.length > 0 ? [[apps, median(values)] as const] : [];
    });
  }
}

function valuesOf(measured: Measured | undefined, quantity: Quantity): number[] {
  return (measured?.samples ?? []).flatMap((sample) => sample[quantity] ?? []);
}

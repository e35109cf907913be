/** What several runs of one thing took: hyperfine and its like show the mean, which a single disturbance moves; the median stays. */
export interface Spread {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

/** @param values at least one */
export function spread(values: readonly number[]): Spread {
  return { median: median(values), min: Math.min(...values), max: Math.max(...values) };
}

/** The middle value, or the mean of the two in the middle. @param values at least one */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const [below, above] = [sorted[sorted.length % 2 === 1 ? middle : middle - 1], sorted[middle]];
  if (below === undefined || above === undefined) throw new Error('there is no median of nothing');
  return (below + above) / 2;
}

/**
 * How many times `a` is `b`: the median of the ratios in each round, since what slows a machine for a while slows both runs of a
 * round. Rounds that only one of them has are left out.
 */
export function ratio(a: readonly number[], b: readonly number[]): number {
  const rounds = Math.min(a.length, b.length);
  return median(Array.from({ length: rounds }, (_, round) => (a[round] as number) / (b[round] as number)));
}

/** A size and what was measured at it. */
export type Point = readonly [size: number, value: number];

/**
 * The k of `value = c · size^k` that fits best: the slope of a straight line through the logarithms, by least squares. 1 is
 * linear, 2 quadratic; a constant part, such as the start of a process, makes it less.
 *
 * @param points of two sizes or more
 */
export function exponent(points: readonly Point[]): number {
  return line(points).slope;
}

/** What the fitted power law says of another size. */
export function predict(points: readonly Point[], size: number): number {
  const { slope, at } = line(points);
  return Math.exp(at.y + slope * (Math.log(size) - at.x));
}

function line(points: readonly Point[]) {
  const logs = points.map(([size, value]) => ({ x: Math.log(size), y: Math.log(value) }));
  const mean = (of: (log: { x: number; y: number }) => number) =>
    logs.reduce((sum, log) => sum + of(log), 0) / logs.length;
  const at = { x: mean(({ x }) => x), y: mean(({ y }) => y) };
  const slope = mean(({ x, y }) => (x - at.x) * (y - at.y)) / mean(({ x }) => (x - at.x) ** 2);
  if (!Number.isFinite(slope)) throw new Error('an exponent needs two sizes, and values above zero');
  return { slope, at };
}

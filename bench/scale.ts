/** Maps values to positions so that equal factors are equal distances: 1, 10, 100 lie equally far apart. */
export function logScale(values: readonly [number, number], positions: readonly [number, number]) {
  const [low, high] = values.map(Math.log) as [number, number];
  const [from, to] = positions;
  return (value: number): number => from + ((Math.log(value) - low) / (high - low)) * (to - from);
}

/** The powers of ten that hold all values between them. */
export function decadesAround(values: readonly number[]): [number, number] {
  const low = 10 ** Math.floor(Math.log10(Math.min(...values)));
  const high = 10 ** Math.ceil(Math.log10(Math.max(...values)));
  return [low, Math.max(high, low * 10)];
}

/** 1, 2 and 5 times each power of ten from `low` to `high`. */
export function ticks([low, high]: readonly [number, number]): number[] {
  const found: number[] = [];
  for (let power = Math.floor(Math.log10(low)); power <= Math.log10(high); power++) {
    for (const step of [1, 2, 5]) {
      // By the decimal text: 3 * 10 ** -1 is not 0.3.
      const value = Number(`${step}e${power}`);
      if (value >= low && value <= high) found.push(value);
    }
  }
  return found;
}

/** Moves positions apart, in their order, until all are `gap` from each other and within `limits`; near where they were. */
export function spreadOut(positions: readonly number[], gap: number, [low, high]: readonly [number, number]): number[] {
  const order = positions.map((_, index) => index).sort((a, b) => (positions[a] ?? 0) - (positions[b] ?? 0));
  const placed = [...positions];
  let least = low;
  for (const index of order) {
    placed[index] = Math.max(placed[index] ?? low, least);
    least = (placed[index] ?? low) + gap;
  }
  let most = high;
  for (const index of order.toReversed()) {
    placed[index] = Math.min(placed[index] ?? high, most);
    most = (placed[index] ?? high) - gap;
  }
  return placed;
}

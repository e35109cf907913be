import type { Format } from '../format';

/** A Kubernetes quantity (500m, 1Gi, 2e3), exactly. (k8s.io/apimachinery 0.36, pkg/api/resource/quantity.go) */
export class Quantity {
  /** In billionths: the finest that Kubernetes keeps. */
  constructor(readonly nanos: bigint) {}

  compare(other: Quantity): bigint {
    return this.nanos === other.nanos ? 0n : this.nanos < other.nanos ? -1n : 1n;
  }

  /** The number that it stands for, of bytes or CPUs, as near as JavaScript has one. */
  get value(): number {
    return Number(this.nanos) / 1e9;
  }

  isInteger(): boolean {
    return this.nanos % billion === 0n && BigInt.asIntN(64, this.nanos / billion) === this.nanos / billion;
  }
}

export const billion = 1_000_000_000n;
const suffixes: Readonly<Record<string, [bigint, bigint]>> = {
  n: [1n, billion],
  u: [1n, 1_000_000n],
  m: [1n, 1000n],
  '': [1n, 1n],
  ...Object.fromEntries([...'kMGTPE'].map((letter, i) => [letter, [1000n ** BigInt(i + 1), 1n]])),
  ...Object.fromEntries([...'KMGTPE'].map((letter, i) => [`${letter}i`, [1024n ** BigInt(i + 1), 1n]])),
};

/** Undefined for what is none. */
export function parseQuantity(text: string): Quantity | undefined {
  const found = /^([+-]?)(\d+\.?\d*|\.\d+)(?:[eE]([+-]?\d{1,3})|([KMGTPE]i|[numkMGTPE]))?$/.exec(text);
  if (!found) return undefined;
  const [, sign, digits = '', exponent = '0', suffix = ''] = found;
  const [whole = '', fraction = ''] = digits.split('.');
  const [factor, divisor] = suffixes[suffix] ?? [1n, 1n];
  const power = Number(exponent) - fraction.length;
  const top = BigInt(whole + fraction) * billion * factor * 10n ** BigInt(Math.max(power, 0));
  const bottom = divisor * 10n ** BigInt(Math.max(-power, 0));
  // What is finer is rounded up, away from nothing.
  const nanos = (top + bottom - 1n) / bottom;
  return new Quantity(sign === '-' ? -nanos : nanos);
}

/** Below, at or above nothing as the first is less than, the same as or more than the second; undefined when one is no quantity. */
export function compareQuantities(a: string, b: string): number | undefined {
  const [one, other] = [parseQuantity(a), parseQuantity(b)];
  return one && other && Number(one.compare(other));
}

/** The requests that are above their limits, by name, with those: the API server refuses them. */
export function requestsAboveLimits(
  requests: Readonly<Record<string, unknown>>,
  limits: Readonly<Record<string, unknown>>,
): { readonly name: string; readonly request: string; readonly limit: string }[] {
  return Object.entries(requests).flatMap(([name, value]) => {
    const [request, limit] = [String(value), String(limits[name])];
    return (compareQuantities(request, limit) ?? 0) > 0 ? [{ name, request, limit }] : [];
  });
}

/** How much there is of something: nothing negative. */
export const quantity: Format = {
  allowed:
    'a Kubernetes quantity: a number with at most one unit of m, k, M, G, T, P, E, Ki, Mi, Gi, Ti, Pi, Ei, without spaces',
  example: '"10Gi"',
  accepts: (text) => (parseQuantity(text)?.nanos ?? -1n) >= 0n,
};

import type * as Cel from '@marcbachmann/cel-js' with { 'resolution-mode': 'import' };

/**
 * A Kubernetes quantity (500m, 1Gi, 2e3), exactly.
 *
 * Source: https://kubernetes.io/docs/reference/using-api/cel/#kubernetes-quantity-library
 */
class Quantity {
  /** In billionths: the finest that Kubernetes keeps. */
  constructor(readonly nanos: bigint) {}

  compare(other: Quantity): bigint {
    return this.nanos === other.nanos ? 0n : this.nanos < other.nanos ? -1n : 1n;
  }

  isInteger(): boolean {
    return this.nanos % billion === 0n && BigInt.asIntN(64, this.nanos / billion) === this.nanos / billion;
  }
}

const billion = 1_000_000_000n;
const suffixes: Readonly<Record<string, [bigint, bigint]>> = {
  n: [1n, billion],
  u: [1n, 1_000_000n],
  m: [1n, 1000n],
  '': [1n, 1n],
  ...Object.fromEntries([...'kMGTPE'].map((letter, i) => [letter, [1000n ** BigInt(i + 1), 1n]])),
  ...Object.fromEntries([...'KMGTPE'].map((letter, i) => [`${letter}i`, [1024n ** BigInt(i + 1), 1n]])),
};

function parseQuantity(text: string): Quantity | undefined {
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

function quantity(text: string): Quantity {
  const found = parseQuantity(text);
  if (!found) throw new Error('not a quantity');
  return found;
}

export function registerQuantity(cel: Cel.Environment): void {
  const type = 'kubernetes.Quantity';
  cel.registerType(type, { ctor: Quantity, fields: {} });
  const method = (signature: string, run: (self: Quantity, other: Quantity) => unknown) =>
    cel.registerFunction(`${type}.${signature}`, run);
  cel.registerFunction('isQuantity(string): bool', (text: string) => parseQuantity(text) !== undefined);
  cel.registerFunction(`quantity(string): ${type}`, quantity);
  method('sign(): int', (self) => self.compare(new Quantity(0n)));
  method('isInteger(): bool', (self) => self.isInteger());
  method('asInteger(): int', (self) => {
    if (!self.isInteger()) throw new Error('not an integer');
    return self.nanos / billion;
  });
  method('asApproximateFloat(): double', (self) => Number(self.nanos) / 1e9);
  method(`isGreaterThan(${type}): bool`, (self, other) => self.compare(other) > 0n);
  method(`isLessThan(${type}): bool`, (self, other) => self.compare(other) < 0n);
  method(`compareTo(${type}): int`, (self, other) => self.compare(other));
  method(`add(${type}): ${type}`, (self, other) => new Quantity(self.nanos + other.nanos));
  method(`sub(${type}): ${type}`, (self, other) => new Quantity(self.nanos - other.nanos));
  const number = (signature: string, sign: bigint) =>
    cel.registerFunction(
      `${type}.${signature}`,
      (self: Quantity, other: bigint) => new Quantity(self.nanos + sign * other * billion),
    );
  number(`add(int): ${type}`, 1n);
  number(`sub(int): ${type}`, -1n);
  cel.registerOperator(`${type} == ${type}`, (a: Quantity, b: Quantity) => a.compare(b) === 0n);
}

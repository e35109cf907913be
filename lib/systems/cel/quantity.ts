import type * as Cel from '@marcbachmann/cel-js' with { 'resolution-mode': 'import' };
import { billion, parseQuantity, Quantity } from '../kubernetes/quantity';

/** https://kubernetes.io/docs/reference/using-api/cel/#kubernetes-quantity-library */
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
  method('asApproximateFloat(): double', (self) => self.value);
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

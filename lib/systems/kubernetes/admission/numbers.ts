import type { Json } from '../../../json/json';
import { parseQuantity } from '../quantity';
import { isWord, number, type Rule, wrong } from './rules';

const notNegative = number(0);

/** A number, or a part in percent, of at most all. (pkg/apis/apps/validation: ValidatePositiveIntOrPercent, IsNotMoreThan100Percent) */
export const numberOrPercent: Rule = (value) => {
  if (!isWord(value)) return notNegative(value);
  if (!/^\d+%$/.test(value)) return wrong('a number, or a text of a number and "%"', [], { example: '"50%"' });
  return Number(value.slice(0, -1)) > 100 ? wrong('at most 100%') : [];
};

/** A quantity in billionths; undefined for what is none, or is not known. */
export function quantityOf(value: Json | undefined): bigint | undefined {
  return typeof value === 'number' || typeof value === 'string' ? parseQuantity(String(value))?.nanos : undefined;
}

/** A quantity of at least nothing, or more than that. */
export const atLeastZero: Rule = (value) => ((quantityOf(value) ?? 0n) < 0n ? wrong('0 or more') : []);
export const aboveZero: Rule = (value) => ((quantityOf(value) ?? 1n) <= 0n ? wrong('more than 0') : []);

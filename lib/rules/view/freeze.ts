import type { Json } from '../../json/json';

const frozen = new WeakSet<object>();

/** The value itself, which nobody can change any more: rules of one's own run one after the other on the same graph. */
export function freeze<T extends Json>(value: T): T {
  if (typeof value !== 'object' || value === null || frozen.has(value)) return value;
  frozen.add(value);
  for (const item of Object.values<Json>(value)) freeze(item);
  return Object.freeze(value);
}

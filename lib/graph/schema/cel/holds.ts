import type { Json } from '../../../json/json';
import { costOf } from '../../../systems/cel/cost';
import { environment } from '../../../systems/cel/environment';
import { ruleValue } from '../defaults';

/**
 * Whether an expression over the top fields of an object is true. False as well when it cannot be read or evaluated: Flux then
 * goes on waiting.
 */
export function holds(expression: string | undefined, object: { readonly [field: string]: Json }): boolean {
  if (expression === undefined) return false;
  const fields = Object.fromEntries(
    Object.entries(object).map(([field, value]) => [field, ruleValue(undefined, value)]),
  );
  if (costOf(expression)(fields)) return false;
  try {
    return environment().evaluate(expression, fields) === true;
  } catch {
    return false;
  }
}

import type { Json } from '../../../tree/tree';
import { environment } from './environment';

/**
 * Whether an expression over the top fields of an object is true. False as well when it cannot be read or evaluated: Flux then
 * goes on waiting.
 */
export function holds(expression: string | undefined, object: { readonly [field: string]: Json }): boolean {
  if (expression === undefined) return false;
  try {
    return environment().evaluate(expression, plain(object)) === true;
  } catch {
    return false;
  }
}

/** A copy whose lists and objects the evaluator may keep. */
function plain(object: { readonly [field: string]: Json }): Record<string, unknown> {
  return structuredClone(object) as Record<string, unknown>;
}

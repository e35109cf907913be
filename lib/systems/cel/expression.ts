import { memoizeText } from '../../text/memoize';
import { translate } from './compile';
import { costOf } from './cost';
import { environment } from './environment';

/** What came of an expression: a value; an error that the API server has as well; or nothing that anybody knows here. */
export type Evaluated =
  | { readonly state: 'value'; readonly value: unknown }
  | { readonly state: 'error'; readonly message: string }
  | { readonly state: 'open'; readonly why: string };

/** What is thrown where a value is asked for that nobody knows here. */
export class NotKnown extends Error {}

/** A map that nobody knows: whoever looks into it is told why. The evaluator takes no other class for a map. */
export function unknownMap(why: string): ReadonlyMap<string, unknown> {
  const ask = (): never => {
    throw new NotKnown(why);
  };
  return Object.defineProperties(new Map<string, unknown>(), {
    ...Object.fromEntries(
      ['get', 'has', 'keys', 'entries', 'forEach', Symbol.iterator].map((name) => [name, { value: ask }]),
    ),
    size: { get: ask },
  });
}

/**
 * A map whose values are found out when they are asked for.
 *
 * @param missing throws for what is not in it
 */
export function lazyMap(
  makers: ReadonlyMap<string, () => unknown>,
  missing: (key: string) => never,
): ReadonlyMap<string, unknown> {
  const maker = (key: string) => makers.get(key) ?? missing(key);
  return Object.defineProperties(new Map<string, unknown>(), {
    get: { value: (key: string) => maker(key)() },
    has: { value: (key: string) => maker(key) !== undefined },
  });
}

/** Errors of values, which the API server's evaluator has as well. Others may be of what this one lacks. */
const ofValues: ReadonlySet<string> = new Set([
  'no_such_key',
  'index_out_of_bounds',
  'index_out_of_range',
  'optional_value_missing',
  'division_by_zero',
  'modulo_by_zero',
]);

interface Parsed {
  readonly evaluate: (context: Record<string, unknown>) => unknown;
  readonly isCostly: (value: unknown) => boolean;
}

const parse = memoizeText((expression): Parsed | string => {
  try {
    const { text } = translate(expression);
    return { evaluate: environment().parse(text), isCostly: costOf(text) };
  } catch (error) {
    return firstLine(error);
  }
});

/** Evaluates an expression of an admission policy, or says why it cannot be. */
export function evaluate(expression: string, context: Record<string, unknown>): Evaluated {
  if (/\bauthorizer\s*\./.test(expression)) return { state: 'open', why: 'asks what its user may do' };
  const parsed = parse(expression);
  if (typeof parsed === 'string') return { state: 'open', why: `cannot be read: ${parsed}` };
  if (parsed.isCostly(context.object)) return { state: 'open', why: 'takes too long' };
  try {
    return { state: 'value', value: parsed.evaluate(context) };
  } catch (error) {
    const known = rootOf(error);
    if (known instanceof NotKnown) return { state: 'open', why: known.message };
    if (ofValues.has(String((error as { code?: string }).code)))
      return { state: 'error', message: firstLine(error).replace(/^No such key/, 'no such key') };
    return { state: 'open', why: `cannot be evaluated: ${firstLine(error)}` };
  }
}

/** The evaluator wraps what functions throw. */
function rootOf(error: unknown): unknown {
  let found = error;
  while (found instanceof Error && found.cause !== undefined) found = found.cause;
  return found;
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n', 1)[0] ?? '';
}

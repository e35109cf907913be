import { FunctionError, NotFollowed, type Value } from '../go-template/values';
import { all, type Functions, integer, known, knownText, taking } from './arguments';

/** (slim-sprig 3.0: numeric.go, functions.go) */
export const numbers: Functions = {
  ...all(1, {
    atoi: ([s]) => parsed(knownText(s)),
    int64: ([value]) => toInteger(known(value)),
    int: ([value]) => toInteger(known(value)),
    add1: ([value]) => safe(toInteger(known(value)) + 1),
    until: ([count]) => steps(0, integer(count), integer(count) < 0 ? -1 : 1),
  }),
  ...all(2, {
    sub: ([a, b]) => safe(toInteger(known(a)) - toInteger(known(b))),
    div: ([a, b]) => safe(Math.trunc(toInteger(known(a)) / divisor(b))),
    mod: ([a, b]) => safe(toInteger(known(a)) % divisor(b)),
  }),
  untilStep: taking(3, 3, ([from, to, step]) => steps(integer(from), integer(to), integer(step))),
  add: (args) => safe(args.reduce((sum: number, one) => sum + toInteger(known(one)), 0)),
  mul: taking(1, Number.POSITIVE_INFINITY, (args) =>
    safe(args.reduce((product: number, one) => product * toInteger(known(one)), 1)),
  ),
  max: taking(1, Number.POSITIVE_INFINITY, (args) => Math.max(...args.map((one) => toInteger(known(one))))),
  biggest: taking(1, Number.POSITIVE_INFINITY, (args) => Math.max(...args.map((one) => toInteger(known(one))))),
  min: taking(1, Number.POSITIVE_INFINITY, (args) => Math.min(...args.map((one) => toInteger(known(one))))),
};

/** toInt64. */
function toInteger(value: Value): number {
  if (typeof value === 'string') return parsed(value);
  if (typeof value === 'boolean') return value ? 1 : 0;
  return typeof value === 'number' ? safe(Math.trunc(value)) : 0;
}

function parsed(text: string): number {
  return /^[+-]?\d+$/.test(text) ? safe(Number(text)) : 0;
}

function divisor(value: Value | undefined): number {
  const found = toInteger(known(value));
  if (found === 0) throw new FunctionError('integer divide by zero');
  return found;
}

function safe(value: number): number {
  if (!Number.isSafeInteger(value)) throw new NotFollowed('a number that is too large');
  return value === 0 ? 0 : value;
}

const most = 100_000;

function steps(from: number, to: number, step: number): number[] {
  if (to === from || to < from !== step < 0 || step === 0) return [];
  if (Math.abs((to - from) / step) > most) throw new NotFollowed('a list that is too long');
  const made: number[] = [];
  for (let i = from; step > 0 ? i < to : i > to; i += step) made.push(i);
  return made;
}

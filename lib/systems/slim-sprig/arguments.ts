import {
  FunctionError,
  isAllKnown,
  isMap,
  NotFollowed,
  type TemplateFunction,
  type Value,
  type ValueMap,
} from '../go-template/values';

/** How the functions read what they are given: Go refuses a value of another type than the function takes. */

export function text(value: Value | undefined): string {
  if (typeof value !== 'string') throw new FunctionError('it takes a string');
  return value;
}

/** A text that is looked into, which one that is not known does not allow. */
export function knownText(value: Value | undefined): string {
  const found = text(value);
  if (!isAllKnown(found)) throw new NotFollowed('it depends on a value that the tree does not show');
  return found;
}

/** A text of which bytes are counted or letters changed: of others than ASCII it is not followed. */
export function ascii(value: Value | undefined): string {
  const found = knownText(value);
  if (/[^\0-\x7f]/.test(found)) throw new NotFollowed('it changes a text that is not ASCII');
  return found;
}

export function integer(value: Value | undefined): number {
  if (typeof value !== 'number' || !Number.isInteger(value)) throw new FunctionError('it takes an integer');
  return value;
}

export function map(value: Value | undefined): ValueMap {
  if (!isMap(value)) throw new FunctionError('it takes a map');
  return value;
}

export function list(value: Value | undefined): Value[] {
  if (!Array.isArray(value)) throw new FunctionError('it takes a list');
  return value;
}

export function known(value: Value | undefined): Value {
  const found = value ?? null;
  if (!isAllKnown(found)) throw new NotFollowed('it depends on a value that the tree does not show');
  return found;
}

/** A function with a number of arguments, which Go counts. */
export function taking(least: number, most: number, call: TemplateFunction): TemplateFunction {
  return (args, name) => {
    if (args.length < least || args.length > most) {
      throw new FunctionError(`wrong number of args: ${args.length}`);
    }
    return call(args, name);
  };
}

export type Functions = Readonly<Record<string, TemplateFunction>>;

/** Functions that each take so many arguments. */
export function all(count: number, functions: Functions): Functions {
  return Object.fromEntries(Object.entries(functions).map(([name, call]) => [name, taking(count, count, call)]));
}

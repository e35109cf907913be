import { EspalierError } from '../../errors';
import { isJsonObject, type Json } from '../../json/json';

/** Reads a value that anybody may have written: what is expected of it, and of that nothing else. */
export type Shape<T> = (value: Json | undefined, at: string) => T;

/** What a shape gives. */
export type Of<S> = S extends Shape<infer T> ? T : never;

function refuse(at: string, allowed: string): never {
  throw new EspalierError(
    `${at} must be ${allowed}. Give what espalier check or espalier diff prints with --format json, as it is.`,
  );
}

export const text: Shape<string> = (value, at) => (typeof value === 'string' ? value : refuse(at, 'a text'));

export const number: Shape<number> = (value, at) =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : refuse(at, 'a whole number');

export const oneOf =
  <T extends string | number>(...all: readonly T[]): Shape<T> =>
  (value, at) =>
    all.find((one) => one === value) ?? refuse(at, all.map((one) => JSON.stringify(one)).join(', '));

export const list =
  <T>(item: Shape<T>): Shape<readonly T[]> =>
  (value, at) =>
    Array.isArray(value) ? value.map((one, i) => item(one, `${at}[${i}]`)) : refuse(at, 'a list');

/** A field that may be left out. */
export const optional =
  <T>(shape: Shape<T>): Shape<T | undefined> =>
  (value, at) =>
    value === undefined ? undefined : shape(value, at);

type Required<F> = { [K in keyof F as undefined extends Of<F[K]> ? never : K]: Of<F[K]> };
type Optional<F> = { [K in keyof F as undefined extends Of<F[K]> ? K : never]?: Of<F[K]> };

export const object =
  <F extends Readonly<Record<string, Shape<unknown>>>>(fields: F): Shape<Readonly<Required<F> & Optional<F>>> =>
  (value, at) => {
    if (!isJsonObject(value)) return refuse(at, 'an object');
    const read = Object.entries(fields).flatMap(([name, shape]) => {
      const field = shape(Object.hasOwn(value, name) ? value[name] : undefined, at === '' ? name : `${at}.${name}`);
      return field === undefined ? [] : [[name, field] as const];
    });
    return Object.fromEntries(read) as Readonly<Required<F> & Optional<F>>;
  };

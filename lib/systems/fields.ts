import type { JsonObject, Path } from '../json/json';
import { at, objectAt } from '../json/read';
import { parseDuration } from './duration';
import { type Fault, fault } from './fault';
import { givenText, isGiven } from './given';
import { goUrl } from './go-url';

/** The fields below a path of an object, named by their way: `auth.secretRef.name`. */
export class Fields {
  constructor(
    readonly object: JsonObject,
    readonly base: Path,
  ) {}

  path(field: string): Path {
    const steps = field.split('.').map((step) => (/^\d+$/.test(step) ? Number(step) : step));
    return field === '' ? this.base : [...this.base, ...steps];
  }

  at(field: string) {
    return at(this.object, ...this.path(field));
  }

  /** Whether it says something. */
  has(field: string): boolean {
    return isGiven(this.at(field));
  }
}

export const has = (name: string) => (fields: Fields) => fields.has(name);
export const lacks = (name: string) => (fields: Fields) => !fields.has(name);

/** What a system asks of fields. */
export type Rule<F extends Fields = Fields> = (fields: F) => Iterable<Fault>;

/** Fields that say something, which may lie in an object that is there: `auth.jwt?.account`. */
export function needs(...names: readonly string[]): Rule {
  return function* (fields) {
    for (const name of names) {
      const [parent = ''] = name.split('?');
      const plain = name.replace('?', '');
      if (parent !== name && !objectAt(fields.at(parent))) continue;
      if (!fields.has(plain)) yield fault(fields.path(plain), 'given');
    }
  };
}

/** References to a Secret, with its name and key. */
export function named(...names: readonly string[]): Rule {
  return needs(...names.flatMap((name) => [`${name}.name`, `${name}.key`]));
}

export function oneOf(...names: readonly string[]): Rule {
  return function* (fields) {
    const given = names.filter((name) => fields.has(name));
    const list = listed(names);
    if (given.length === 0)
      yield { path: fields.path(above(names)), value: null, allowed: `an object with one of ${list}` };
    else yield* noneBeside(fields, given, list);
  };
}

export function atMostOne(...names: readonly string[]): Rule {
  return (fields) =>
    noneBeside(
      fields,
      names.filter((name) => fields.has(name)),
      listed(names),
    );
}

function* noneBeside(fields: Fields, given: readonly string[], list: string): Generator<Fault> {
  for (const name of given.slice(1))
    yield {
      path: fields.path(name),
      value: null,
      allowed: `left out, since ${given[0]} is given: only one of ${list} may be`,
    };
}

function listed(names: readonly string[]): string {
  const start = above(names).length;
  return names.map((name) => (start === 0 ? name : name.slice(start + 1))).join(', ');
}

/** The object that all of them lie in. */
function above([first = '', ...others]: readonly string[]): string {
  const parent = first.includes('.') ? first.slice(0, first.lastIndexOf('.')) : '';
  return others.every((name) => name.startsWith(`${parent}.`)) ? parent : '';
}

/** A text that is known and has a form. */
export function form(name: string, allowed: string, accepts: RegExp | ((text: string) => boolean)): Rule {
  return function* (fields) {
    const text = givenText(fields.at(name));
    if (text === undefined || (accepts instanceof RegExp ? accepts.test(text) : accepts(text))) return;
    yield fault(fields.path(name), allowed);
  };
}

/** A duration: Go fails on the whole object for a text that is none. (apimachinery 0.36 meta/v1/duration.go) */
export function duration(name: string): Rule {
  const allowed = 'a duration of numbers with the units ns, us, ms, s, m or h, without spaces';
  return function* (fields) {
    if (fields.at(name) === '') yield fault(fields.path(name), allowed);
    else yield* form(name, allowed, (text) => parseDuration(text) !== undefined)(fields);
  };
}

export function url(name: string, allowed: string, accepts = (_: NonNullable<ReturnType<typeof goUrl>>) => true): Rule {
  return form(name, allowed, (text) => {
    const parts = goUrl(text);
    return parts !== undefined && accepts(parts);
  });
}

export function isTrue(name: string): Rule {
  return function* (fields) {
    if (!fields.has(name) || fields.at(name) === false) yield fault(fields.path(name), 'true');
  };
}

export function when<F extends Fields>(condition: (fields: F) => boolean, ...rules: readonly Rule<F>[]): Rule<F> {
  return function* (fields) {
    if (condition(fields)) for (const rule of rules) yield* rule(fields);
  };
}

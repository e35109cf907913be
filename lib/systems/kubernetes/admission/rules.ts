import { isJsonObject, type Json, type JsonObject, type Path } from '../../../json/json';
import { at, listAt } from '../../../json/read';
import { isKnown } from '../../../text/symbolic';
import type { Fault } from '../../fault';
import type { Format } from '../../format';
import { isGiven, repeated } from '../../given';

/**
 * What the API server demands of a value. The paths of what it finds begin at the value, so that nothing is made of the many
 * values that are right. Of a value that is not known, or of another type than its field's, it says nothing.
 */
export type Rule = (value: Json) => readonly Fault[];

export const none: readonly Fault[] = [];

/** One fault of the value itself, or at a place within it. */
export function wrong(
  allowed: string,
  path: Path = [],
  rest: Pick<Fault, 'value' | 'says' | 'example' | 'meant'> = {},
): Fault[] {
  return [{ path, allowed, ...rest }];
}

/** The faults of a value at a place within another. */
export function within(path: Path, faults: readonly Fault[]): readonly Fault[] {
  return faults.length === 0 ? none : faults.map((fault) => ({ ...fault, path: [...path, ...fault.path] }));
}

export function text({ accepts, allowed, example }: Format): Rule {
  return (value) =>
    typeof value !== 'string' || accepts(value) || !isKnown(value) ? none : [{ path: [], allowed, example }];
}

export function words(...allowed: readonly string[]): Rule {
  const sentence = allowed.length === 1 ? String(allowed[0]) : `one of ${allowed.join(', ')}`;
  return (value) => (typeof value !== 'string' || allowed.includes(value) || !isKnown(value) ? none : wrong(sentence));
}

/** The rule of a text that counts as not given when it is empty: the API server fills in its default, or leaves it. */
export function unlessEmpty(rule: Rule): Rule {
  return (value) => (value === '' ? none : rule(value));
}

export function number(least: number, most = Number.POSITIVE_INFINITY): Rule {
  const sentence = most === Number.POSITIVE_INFINITY ? `${least} or more` : `from ${least} to ${most}`;
  return (value) => (typeof value !== 'number' || (value >= least && value <= most) ? none : wrong(sentence));
}

export function all(...rules: readonly Rule[]): Rule {
  return (value) => {
    let found = none;
    for (const rule of rules) {
      const faults = rule(value);
      if (faults.length > 0) found = found.length === 0 ? faults : [...found, ...faults];
    }
    return found;
  };
}

/** The rules of an object's fields. What is null is not given. */
export function fields(table: Readonly<Record<string, Rule>>): Rule {
  const rules = new Map(Object.entries(table));
  return (object) => {
    if (!isJsonObject(object)) return none;
    let found = none;
    for (const key in object) {
      const rule = rules.get(key);
      const value = object[key];
      if (rule === undefined || value === null || value === undefined) continue;
      const faults = rule(value);
      if (faults.length > 0) found = [...found, ...within([key], faults)];
    }
    return found;
  };
}

/** The rules of fields that are objects even where they are not given: what is missing in them is found missing. */
export function parts(table: Readonly<Record<string, Rule>>): Rule {
  const rules = Object.entries(table);
  return (object) => {
    if (!isJsonObject(object)) return none;
    const found = rules.map(([key, rule]) => within([key], rule(object[key] ?? {})));
    return found.flat();
  };
}

/** A rule of an object that finds one fault after the other. */
export function steps(find: (object: JsonObject) => Iterable<Fault>): Rule {
  return object((of) => [...find(of)]);
}

/** The rule of every value of an object. */
export function values(of: Rule): Rule {
  return object((map) => Object.entries(map).flatMap(([key, value]) => within([key], of(value))));
}

export function list(of: Rule, most = Number.POSITIVE_INFINITY): Rule {
  return (value) => {
    if (!Array.isArray(value)) return none;
    let found =
      value.length > most ? wrong(`a list of at most ${most} items, not ${value.length}`, [], { value: null }) : none;
    value.forEach((item: Json, i) => {
      const faults = of(item);
      if (faults.length > 0) found = [...found, ...within([i], faults)];
    });
    return found;
  };
}

/** A rule of an object as a whole. */
export function object(rule: (object: JsonObject) => readonly Fault[]): Rule {
  return (value) => (isJsonObject(value) ? rule(value) : none);
}

/** Fields that must be given, and not be empty, with what they are. */
export function needs(table: Readonly<Record<string, string>>): Rule {
  const wanted = Object.entries(table);
  return object((of) => {
    let found = none;
    for (const [field, allowed] of wanted) {
      const value = of[field];
      if (isGiven(value) && !(Array.isArray(value) && value.length === 0)) continue;
      if (hasKnownKeys(of)) found = [...found, ...wrong(allowed, [field])];
    }
    return found;
  });
}

/** Fields of which one must be given, and only one. */
export function exactlyOne(names: readonly string[], says?: string): Rule {
  const most = atMostOne(names, says);
  return object((of) => {
    if (givenOf(of, names).length > 0) return most(of);
    return hasKnownKeys(of) ? wrong(`an object with one of ${names.join(', ')}`, [], { value: null, says }) : none;
  });
}

export function atMostOne(names: readonly string[], says?: string): Rule {
  return object((of) => {
    const [first, ...others] = givenOf(of, names);
    return others.flatMap((field) => wrong(`left out, since ${first} is given`, [field], { value: null, says }));
  });
}

/** Which of the fields are there. An empty list is as good as none. */
export function givenOf(object: JsonObject, names: readonly string[]): string[] {
  return names.filter((field) => {
    const value = object[field];
    return value !== undefined && value !== null && !(Array.isArray(value) && value.length === 0);
  });
}

/** Where a variable stands for a key, nobody knows what is missing. */
export function hasKnownKeys(object: JsonObject): boolean {
  return Object.keys(object).every(isKnown);
}

/** Whether a value can be compared with words: a text without variables. */
export function isWord(value: Json | undefined): value is string {
  return typeof value === 'string' && isKnown(value);
}

/** Whether there is nothing: Go takes an empty text, list or object for none. */
export function isEmpty(value: Json | undefined): boolean {
  if (!isGiven(value)) return true;
  if (Array.isArray(value)) return value.length === 0;
  return isJsonObject(value) && Object.keys(value).length === 0;
}

/** An expression of more than spaces. */
export function filled(value: Json): readonly Fault[] {
  return isWord(value) && value !== '' && value.trim() === '' ? wrong('an expression') : none;
}

/** A list whose items have different values in a field. */
export function unique(field: string): Rule {
  return (value) =>
    [...repeated(listAt({ value }, 'value').map((item) => at(item, field)))].flatMap(({ index, name }) =>
      wrong(`another ${field} than ${name}, which an earlier item has`, [index, field]),
    );
}

/** Lists in which "*" stands alone. */
export const wildcardAlone: Rule = (value) =>
  Array.isArray(value) && value.length > 1 && value.includes('*')
    ? wrong('either "*" or other values, not both', [], { says: "if '*' is present, must not specify other values" })
    : none;

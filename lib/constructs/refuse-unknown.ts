import { Construct, type IConstruct } from 'constructs';
import { EspalierError } from '../errors';
import { lazy, memoizeText } from '../text/memoize';
import { nearest } from '../text/nearest';
import { withoutComments } from './commented';
import { where } from './input-error';
import { propertyNames } from './property-names';

/**
 * Refuses properties whose names a construct does not have, at any depth of its own objects: the compiler does so only for literals in
 * TypeScript. A class that extends another takes what it likes.
 *
 * @param made the class whose constructor calls
 * @param named the class that the author names, where it has no constructor of its own
 * @param others names that it takes as well, whatever they hold
 * @throws EspalierError that names the construct's path, the property, the nearest name and all that there are
 */
export function refuseUnknown(
  scope: IConstruct,
  made: Pick<Class, 'name'>,
  props: unknown,
  named: unknown = made,
  others: readonly string[] = [],
): void {
  if (scope.constructor !== named) return;
  const object = fieldsOf('constructors').get(made.name)?.object;
  if (object && (typeof props !== 'object' || props === null || Array.isArray(props))) {
    throw new EspalierError(
      `${where(scope)}: the properties are ${props === undefined ? 'not set' : Array.isArray(props) ? 'a list' : JSON.stringify(props)}. Allowed: an object of ${[...fieldsOf(object).keys()].join(', ')}.`,
    );
  }
  if (object) refuseIn(() => where(scope), props, object, '', others);
}

/**
 * The same for what a function takes.
 *
 * @param of the function, as the author writes it: `Secret.named`
 * @param like the function whose type says the names, where that one is one of many
 */
export function refuseUnknownOption(of: string, options: unknown, like = of): void {
  const object = fieldsOf('functions').get(like)?.object;
  if (object) refuseIn(() => of, options, object, '');
}

/** A class, whoever may make its instances. */
interface Class {
  readonly name: string;
  readonly prototype: object;
}

/** The lines of propertyNames by their first word. */
const lines = lazy(
  () =>
    new Map(
      propertyNames.split('\n').map((line) => [line.slice(0, line.indexOf(' ')), line.slice(line.indexOf(' ') + 1)]),
    ),
);

/** What a field holds. */
interface Held {
  /** The name of the object, alone or in a list. */
  readonly object: string | undefined;
  readonly isList: boolean;
}

/** The fields of a property object. */
const fieldsOf = memoizeText((name): ReadonlyMap<string, Held> => {
  const fields = (lines().get(name) ?? '').split(' ').map((field): [string, Held] => {
    const [said = '', object] = field.split(':');
    const isList = said.endsWith('[]');
    return [isList ? said.slice(0, -2) : said, { object, isList }];
  });
  return new Map(fields);
});

/** @param object what it is: a name, after `*` for a map of such */
function refuseIn(
  at: () => string,
  value: unknown,
  object: string,
  path: string,
  others: readonly string[] = [],
): void {
  if (Array.isArray(value)) {
    for (const [i, item] of value.entries()) refuseIn(at, item, object, `${path}[${i}]`);
    return;
  }
  // Handles, and cdk8s' own values, are no plain objects.
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype) return;
  // A handle that a construct made has more than its type shows.
  const { cluster, producer } = value as { readonly cluster?: unknown; readonly producer?: unknown };
  if (path !== '' && [cluster, producer].some(Construct.isConstruct)) return;
  const isMap = object.startsWith('*');
  const fields = fieldsOf(object);
  for (const [key, held] of Object.entries(value)) {
    const name = withoutComments(key);
    if (held === undefined || name === '') continue;
    const within = path === '' ? name : `${path}.${name}`;
    if (others.includes(name)) continue;
    if (!isMap && !fields.has(name)) refuse(at(), within, name, [...fields.keys(), ...others]);
    const field = isMap ? undefined : fields.get(name);
    if (field?.isList && held !== null && !Array.isArray(held)) {
      const what = typeof held === 'object' ? 'no list' : JSON.stringify(held);
      throw new EspalierError(`${at()}: ${within} is ${what}. Allowed: a list. Example: ${within}: [ … ].`);
    }
    const inner = isMap ? object.slice(1) : field?.object;
    if (inner !== undefined && typeof held === 'object') refuseIn(at, held, inner, within);
  }
}

function refuse(at: string, path: string, name: string, names: readonly string[]): never {
  const near = nearest(name, names);
  const meant = near === undefined ? '' : `; did you mean ${near}?`;
  throw new EspalierError(`${at}: there is no property ${path}${meant || '.'} Allowed: ${names.join(', ')}.`);
}

import { isJsonObject, type Json, type JsonObject, type Path } from '../../json/json';
import {
  type ObjectType,
  textOrNumber,
  unknownType,
  type ValueKey,
  type ValueType,
} from '../../systems/helm/value-types/value-type';

/**
 * Where an object, written as a literal, would not compile against the type of its kind; undefined where it does.
 *
 * @param type what `kindTypes` has of its kind; undefined for a kind whose fields are open
 * @param isVariable whether a text is written by `variable()`, which a number, a boolean or one of several texts may be, too
 */
export function misfit(
  object: JsonObject,
  type: ObjectType | undefined,
  isVariable: (text: string) => boolean = () => false,
): Path | undefined {
  const own = type ?? { type: 'object', keys: new Map(), others: unknownType };
  const keys = new Map([...own.keys, ...common]);
  return misfitOf(object, { ...own, keys }, isVariable, []);
}

const nullType: ValueType = { type: 'null' };
const optional = (...members: ValueType[]) => ({
  type: { type: 'union', members: [...members, nullType] } as ValueType,
});
const texts = (...members: ValueType[]): ValueType => ({
  type: 'object',
  keys: new Map(),
  others: { type: 'union', members: [...members, nullType] },
});
const text: ValueType = { type: 'text' };

/** ManifestMetadata of lib/constructs/workload/kinds.ts, as data. */
const metadata: ObjectType = {
  type: 'object',
  keys: new Map([
    ...['name', 'generateName', 'namespace'].map((name) => [name, optional(text)] as const),
    ['labels', optional(texts(text))],
    ['annotations', optional(texts(textOrNumber, { type: 'boolean' }))],
    ['finalizers', optional({ type: 'list', item: text })],
    ...[
      'ownerReferences',
      'creationTimestamp',
      'deletionGracePeriodSeconds',
      'deletionTimestamp',
      'generation',
      'managedFields',
      'resourceVersion',
      'selfLink',
      'uid',
    ].map((name) => [name, { type: unknownType }] as const),
  ]),
  others: 'none',
};

const common = new Map<string, ValueKey>([
  ['apiVersion', { type: text, required: true }],
  ['kind', { type: text, required: true }],
  ['metadata', optional(metadata)],
  ['status', { type: unknownType }],
]);

/** Where a value of any type would not compile; the way to it begins with `path`. */
export function misfitOf(
  value: Json,
  type: ValueType,
  isVariable: (text: string) => boolean = () => false,
  path: Path = [],
): Path | undefined {
  switch (type.type) {
    case 'unknown':
    case 'named':
      return undefined;
    case 'union': {
      if (type.members.some((member) => misfitOf(value, member, isVariable, path) === undefined)) return undefined;
      const alike = type.members.find((member) => isContainer(member) && isAlike(value, member));
      return alike ? misfitOf(value, alike, isVariable, path) : path;
    }
    case 'null':
      return value === null ? undefined : path;
    case 'list':
      if (!Array.isArray(value)) return path;
      return first(value, (item, i) => misfitOf(item, type.item, isVariable, [...path, i]));
    case 'object':
      return isJsonObject(value) ? misfitOfObject(value, type, isVariable, path) : path;
    default:
      return isOf(value, type) || (typeof value === 'string' && isVariable(value)) ? undefined : path;
  }
}

function misfitOfObject(
  value: JsonObject,
  { keys, others }: ObjectType,
  isVariable: (text: string) => boolean,
  path: Path,
): Path | undefined {
  for (const [name, { required }] of keys) if (required && !Object.hasOwn(value, name)) return path;
  // What further keys hold must take what the known ones do.
  const further = keys.size > 0 && others !== 'none' ? unknownType : others;
  return first(Object.entries(value), ([name, item]) => {
    const type = keys.get(name)?.type ?? further;
    return typeof type === 'string' ? [...path, name] : misfitOf(item, type, isVariable, [...path, name]);
  });
}

function isOf(value: Json, type: ValueType): boolean {
  if (type.type === 'literal') return value === type.value;
  return (typeof value === 'string' ? 'text' : typeof value) === type.type;
}

function isContainer(type: ValueType): boolean {
  return type.type === 'object' || type.type === 'list';
}

function isAlike(value: Json, type: ValueType): boolean {
  return type.type === 'list' ? Array.isArray(value) : isJsonObject(value);
}

function first<T>(items: readonly T[], misfit: (item: T, i: number) => Path | undefined): Path | undefined {
  for (let i = 0; i < items.length; i += 1) {
    const found = misfit(items[i] as T, i);
    if (found !== undefined) return found;
  }
  return undefined;
}

import type { Place } from '../values/place';
import { unknownType, type ValueType } from './value-type';

/** Deeper, nobody writes values. */
const deepest = 60;

/** With what templates read although no default shows it: it may stand in the defaults as a comment. */
export function withReads(type: ValueType, places: readonly Place[] | undefined, depth = 0): ValueType {
  if (places === undefined || places.length === 0 || depth > deepest) return type;
  switch (type.type) {
    case 'object': {
      const keys = new Map(type.keys);
      for (const [name, key] of keys)
        keys.set(name, { ...key, type: withReads(key.type, below(places, name), depth + 1) });
      const further = type.others === 'unsaid' ? places.flatMap(({ fields }) => [...fields]) : [];
      for (const [name, read] of further) {
        if (!keys.has(name) && !isGiven(name, read)) keys.set(name, { type: readAlone(read, depth) });
      }
      const open = type.others;
      return { ...type, keys, others: typeof open === 'object' ? withReads(open, others(places), depth + 1) : open };
    }
    case 'list':
      return { ...type, item: withReads(type.item, others(places), depth + 1) };
    case 'union':
      return { ...type, members: type.members.map((member) => withReads(member, places, depth + 1)) };
    default:
      return type;
  }
}

/** What every chart may be given, whether it asks or not: globals, and a chart within it of which nothing is read. */
function isGiven(name: string, { whole, fields }: Place): boolean {
  return name === 'global' ? fields.size === 0 : !whole && fields.size === 1 && fields.has('global');
}

function readAlone(read: Place, depth: number): ValueType {
  if (read.whole || read.fields.size === 0) return unknownType;
  return withReads({ type: 'object', keys: new Map(), others: 'unsaid' }, [read], depth + 1);
}

/**
 * Says of every object whether it takes further keys: where the schema does not say, those do that the templates use as a whole, or
 * read by keys that they do not spell out, and those of which they read nothing.
 *
 * @param places where they read it; undefined where nobody knows
 */
export function closed(type: ValueType, places: readonly Place[] | undefined): ValueType {
  switch (type.type) {
    case 'object': {
      const keys = new Map(
        [...type.keys].map(([name, key]) => [name, { ...key, type: closed(key.type, below(places, name)) }]),
      );
      if (typeof type.others === 'object') return { ...type, keys, others: closed(type.others, others(places)) };
      if (type.others === 'none') return { ...type, keys };
      return { ...type, keys, others: places?.some(isClosed) && !places.some(isOpen) ? 'none' : unknownType };
    }
    case 'list':
      return { ...type, item: closed(type.item, others(places)) };
    case 'union':
      return { ...type, members: type.members.map((member) => closed(member, places)) };
    default:
      return type;
  }
}

/** Of what is passed on as a whole, so is all that is in it. */
function below(places: readonly Place[] | undefined, key: string): readonly Place[] | undefined {
  if (places === undefined || places.some(({ whole }) => whole)) return undefined;
  return places.flatMap(({ fields, others: other }) => [fields.get(key), other].filter((one) => one !== undefined));
}

function others(places: readonly Place[] | undefined): readonly Place[] | undefined {
  if (places === undefined || places.some(({ whole }) => whole)) return undefined;
  return places.flatMap(({ others: other }) => other ?? []);
}

function isOpen({ whole, others: other }: Place): boolean {
  return whole || other !== undefined;
}

/** Whether fields of it are read by their names; globals are handed to charts that do not ask. */
function isClosed({ fields }: Place): boolean {
  return fields.size > (fields.has('global') ? 1 : 0);
}

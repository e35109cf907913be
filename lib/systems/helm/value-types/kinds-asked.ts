import { openObject, unknownType, type ValueType } from './value-type';

/** What templates ask for by the kinds of Go's reflection. */
const kinds: Readonly<Record<string, ValueType>> = {
  string: { type: 'text' },
  map: openObject,
  slice: { type: 'list', item: unknownType },
  bool: { type: 'boolean' },
};

/** What a chart's templates take a value for (`kindIs "string" .Values.secret`), by its path, joined by dots. */
export function kindsAsked(templates: Iterable<string>): ReadonlyMap<string, ValueType> {
  const asked = new Map<string, ValueType>();
  for (const text of templates) {
    for (const [, kind = '', path = ''] of text.matchAll(/\b(?:kindIs|typeIs) "(\w+)" \(*\$?\.Values\.([\w.]+)/g)) {
      const type = Object.hasOwn(kinds, kind) ? kinds[kind] : undefined;
      if (type !== undefined) asked.set(path, type);
    }
  }
  return asked;
}

import type { Schema } from '../../lib/graph/schema/schema';

/** Schemas by name, and what several of them (or one of them several times) hold. */
export interface Shared {
  readonly schemas: ReadonlyMap<string, Schema>;
  readonly definitions: ReadonlyMap<string, Schema>;
}

/** A part that is shorter than this is no longer than the reference to it would be. */
const shortest = 100;

/**
 * Takes parts that are there more than once out of schemas, and leaves references in their places: each is written once.
 *
 * @param reference what stands in the place of a part, by its name
 * @param named parts that have a name of their own; any other is named after the field that holds it
 */
export function share(
  schemas: ReadonlyMap<string, Schema>,
  reference: (name: string) => string,
  named: ReadonlyMap<string, Schema> = new Map(),
): Shared {
  const texts = new Map<Schema, string>();
  const counts = new Map<string, number>();
  const textOf = (schema: Schema): string => {
    const known = texts.get(schema) ?? JSON.stringify(schema, sorted);
    texts.set(schema, known);
    return known;
  };
  // What lies in a part that was met before counts once: it goes where the part goes.
  const count = (schema: Schema): void => {
    const text = textOf(schema);
    const before = counts.get(text) ?? 0;
    counts.set(text, before + 1);
    if (before === 0) for (const [, part] of partsOf(schema)) count(part);
  };
  for (const schema of schemas.values()) for (const [, part] of partsOf(schema)) count(part);

  const names = new Map([...named].map(([name, schema]) => [textOf(schema), name] as const));
  const taken = new Set(names.values());
  const definitions = new Map<string, Schema>();
  const replace = (schema: Schema, field: string): Schema => {
    const text = textOf(schema);
    if (!names.has(text) && (text.length < shortest || (counts.get(text) ?? 0) < 2)) return inside(schema, replace);
    const name = names.get(text) ?? free(field, taken);
    if (!definitions.has(name)) {
      names.set(text, name);
      taken.add(name);
      definitions.set(name, {});
      definitions.set(name, inside(schema, replace));
    }
    return { $ref: reference(name) };
  };
  const replaced = new Map([...schemas].map(([name, schema]) => [name, inside(schema, replace)] as const));
  return { schemas: replaced, definitions };
}

function free(name: string, taken: ReadonlySet<string>): string {
  let found = name;
  for (let i = 2; taken.has(found); i++) found = `${name}${i}`;
  return found;
}

const ofOne = ['items', 'additionalProperties', 'not'] as const;
const ofMany = ['allOf', 'anyOf', 'oneOf'] as const;

/** The schemas that a schema holds, each with the name of the field it is for. */
function partsOf(schema: Schema, field = 'value'): [string, Schema][] {
  const one = ofOne.map((keyword) => schema[keyword]).filter((part): part is Schema => typeof part === 'object');
  const many = ofMany.flatMap((keyword) => schema[keyword] ?? []);
  return [
    ...Object.entries(schema.properties ?? {}),
    ...[...one, ...many].map((part): [string, Schema] => [field, part]),
  ];
}

/** A schema whose parts are changed. */
export function inside(schema: Schema, change: (part: Schema, field: string) => Schema, field = 'value'): Schema {
  const below = (part: Schema, name: string) => change(part, name);
  const changed: Record<string, unknown> = { ...schema };
  if (schema.properties) {
    changed.properties = Object.fromEntries(
      Object.entries(schema.properties).map(([name, part]) => [name, below(part, name)]),
    );
  }
  for (const keyword of ofOne)
    if (typeof schema[keyword] === 'object') changed[keyword] = below(schema[keyword], field);
  for (const keyword of ofMany)
    if (schema[keyword]) changed[keyword] = schema[keyword].map((part) => below(part, field));
  return changed as Schema;
}

/** JSON.stringify's replacer: keys in one order, whatever order the release had. */
export function sorted(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
}

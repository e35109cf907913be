import type { Schema } from './schema';

const ofOne = ['items', 'additionalProperties', 'not'] as const;
const ofMany = ['allOf', 'anyOf', 'oneOf'] as const;

/** A schema whose parts are changed. */
export function inside(schema: Schema, change: (part: Schema, field: string) => Schema): Schema {
  const changed: Record<string, unknown> = { ...schema };
  if (schema.properties) {
    changed.properties = Object.fromEntries(
      Object.entries(schema.properties).map(([name, part]) => [name, change(part, name)]),
    );
  }
  for (const keyword of ofOne)
    if (typeof schema[keyword] === 'object') changed[keyword] = change(schema[keyword], keyword);
  for (const keyword of ofMany) {
    const parts: readonly Schema[] | undefined = schema[keyword];
    if (Array.isArray(parts)) changed[keyword] = parts.map((part) => change(part, keyword));
  }
  return changed as Schema;
}

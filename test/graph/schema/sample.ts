import type { Node } from '../../../lib/graph/schema/node';
import type { SchemaFaultKind } from '../../../lib/graph/schema/schema';
import { type KindSchema, validate } from '../../../lib/graph/schema/validate';
import { isJsonObject, type Json, type JsonObject } from '../../../lib/json/json';
import { generate } from './generate';

/** What a type can tell everywhere. */
const told: readonly SchemaFaultKind[] = ['unknown-field', 'type', 'enum'];
const words = ['a', '10m', '1Gi', 'example.org', '${VAR}', '2026-01-01T00:00:00Z'];

export interface Sample {
  readonly object: JsonObject;
  /** Its faults that a type can tell. */
  readonly faults: readonly string[];
  /** Whether it lacks something that is required: a type asks for it only where no patch may give it. */
  readonly lacks: boolean;
}

/** An object of a kind, right or wrong. */
export function sample(schema: KindSchema, chance: () => number): Sample {
  const made = altered(generate(schema.node, chance, words), schema.node, chance) as JsonObject;
  const { apiVersion, kind } = schema;
  const object = { ...made, apiVersion, kind, metadata: { name: 'a' } };
  const all = validate(object, schema);
  const faults = all.filter((fault) => told.includes(fault.kind)).map(({ kind, message }) => `${kind}: ${message}`);
  return { object, faults, lacks: all.some((fault) => fault.kind === 'required') };
}

/** Now and then null, another type, or a further field. */
function altered(value: Json, node: Node | undefined, chance: () => number): Json {
  if (chance() < 0.01) return null;
  if (chance() < 0.002) return [7, 'seven', true, { other: 1 }, []][Math.floor(chance() * 5)] as Json;
  if (Array.isArray(value)) return value.map((item) => altered(item, node?.items?.(), chance));
  if (!isJsonObject(value)) return value;
  const fields = Object.entries(value).map(([key, item]) => [
    key,
    altered(item, node?.fields.get(key)?.() ?? node?.values?.(), chance),
  ]);
  return Object.fromEntries(chance() < 0.01 ? [...fields, ['unheardOf', 1]] : fields) as Json;
}

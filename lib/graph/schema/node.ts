import type { Json } from '../../json/json';
import { isJsonObject } from '../../json/json';
import { lazy, memoize } from '../../text/memoize';
import type { Schema, ValidationRule } from './schema';

/** JSON's types as bits, so that a schema's types are tested at once. */
export const types = { string: 1, integer: 2, number: 4, boolean: 8, object: 16, array: 32, null: 64 } as const;

export function typeOf(value: Json): number {
  switch (typeof value) {
    case 'string':
      return types.string;
    case 'boolean':
      return types.boolean;
    case 'number':
      return Number.isInteger(value) ? types.integer : types.number;
    default:
      return value === null ? types.null : Array.isArray(value) ? types.array : types.object;
  }
}

/** A schema made ready for walking an object along it; what lies below is made when an object has it. */
export interface Node {
  readonly schema: Schema;
  /** Bits of `types`; 0 when any will do. */
  readonly types: number;
  readonly nullable: boolean;
  readonly fields: ReadonlyMap<string, () => Node>;
  /** Fields that it has in other releases of Kubernetes alone. */
  readonly elsewhere: ReadonlyMap<string, Schema>;
  /** Those fields that some object had: what is looked for most is found at once. */
  readonly met: Map<string, Node>;
  /** Of the values of a map, by whatever key. */
  readonly values: (() => Node) | undefined;
  readonly items: (() => Node) | undefined;
  /** Whether fields that it does not know are taken as given. */
  readonly open: boolean;
  readonly required: readonly string[];
  /** Fields that Kubernetes fills in. */
  readonly defaults: () => readonly (readonly [string, Json])[];
  readonly rules: readonly ValidationRule[];
  /** Whether it says anything of a scalar besides its type. */
  readonly constrained: boolean;
  /** Values, or keys of a map, in which nothing was wrong: thousands of objects have the same durations, ports and labels. */
  readonly right: Set<Json>;
  /** Whether it says anything of a list besides its items. */
  readonly listed: boolean;
  /** Whether a scalar is judged by itself alone: by no rules, and by no other schemas. */
  readonly simple: boolean;
  /** Schemas that a value has to fit, too: all, any, one or none of them. They never say which fields there are. */
  readonly allOf: readonly (() => Node)[];
  readonly anyOf: readonly (() => Node)[];
  readonly oneOf: readonly (() => Node)[];
  readonly not: (() => Node) | undefined;
  readonly combined: boolean;
}

/**
 * Makes nodes of schemas, each once.
 *
 * @param resolve finds what a `$ref` means
 * @param release the release of Kubernetes whose fields count: 33 of 1.33
 */
export function nodeMaker(resolve: (ref: string) => Schema | undefined, release?: number): (schema: Schema) => Node {
  const make: (schema: Schema) => Node = memoize((schema) =>
    schema.$ref === undefined ? makeNode(schema, make, release) : make(resolve(schema.$ref) ?? anything),
  );
  return make;
}

const anything: Schema = { 'x-kubernetes-preserve-unknown-fields': true };
const none: readonly never[] = [];
const constraints = [
  'enum',
  'pattern',
  'format',
  'minLength',
  'maxLength',
  'minimum',
  'maximum',
  'multipleOf',
  'exclusiveMinimum',
  'exclusiveMaximum',
] as const;
const lists = ['minItems', 'maxItems', 'uniqueItems', 'x-kubernetes-list-type'] as const;

/** A tree may hold any CustomResourceDefinition: what is not as it should be counts as not given. */
function makeNode(given: Schema, make: (schema: Schema) => Node, release: number | undefined): Node {
  const schema: Schema = isJsonObject(given as Json) ? given : anything;
  const ofAll = entries(schema.properties);
  const elsewhere = release === undefined ? [] : ofAll.filter(([, field]) => !isIn(release, field));
  const properties = elsewhere.length === 0 ? ofAll : ofAll.filter((one) => !elsewhere.includes(one));
  const { additionalProperties } = schema;
  const mask = typeMask(schema);
  const embedded = schema['x-kubernetes-embedded-resource'] === true;
  const fields = new Map(properties.map(([name, field]) => [name, lazy(() => make(field))]));
  const constrained = constraints.some((keyword) => schema[keyword] !== undefined);
  const rules = list(schema['x-kubernetes-validations']).filter((rule) => typeof rule?.rule === 'string');
  const combined = combinations(schema, make);
  return {
    schema,
    types: mask,
    nullable: schema.nullable === true || (mask & types.null) !== 0 || mask === 0,
    fields,
    elsewhere: new Map(elsewhere),
    met: new Map(),
    values: isSchema(additionalProperties) ? lazy(() => make(additionalProperties)) : undefined,
    items: isSchema(schema.items) ? lazy(() => make(schema.items as Schema)) : undefined,
    // The API server compares with the properties that there are (kube-apiserver 1.36.3: `spec` of a UUID generator takes any field, and drops it).
    open:
      schema['x-kubernetes-preserve-unknown-fields'] === true ||
      embedded ||
      additionalProperties === true ||
      (properties.length === 0 && additionalProperties === undefined),
    required: list(schema.required).filter(
      (name): name is string => typeof name === 'string' && !elsewhere.some(([other]) => other === name),
    ),
    defaults: lazy(() =>
      [...fields].flatMap(([name, field]) => {
        const { default: value } = field().schema;
        return value === undefined ? [] : [[name, value] as const];
      }),
    ),
    rules,
    constrained,
    right: new Set(),
    listed: lists.some((keyword) => schema[keyword] !== undefined),
    simple: !combined.combined && rules.length === 0,
    ...combined,
  };
}

function isIn(release: number, { 'x-since': since, 'x-until': until }: Schema): boolean {
  return (since === undefined || since <= release) && (until === undefined || release < until);
}

function combinations(schema: Schema, make: (schema: Schema) => Node) {
  const all = (parts: readonly Schema[] | undefined) =>
    list(parts)
      .filter(isSchema)
      .map((part) => lazy(() => make(part)));
  const { not } = schema;
  const parts = {
    allOf: all(schema.allOf),
    // The type says it already, and a string's pattern stands beside it.
    anyOf: schema['x-kubernetes-int-or-string'] === true ? none : all(schema.anyOf),
    oneOf: all(schema.oneOf),
    not: isSchema(not) ? lazy(() => make(not)) : undefined,
  };
  return {
    ...parts,
    combined: parts.not !== undefined || parts.allOf.length + parts.anyOf.length + parts.oneOf.length > 0,
  };
}

function typeMask(schema: Schema): number {
  const names = typeof schema.type === 'string' ? [schema.type] : list(schema.type);
  const bits = names.reduce(
    (mask, name) => mask | (Object.hasOwn(types, name) ? types[name as keyof typeof types] : 0),
    0,
  );
  // An integer is a number, too.
  const mask = bits & types.number ? bits | types.integer : bits;
  return schema['x-kubernetes-int-or-string'] === true ? types.string | types.integer | (mask & types.null) : mask;
}

function entries(properties: Schema['properties']): [string, Schema][] {
  if (!isSchema(properties)) return [];
  return Object.entries(properties).map(([name, field]) => [name, isSchema(field) ? field : anything]);
}

function isSchema(value: unknown): value is Schema {
  return isJsonObject(value as Json);
}

export function list<T>(value: readonly T[] | undefined): readonly T[] {
  return Array.isArray(value) ? value : none;
}

import { isJsonObject, type Json, type JsonObject, type Path } from '../../../json/json';
import { at } from '../../../json/read';
import type { Fault } from '../../fault';
import { isGiven } from '../../given';
import { goPattern, patternFault } from '../../go-pattern';
import { isWord } from './rules';

const types = ['string', 'integer', 'number', 'boolean', 'array', 'object'];
/** What Kubernetes' schemas do not have of JSON Schema's. (validation.go: specStandardValidatorV3) */
const unsupported = ['id', 'additionalItems', 'patternProperties', 'definitions', 'dependencies', '$ref'];
/** What no schema may say within allOf, anyOf, oneOf and not. (structural: validateNestedValueValidation) */
const outside = [
  'type',
  'description',
  'default',
  'nullable',
  'additionalProperties',
  'x-kubernetes-preserve-unknown-fields',
  'x-kubernetes-int-or-string',
  'x-kubernetes-embedded-resource',
  'x-kubernetes-list-type',
  'x-kubernetes-list-map-keys',
  'x-kubernetes-map-type',
];

/** What other regular expressions have, and Go's have not: only these are worth loading the engine for. */
const suspicious = /\(\?<?[=!]|\\[1-9]/;

interface Walk {
  readonly path: (string | number)[];
  readonly faults: Fault[];
}

/**
 * What keeps a schema from being structural, and what its own rules forbid.
 *
 * (apiextensions-apiserver 0.36, pkg/apis/apiextensions/validation: ValidateCustomResourceDefinitionOpenAPISchema;
 * pkg/apiserver/schema/validation.go: ValidateStructural)
 */
export function schemaFaults(schema: JsonObject): readonly Fault[] {
  const walk: Walk = { path: [], faults: [] };
  if (isWord(schema.type) && schema.type !== 'object') tell(walk, ['type'], 'object at the root of a schema');
  if (schema.nullable === true) tell(walk, ['nullable'], 'left out at the root of a schema');
  if (isJsonObject(schema.additionalProperties) || schema.additionalProperties === true)
    tell(walk, ['additionalProperties'], 'left out at the root of a schema');
  visit(schema, walk);
  return walk.faults;
}

function tell(walk: Walk, path: Path, allowed: string, value?: Json): void {
  walk.faults.push({ path: [...walk.path, ...path], allowed, ...(value !== undefined && { value }) });
}

function inside(walk: Walk, steps: Path, value: Json | undefined, go: (schema: JsonObject, walk: Walk) => void): void {
  if (!isJsonObject(value)) return;
  walk.path.push(...steps);
  go(value, walk);
  walk.path.length -= steps.length;
}

function visit(schema: JsonObject, walk: Walk): void {
  const { type, properties, items, additionalProperties: map } = schema;
  const isIntOrString = schema['x-kubernetes-int-or-string'] === true;
  const isOpen = schema['x-kubernetes-preserve-unknown-fields'] === true;
  if (type === undefined || type === null || type === '') {
    if (!isIntOrString && !isOpen) tell(walk, ['type'], `one of ${types.join(', ')}`);
  } else if (isWord(type)) {
    if (!types.includes(type)) tell(walk, ['type'], `one of ${types.join(', ')}`);
    else if (type === 'array' && (items === undefined || items === null))
      tell(walk, ['items'], 'given for the type array');
  }
  if (isJsonObject(properties) && Object.keys(properties).length > 0 && (isJsonObject(map) || map === false))
    tell(walk, ['additionalProperties'], 'left out, since properties are given', null);
  if (Array.isArray(items)) tell(walk, ['items'], 'one schema, no list of them', null);
  if (schema.default !== undefined) byDefault(schema, walk);
  if (saysMore(schema)) {
    lists(schema, walk);
    values(schema, walk);
  }
  if (isJsonObject(properties)) {
    walk.path.push('properties', '');
    for (const name in properties) {
      walk.path[walk.path.length - 1] = name;
      const property = properties[name] ?? {};
      if (isJsonObject(property)) visit(property, walk);
    }
    walk.path.length -= 2;
  }
  inside(walk, ['items'], items, visit);
  inside(walk, ['additionalProperties'], map, visit);
}

/** (pkg/apiserver/schema/defaulting/validation.go: ValidateDefaults), of scalars, lists and objects as wholes. */
function byDefault(schema: JsonObject, walk: Walk): void {
  const { type, default: value, enum: words } = schema;
  if (value === null || value === undefined || (typeof value === 'string' && !isWord(value))) return;
  if (schema['x-kubernetes-int-or-string'] === true) return;
  if (typeof type === 'string' && Object.hasOwn(isOfType, type) && !isOfType[type]?.(value))
    tell(walk, ['default'], `of the type ${type}`);
  else if (Array.isArray(words) && !words.includes(value) && typeof value !== 'object')
    tell(walk, ['default'], 'one of enum');
}

const isOfType: Readonly<Record<string, (value: Json) => boolean>> = {
  string: (value) => typeof value === 'string',
  integer: (value) => Number.isInteger(value),
  number: (value) => typeof value === 'number',
  boolean: (value) => typeof value === 'boolean',
  array: (value) => Array.isArray(value),
  object: (value) => isJsonObject(value),
};

/** Most schemas of a definition say no more than this, of which nothing can be wrong but what visit() looks at. */
const plain = new Set([
  ...['type', 'description', 'properties', 'items', 'additionalProperties', 'required', 'format', 'enum', 'default'],
  ...['minimum', 'maximum', 'minLength', 'maxLength', 'minItems', 'maxItems', 'nullable', 'title'],
  ...['x-kubernetes-preserve-unknown-fields', 'x-kubernetes-int-or-string'],
]);

function saysMore(schema: JsonObject): boolean {
  for (const key in schema) if (!plain.has(key)) return true;
  return false;
}

/** What a schema says of values, within others as well. */
function values(schema: JsonObject, walk: Walk): void {
  for (const field of unsupported)
    if (schema[field] !== undefined) tell(walk, [field], 'left out: schemas of Kubernetes do not have it', null);
  if (schema.uniqueItems === true) tell(walk, ['uniqueItems'], 'left out: x-kubernetes-list-type set says it');
  const { pattern, 'x-kubernetes-validations': rules } = schema;
  for (const [i, rule] of (Array.isArray(rules) ? (rules as readonly Json[]) : []).entries())
    if (isJsonObject(rule) && !isGiven(rule.rule)) tell(walk, ['x-kubernetes-validations', i, 'rule'], 'given');
  if (typeof pattern === 'string' && suspicious.test(pattern) && patternFault(pattern) !== undefined)
    tell(walk, ['pattern'], goPattern(pattern));
  const isIntOrString = schema['x-kubernetes-int-or-string'] === true;
  for (const field of ['allOf', 'anyOf', 'oneOf']) {
    const parts = schema[field];
    if (!Array.isArray(parts)) continue;
    for (const [i, part] of (parts as readonly Json[]).entries())
      inside(walk, [field, i], part, (of) => nested(of, walk, isIntOrString));
  }
  inside(walk, ['not'], schema.not, (of) => nested(of, walk, false));
}

/** Of `int-or-string`, anyOf may name the two types. */
function nested(schema: JsonObject, walk: Walk, isIntOrString: boolean): void {
  for (const field of outside) {
    if (schema[field] === undefined || (isIntOrString && field === 'type')) continue;
    if (schema[field] === false || schema[field] === '') continue;
    tell(walk, [field], 'left out within allOf, anyOf, oneOf and not', null);
  }
  values(isIntOrString ? { ...schema, 'x-kubernetes-int-or-string': true } : schema, walk);
  const { properties, items } = schema;
  if (isJsonObject(properties))
    for (const name in properties)
      inside(walk, ['properties', name], properties[name], (of) => nested(of, walk, false));
  inside(walk, ['items'], items, (of) => nested(of, walk, false));
}

/** How items of lists are told apart. (validateMapListKeysMapSet) */
function lists(schema: JsonObject, walk: Walk): void {
  const listType = schema['x-kubernetes-list-type'];
  const mapType = schema['x-kubernetes-map-type'];
  const keys = schema['x-kubernetes-list-map-keys'];
  if (isWord(mapType)) {
    if (mapType !== 'atomic' && mapType !== 'granular')
      tell(walk, ['x-kubernetes-map-type'], 'one of atomic, granular');
    if (isOther(schema.type, 'object')) tell(walk, ['type'], 'object with x-kubernetes-map-type');
  }
  if (Array.isArray(keys) && keys.length > 0 && listType !== 'map')
    tell(walk, ['x-kubernetes-list-type'], 'map with x-kubernetes-list-map-keys');
  if (!isWord(listType)) return;
  if (!['atomic', 'set', 'map'].includes(listType)) tell(walk, ['x-kubernetes-list-type'], 'one of atomic, set, map');
  if (isOther(schema.type, 'array')) tell(walk, ['type'], 'array with x-kubernetes-list-type');
  const { items } = schema;
  if (!isJsonObject(items) || listType === 'atomic') return;
  if (items.nullable === true) tell(walk, ['items', 'nullable'], `left out in a list of the type ${listType}`);
  if (listType === 'set' && items.type === 'object' && items['x-kubernetes-map-type'] !== 'atomic')
    tell(walk, ['items', 'x-kubernetes-map-type'], 'atomic in a list of the type set');
  if (listType === 'set' && items.type === 'array' && (items['x-kubernetes-list-type'] ?? 'atomic') !== 'atomic')
    tell(walk, ['items', 'x-kubernetes-list-type'], 'atomic in a list of the type set');
  if (listType !== 'map') return;
  if (!Array.isArray(keys) || keys.length === 0)
    tell(walk, ['x-kubernetes-list-map-keys'], 'given for a list of the type map');
  else if (isOther(items.type, 'object')) tell(walk, ['items', 'type'], 'object in a list of the type map');
  else for (const [i, key] of (keys as readonly Json[]).entries()) mapKey(items, String(key), i, walk);
}

/** Whether a type is known, and is not the one. */
function isOther(type: Json | undefined, wanted: string): boolean {
  return type !== wanted && (typeof type !== 'string' || isWord(type));
}

function mapKey(items: JsonObject, key: string, i: number, walk: Walk): void {
  const field = at(items, 'properties', key);
  const place = ['x-kubernetes-list-map-keys', i];
  if (!isJsonObject(field)) {
    tell(walk, place, 'one of the properties of items');
    return;
  }
  if (field.type === 'array' || field.type === 'object') tell(walk, place, 'a property that is no list and no object');
  const isRequired = Array.isArray(items.required) && items.required.includes(key);
  if (!isRequired && field.default === undefined)
    tell(walk, ['items', 'properties', key, 'default'], 'given, unless the property is required: it tells items apart');
  if (field.nullable === true) tell(walk, ['items', 'properties', key, 'nullable'], 'left out: it tells items apart');
}

import { isJsonObject, type Json, type JsonObject } from '../../../json/json';
import { listAt, textAt } from '../../../json/read';
import { baseOf, type FoundSchema, SchemaDocuments } from './schema-documents';
import {
  intersect,
  type ObjectType,
  openObject,
  textOrNumber,
  unionOf,
  unknownType,
  type ValueKey,
  type ValueType,
} from './value-type';

/** Deeper, nobody writes values; a schema may be made to go on for ever. */
const deepest = 60;

/** Where a schema counts. */
interface Place {
  readonly base: string;
  readonly depth: number;
  /**
   * Whether it is of an entry of a list or a map. What is required elsewhere the chart's own values may give, or `valuesFrom`:
   * an entry is given as a whole.
   */
  readonly entry: boolean;
}

/**
 * The types that JSON Schemas describe: drafts 4 to 2020-12, as far as a type can say it (https://json-schema.org/draft/2020-12).
 * What restricts further (patterns, ranges, `if`, `not`, dependencies) is left to whoever validates.
 */
export class SchemaTypes {
  /** Definitions that have a name, which is unique. */
  readonly definitions = new Map<string, ValueType>();
  /** References that lead out of the chart. */
  readonly unreached = new Set<string>();
  private readonly documents: SchemaDocuments;
  private readonly byAddress = new Map<string, ValueType>();

  constructor(files: ReadonlyMap<string, string>) {
    this.documents = new SchemaDocuments(files);
  }

  /** The type that a file describes; undefined where there is no such schema. */
  ofFile(path: string): ValueType | undefined {
    const found = this.documents.file(path);
    if (found === undefined) return undefined;
    const { schema, base } = found;
    const type = this.read(schema, { base, depth: 0, entry: false });
    return this.resolved(type);
  }

  /** A type that is no name. */
  readonly resolved = (type: ValueType): ValueType =>
    type.type === 'named' ? this.resolved(this.definitions.get(type.name) ?? unknownType) : type;

  private read(schema: Json, around: Place): ValueType {
    if (!isJsonObject(schema) || around.depth > deepest) return unknownType;
    const place = { ...around, base: baseOf(schema, around.base), depth: around.depth + 1 };
    const parts: ValueType[] = [this.ownType(schema, place)];
    if (typeof schema.$ref === 'string') parts.push(this.referred(schema.$ref, place));
    for (const each of listAt(schema, 'allOf')) parts.push(this.read(each, place));
    for (const choice of ['anyOf', 'oneOf']) {
      const all = listAt(schema, choice);
      if (all.length > 0) parts.push(unionOf(all.map((each) => this.read(each, place))));
    }
    const named = (name: string) => this.resolved({ type: 'named', name });
    const type = parts.reduce((a, b) => intersect(a, b, named) ?? unknownType);
    return schema.nullable === true ? unionOf([type, { type: 'null' }]) : type;
  }

  private referred(ref: string, place: Place): ValueType {
    const found = this.documents.resolve(ref, place.base);
    if (found === undefined) {
      this.unreached.add(
        URL.canParse(ref, place.base) ? new URL(ref, place.base).href.replace(/^chart:\/{3}/, '') : ref,
      );
      return unknownType;
    }
    const address = `${place.entry ? 'entry ' : ''}${found.address}`;
    const known = this.byAddress.get(address);
    if (known !== undefined) return known;
    const name = this.freeName(found);
    // Before it is read: it may hold itself.
    this.byAddress.set(address, { type: 'named', name });
    this.definitions.set(name, unknownType);
    const type = this.read(found.schema, { ...place, base: found.base });
    if (isSmall(type)) {
      this.definitions.delete(name);
      this.byAddress.set(address, type);
      return type;
    }
    this.definitions.set(name, type);
    return { type: 'named', name };
  }

  /** After the last part of its address that is no keyword, and its file if that name is taken. */
  private freeName({ address }: FoundSchema): string {
    const keywords = /^(?:|definitions|\$defs|properties|items|values\.schema\.json)$/;
    const parts = address
      .split(/[/#]/)
      .filter((part) => !keywords.test(part))
      .map((part) => part.replace(/\.json$/, ''));
    const name = parts.at(-1) ?? 'root';
    const names = [name, `${parts.at(-2) ?? ''}-${name}`];
    for (let i = 2; ; i += 1) {
      const free = names.find((each) => !this.definitions.has(each));
      if (free !== undefined) return free;
      names.push(`${name}-${i}`);
    }
  }

  /** What the schema says itself, without those that it is put together of. */
  private ownType(schema: JsonObject, place: Place): ValueType {
    if ('const' in schema) return literalType(schema.const ?? null);
    const choices = listAt(schema, 'enum');
    if (choices.length > 0) return unionOf(choices.map(literalType));
    if (schema['x-kubernetes-int-or-string'] === true || schema.format === 'int-or-string') return textOrNumber;
    const { type } = schema;
    const types = Array.isArray(type) ? (type as readonly Json[]) : type === undefined ? impliedTypes(schema) : [type];
    if (types.length === 0) return unknownType;
    return unionOf(types.map((each) => this.ofType(each, schema, place)));
  }

  private ofType(type: Json, schema: JsonObject, place: Place): ValueType {
    switch (type) {
      case 'object':
        return this.objectType(schema, place);
      case 'array':
        return { type: 'list', item: this.itemType(schema, { ...place, entry: true }) };
      case 'string':
        return { type: 'text' };
      case 'number':
      case 'integer':
        return { type: 'number' };
      case 'boolean':
      case 'null':
        return { type };
      default:
        return unknownType;
    }
  }

  /** `prefixItems` since 2020-12, a list of `items` before: which item is where is left out. */
  private itemType(schema: JsonObject, place: Place): ValueType {
    const { items = true, prefixItems = [], additionalItems = true } = schema;
    const first = Array.isArray(items) ? items : Array.isArray(prefixItems) ? prefixItems : [];
    const rest = Array.isArray(items) ? additionalItems : items;
    const all = [...(first as readonly Json[]), ...(rest === false ? [] : [rest as Json])];
    return unionOf(all.map((each) => this.read(each, place)));
  }

  private objectType(schema: JsonObject, place: Place): ObjectType {
    const keys = new Map<string, ValueKey>();
    const properties = isJsonObject(schema.properties) ? schema.properties : {};
    const required = new Set(place.entry ? listAt(schema, 'required') : []);
    for (const [name, each] of Object.entries(properties)) {
      if (each === false) continue;
      keys.set(name, {
        type: this.read(each, place),
        doc: textAt(each, 'description') ?? textAt(each, 'title'),
        default: isJsonObject(each) ? each.default : undefined,
        required: required.has(name) || undefined,
        deprecated: (isJsonObject(each) && each.deprecated === true) || undefined,
      });
    }
    const patterns = isJsonObject(schema.patternProperties) ? Object.values(schema.patternProperties) : [];
    const others = [...patterns, schema.additionalProperties ?? schema.unevaluatedProperties].filter(isJsonObject);
    const entry = { ...place, entry: true };
    if (others.length > 0)
      return { type: 'object', keys, others: unionOf(others.map((each) => this.read(each, entry))) };
    if (schema.additionalProperties === false || schema.unevaluatedProperties === false) {
      return { type: 'object', keys, others: 'none' };
    }
    if (keys.size === 0 || schema.additionalProperties === true) return { ...openObject, keys };
    return { type: 'object', keys, others: 'unsaid' };
  }
}

function impliedTypes(schema: JsonObject): readonly Json[] {
  if ('properties' in schema || 'patternProperties' in schema || isJsonObject(schema.additionalProperties))
    return ['object'];
  return 'items' in schema || 'prefixItems' in schema ? ['array'] : [];
}

function literalType(value: Json): ValueType {
  if (value === null) return { type: 'null' };
  if (typeof value !== 'object') return { type: 'literal', value };
  return Array.isArray(value) ? { type: 'list', item: unknownType } : openObject;
}

/** What reads better where it is used than by a name. */
function isSmall(type: ValueType): boolean {
  if (type.type === 'list') return isSmall(type.item);
  if (type.type === 'union') return type.members.length <= 3 && type.members.every(isSmall);
  return type.type !== 'object' || (type.keys.size === 0 && typeof type.others === 'object' && isSmall(type.others));
}

import { isJsonObject, type Json, type JsonObject } from '../../json/json';
import { textAt } from '../../json/read';

/** The drafts of JSON Schema, by the year or number that their address has. */
export type Draft = 4 | 6 | 7 | 2019 | 2020;

const drafts: Readonly<Record<string, Draft>> = {
  'json-schema.org/schema': 2020,
  'json-schema.org/draft/2020-12/schema': 2020,
  'json-schema.org/draft/2019-09/schema': 2019,
  'json-schema.org/draft-07/schema': 7,
  'json-schema.org/draft-06/schema': 6,
  'json-schema.org/draft-04/schema': 4,
};

/** A schema where a `$ref` leads, with the address that those within it are read by. */
export interface Target {
  readonly schema: Json;
  readonly base: string;
}

/** Where values stand below which nothing is a schema. */
const plain = new Set(['enum', 'const', 'default', 'examples']);
/** Keywords that hold schemas by names of any kind. */
const named = new Set(['$defs', 'definitions', 'properties', 'patternProperties', 'dependentSchemas', 'dependencies']);

const own = 'file:///values.schema.json';

/** A document of JSON Schema: which draft it follows, and where its references lead. */
export class SchemaDocument {
  /** Undefined for a draft that nobody knows. */
  readonly draft: Draft | undefined;
  readonly root: Target;
  /** By their address, without and with the anchor. */
  private readonly resources = new Map<string, Target>();
  private readonly bases = new Map<JsonObject, string>();

  constructor(schema: Json) {
    const given = textAt(schema, '$schema');
    this.draft = given === undefined ? 2020 : drafts[given.replace(/^https?:\/\//, '').replace(/#$/, '')];
    this.root = { schema, base: own };
    this.collect(schema, own);
    this.resources.set(own, this.root);
  }

  /** The address that references in a schema are read by. */
  baseOf(schema: JsonObject, around: string): string {
    return this.bases.get(schema) ?? around;
  }

  /** Where a reference leads; undefined where that is outside of the document. */
  follow(reference: string, base: string): Target | undefined {
    const address = resolved(reference, base);
    const [resource = '', fragment = ''] = split(address);
    const target = this.resources.get(resource);
    if (target === undefined || fragment === '') return target;
    const anchored = this.resources.get(`${resource}#${fragment}`);
    if (anchored !== undefined || !fragment.startsWith('/')) return anchored;
    return this.pointed(target, fragment);
  }

  private pointed(from: Target, pointer: string): Target | undefined {
    let { schema, base } = from;
    for (const part of pointer.slice(1).split('/')) {
      const key = decoded(part).replaceAll('~1', '/').replaceAll('~0', '~');
      const next: Json | undefined = Array.isArray(schema)
        ? (schema as readonly Json[])[Number(key)]
        : isJsonObject(schema) && Object.hasOwn(schema, key)
          ? schema[key]
          : undefined;
      if (next === undefined) return undefined;
      schema = next;
      if (isJsonObject(schema)) base = this.baseOf(schema, base);
    }
    return { schema, base };
  }

  private collect(value: Json, around: string, isSchema = true): void {
    if (Array.isArray(value)) for (const item of value) this.collect(item as Json, around);
    if (!isJsonObject(value)) return;
    let base = around;
    if (isSchema) {
      const isReference = this.draft !== undefined && this.draft < 2019 && typeof value.$ref === 'string';
      const id = isReference ? undefined : textAt(value, this.draft === 4 ? 'id' : '$id');
      if (id !== undefined) {
        base = resolved(id, around);
        const [resource = '', fragment = ''] = split(base);
        if (fragment === '') this.resources.set(resource, { schema: value, base: resource });
        else this.resources.set(base, { schema: value, base: around });
        base = fragment === '' ? resource : around;
        this.bases.set(value, base);
      }
      const [resource = ''] = split(base);
      for (const keyword of ['$anchor', '$dynamicAnchor']) {
        const anchor = textAt(value, keyword);
        if (anchor !== undefined) this.resources.set(`${resource}#${anchor}`, { schema: value, base });
      }
    }
    for (const [keyword, inner] of Object.entries(value)) {
      if (isSchema && plain.has(keyword)) continue;
      this.collect(inner, base, !(isSchema && named.has(keyword)));
    }
  }
}

function resolved(reference: string, base: string): string {
  return URL.canParse(reference, base) ? new URL(reference, base).href : reference;
}

function split(address: string): readonly [string, string] {
  const hash = address.indexOf('#');
  return hash < 0 ? [address, ''] : [address.slice(0, hash), decoded(address.slice(hash + 1))];
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

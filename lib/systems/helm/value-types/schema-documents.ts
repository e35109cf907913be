import { isJsonObject, type Json, type JsonObject } from '../../../json/json';
import { parseForeign } from '../../../json/parse';

/** A schema and the address that the references in it are relative to. */
export interface FoundSchema {
  readonly schema: Json;
  readonly base: string;
  /** Its address: the same for the same schema. */
  readonly address: string;
}

const root = 'chart:///';

/**
 * The JSON Schemas in a chart's files, by address: a reference to another file, or to an address that a schema in the chart gives
 * itself by `$id`, leads to them. No other is read: nothing here knows a network.
 */
export class SchemaDocuments {
  /** By address, without what follows `#`. */
  private readonly known = new Map<string, Json>();
  /** Addresses that files give themselves, with those of the files: what lies beside one lies beside the other. */
  private readonly given: { readonly id: string; readonly file: string }[] = [];

  constructor(private readonly files: ReadonlyMap<string, string>) {
    for (const [path, text] of files) {
      if (!path.endsWith('.json') || !/"(?:\$id|\$schema|id)"/.test(text)) continue;
      const schema = parseForeign(text);
      if (schema !== undefined) this.add(schema, root + path, 0);
    }
  }

  /** The schema of a file; undefined where it is none. */
  file(path: string): FoundSchema | undefined {
    const text = this.files.get(path);
    const schema = text === undefined ? undefined : parseForeign(text);
    return schema === undefined ? undefined : { schema, base: baseOf(schema, root + path), address: root + path };
  }

  /** Where a `$ref` leads; undefined where that is not in the chart. */
  resolve(ref: string, base: string): FoundSchema | undefined {
    if (!URL.canParse(ref, base)) return undefined;
    const url = new URL(ref, base);
    const fragment = decode(url.hash.slice(1));
    url.hash = '';
    const document = this.document(url.href);
    if (document === undefined) return undefined;
    const found =
      fragment === '' || fragment.startsWith('/')
        ? pointed(document, url.href, fragment)
        : named(document, fragment, 0);
    return found === undefined ? undefined : { base: url.href, ...found, address: `${url.href}#${fragment}` };
  }

  private document(href: string): Json | undefined {
    const known = this.known.get(href);
    if (known !== undefined) return known;
    for (const { id, file } of [{ id: root, file: root }, ...this.given]) {
      const folder = new URL('.', id).href;
      if (!href.startsWith(folder)) continue;
      const path = decode(new URL('.', file).href.slice(root.length) + href.slice(folder.length));
      const text = this.files.get(path);
      const schema = text === undefined ? undefined : parseForeign(text);
      if (schema === undefined) continue;
      this.known.set(href, schema);
      return schema;
    }
    return undefined;
  }

  /** Notes a schema with all those in it that have an address of their own. */
  private add(schema: Json, base: string, depth: number): void {
    if (depth > 60 || typeof schema !== 'object' || schema === null) return;
    const own = baseOf(schema, base);
    if (own !== base || depth === 0) this.known.set(own, schema);
    if (depth === 0) {
      this.known.set(base, schema);
      if (own !== base) this.given.push({ id: own, file: base });
    }
    for (const inner of Object.values(schema)) this.add(inner as Json, own, depth + 1);
  }
}

/** The address that a schema gives itself (`$id`; `id` before draft 6), or the one around it. */
export function baseOf(schema: Json, base: string): string {
  if (!isJsonObject(schema)) return base;
  const id = schema.$id ?? (typeof schema.$schema === 'string' ? schema.id : undefined);
  if (typeof id !== 'string' || id.startsWith('#') || !URL.canParse(id, base)) return base;
  const url = new URL(id, base);
  url.hash = '';
  return url.href;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** What a JSON Pointer (RFC 6901) leads to. */
function pointed(document: Json, base: string, pointer: string): Omit<FoundSchema, 'address'> | undefined {
  let schema: Json | undefined = document;
  let at = baseOf(document, base);
  for (const step of pointer.split('/').slice(1)) {
    const key = step.replaceAll('~1', '/').replaceAll('~0', '~');
    if (typeof schema !== 'object' || schema === null || !Object.hasOwn(schema, key)) return undefined;
    schema = (schema as JsonObject)[key];
    if (schema !== undefined) at = baseOf(schema, at);
  }
  return schema === undefined ? undefined : { schema, base: at };
}

/** The schema in a document that gives itself a name: `$anchor`, or `$id: "#name"` before 2019-09. */
function named(document: Json, name: string, depth: number): { schema: Json } | undefined {
  if (depth > 60 || typeof document !== 'object' || document === null) return undefined;
  if (
    isJsonObject(document) &&
    (document.$anchor === name || document.$id === `#${name}` || document.id === `#${name}`)
  ) {
    return { schema: document };
  }
  for (const inner of Object.values(document)) {
    const found = named(inner as Json, name, depth + 1);
    if (found !== undefined) return found;
  }
  return undefined;
}

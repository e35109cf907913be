import { ApiObject, JsonPatch, resolve } from 'cdk8s';
import type { Construct } from 'constructs';
import { isJsonObject, type Json, type JsonObject } from '../json/json';
import { isRecord } from '../tree/yaml/refuse';
import { merge } from './merge';

// By name: main.ts may load two copies of this library, and cdk8s takes every ApiObject for an instance of each class of it.
const VERBATIM = Symbol.for('cdk8s-espalier.verbatim');

/** An object whose fields are written as they were given, in their order: none added, none that is empty or null left out. */
export class VerbatimObject extends ApiObject {
  private readonly document: JsonObject;
  private readonly jsonPatches: JsonPatch[] = [];

  /** @param name what cdk8s calls it; it is written only where the document has it */
  constructor(scope: Construct, id: string, document: JsonObject, name: string) {
    const { apiVersion, kind, metadata } = document as { apiVersion: string; kind: string; metadata?: JsonObject };
    const { namespace, labels, annotations } = isJsonObject(metadata) ? metadata : {};
    // What may change it later, such as an Aspect, finds these.
    const known = { namespace, labels: mapOf(labels), annotations: mapOf(annotations), name };
    super(scope, id, { apiVersion, kind, metadata: known as never });
    this.document = document;
    Object.defineProperty(this, VERBATIM, { value: true });
  }

  override addJsonPatch(...patches: JsonPatch[]): void {
    this.jsonPatches.push(...patches);
  }

  override toJson(): JsonObject {
    const document = this.resolved(this.document, []) as JsonObject;
    // Labels, annotations and what else was added to it since.
    const { name: _name, namespace: _namespace, ...more } = (this.metadata.toJson() ?? {}) as JsonObject;
    const whole =
      Object.keys(more).length === 0 ? document : merge<JsonObject>(document, { metadata: more } as JsonObject);
    return this.jsonPatches.length === 0 ? whole : (JsonPatch.apply(whole, ...this.jsonPatches) as JsonObject);
  }

  /** Not by cdk8s alone: it takes a map with a key `constructor` for an instance of a class. */
  private resolved(value: unknown, path: readonly string[]): unknown {
    if (Array.isArray(value)) return value.map((item, i) => this.resolved(item, [...path, String(i)]));
    if (typeof value === 'object' && value !== null && isRecord(value)) {
      const fields = Object.entries(value).filter(([, item]) => item !== undefined);
      return Object.fromEntries(fields.map(([key, item]) => [key, this.resolved(item, [...path, key])]));
    }
    return resolve([...path], value, this);
  }
}

export function isVerbatim(object: ApiObject): object is VerbatimObject {
  return VERBATIM in object;
}

/** What cdk8s can keep of a map: a key that all objects have, such as `constructor`, it stumbles over. */
function mapOf(value: Json | undefined): JsonObject | undefined {
  return isJsonObject(value) ? Object.fromEntries(Object.entries(value).filter(([key]) => !(key in {}))) : undefined;
}

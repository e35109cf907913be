import { isJsonObject, type Json, type JsonObject } from '../../json/json';
import { readDefinition } from './definition';
import { jsonSchemaKind, structural } from './json-schema';
import { type OpenApi, ownKinds } from './openapi';
import { inside } from './parts';
import type { Schema } from './schema';

/** A file that keeps what a kind looks like. */
export interface KeptFile {
  /** Below the folder of schemas: `{group}/{kind}.json` of a definition, `{group}/{kind}_{version}.json` of a JSON Schema. */
  readonly path: string;
  readonly content: JsonObject;
  readonly group: string;
  /** The kind; in lower case where nobody says how it is written. */
  readonly name: string;
  readonly versions: readonly string[];
}

/**
 * What is kept of a document: a CustomResourceDefinition, a JSON Schema whose name tells its kind, or OpenAPI, of which a definition is
 * made for each kind. Of a definition it is the versions that are served, without descriptions and status.
 *
 * @param origin a path or URL that may end in `{group}/{kind}_{version}.json`
 */
export function keptFiles(origin: string, value: JsonObject): KeptFile[] {
  const definition = readDefinition(value);
  if (definition !== undefined) {
    const { scope } = value.spec as JsonObject;
    return [kept(definition.group, definition.kind, scope, definition.versions)];
  }
  const openApi = openApiOf(value);
  if (openApi !== undefined) return ofOpenApi(openApi);
  const named = jsonSchemaKind(origin);
  if (named === undefined || !isSchema(value)) return [];
  const { group, kind, version } = named;
  const path = `${group || 'core'}/${kind}_${version}.json`;
  return isPlain(path) ? [{ path, content: withoutProse(value), group, name: kind, versions: [version] }] : [];
}

function kept(
  group: string,
  kind: string,
  scope: Json | undefined,
  versions: readonly { readonly name: string; readonly schema: Schema; readonly deprecated?: boolean }[],
): KeptFile {
  const content = {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    spec: {
      group,
      names: { kind },
      ...(scope !== undefined && { scope }),
      versions: versions.map(({ name, schema, deprecated }) => ({
        name,
        served: true,
        ...(deprecated && { deprecated }),
        schema: { openAPIV3Schema: withoutStatus(withoutProse(schema)) },
      })),
    },
  };
  return {
    path: `${group || 'core'}/${kind.toLowerCase()}.json`,
    content: content as unknown as JsonObject,
    group,
    name: kind,
    versions: versions.map(({ name }) => name),
  };
}

/** OpenAPI 2 and 3 name their definitions in different places, and 3 wraps references that have a description beside them. */
function openApiOf(value: JsonObject): OpenApi | undefined {
  const components = isJsonObject(value.components) ? value.components.schemas : undefined;
  const isOpenApi = value.swagger !== undefined || value.openapi !== undefined;
  const definitions = isOpenApi ? (value.definitions ?? components) : undefined;
  if (!isJsonObject(definitions)) return undefined;
  const unwrapped = (part: Json): Json => {
    if (Array.isArray(part)) return part.map(unwrapped);
    if (!isJsonObject(part)) return part;
    const [only, ...others] = Array.isArray(part.allOf) ? part.allOf : [];
    if (isJsonObject(only) && typeof only.$ref === 'string' && others.length === 0) return unwrapped(only);
    const fields = Object.entries(part).map(([name, field]) => [
      name,
      name === '$ref' && typeof field === 'string'
        ? field.replace('#/components/schemas/', '#/definitions/')
        : unwrapped(field),
    ]);
    return Object.fromEntries(fields);
  };
  return { minor: 0, definitions: unwrapped(definitions) as unknown as OpenApi['definitions'] };
}

function ofOpenApi(openApi: OpenApi): KeptFile[] {
  const byKind = new Map<string, ReturnType<typeof ownKinds>>();
  for (const one of ownKinds([openApi])) {
    const name = `${one.group}/${one.kind}`;
    byKind.set(name, [...(byKind.get(name) ?? []), one]);
  }
  return [...byKind.values()].map((versions) => {
    const [{ group, kind } = { group: '', kind: '' }] = versions;
    const schemas = versions.map(({ version, schema }) => ({
      name: version,
      schema: withoutCommon(structural(schema)),
    }));
    return kept(group, kind, undefined, schemas);
  });
}

/** What every object has is known. */
function withoutCommon(schema: Schema): Schema {
  const { apiVersion, kind, metadata, ...properties } = schema.properties ?? {};
  return { ...schema, properties };
}

function isSchema(value: JsonObject): boolean {
  return isJsonObject(value.properties) || value.type === 'object' || value.$ref !== undefined;
}

/** A path of plain names, whatever a document calls its group and kind. */
export function isPlain(path: string): boolean {
  return /^[a-z0-9][a-z0-9.-]*\/[a-z0-9]+(?:_v[a-z0-9]+)?\.json$/.test(path);
}

const prose = ['description', 'title', 'example', 'externalDocs', '$schema', '$id'];
const ofOpenApis = ['group-version-kind', 'patch-strategy', 'patch-merge-key'].map((name) => `x-kubernetes-${name}`);

/** Without what people wrote for people; what a rule says when it is broken stays. */
function withoutProse<T extends Schema | JsonObject>(schema: T): T {
  if (!isJsonObject(schema as Json)) return schema;
  const { definitions, $defs, ...rest } = inside(schema as Schema, withoutProse) as Schema & Record<string, Json>;
  const left = Object.entries(rest).filter(([keyword]) => ![...prose, ...ofOpenApis].includes(keyword));
  const shared = Object.entries({ definitions, $defs }).flatMap(([name, parts]) =>
    isJsonObject(parts)
      ? [[name, Object.fromEntries(Object.entries(parts).map(([key, part]) => [key, withoutProse(part as Schema)]))]]
      : [],
  );
  return Object.fromEntries([...left, ...shared]) as T;
}

/** Flux does not write it, and it is as long as the rest. */
function withoutStatus(schema: Schema): Schema {
  if (schema.properties?.status === undefined) return schema;
  const { status: _, ...properties } = schema.properties;
  return { ...schema, properties };
}

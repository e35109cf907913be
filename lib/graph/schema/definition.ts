import { isJsonObject, type Json, type JsonObject } from '../../json/json';
import { compareVersions } from '../../systems/api-version';
import type { Schema } from './schema';

/** What a CustomResourceDefinition says of its kind. */
export interface Definition {
  readonly group: string;
  readonly kind: string;
  readonly clusterScoped: boolean | undefined;
  /** Those that are served, with their schemas; the best last. */
  readonly versions: readonly { readonly name: string; readonly schema: Schema; readonly deprecated: boolean }[];
}

/** Reads a CustomResourceDefinition; undefined when the object is none, or lacks a group or kind. */
export function readDefinition({ apiVersion, kind, spec }: JsonObject): Definition | undefined {
  if (apiVersion !== 'apiextensions.k8s.io/v1' || kind !== 'CustomResourceDefinition') return undefined;
  if (!isJsonObject(spec) || !isJsonObject(spec.names) || !Array.isArray(spec.versions)) return undefined;
  const { group, scope, names } = spec;
  if (typeof group !== 'string' || typeof names.kind !== 'string') return undefined;
  const versions = (spec.versions as readonly Json[]).filter(isJsonObject).filter(({ served }) => served === true);
  return {
    group,
    kind: names.kind,
    clusterScoped: scope === 'Cluster' || (scope === 'Namespaced' ? false : undefined),
    versions: versions
      .map(({ name, schema, deprecated }) => {
        const root = isJsonObject(schema) && isJsonObject(schema.openAPIV3Schema) ? schema.openAPIV3Schema : {};
        const open = spec.preserveUnknownFields === true && { 'x-kubernetes-preserve-unknown-fields': true };
        return { name: String(name), schema: { ...root, ...open } as Schema, deprecated: deprecated === true };
      })
      .sort((a, b) => compareVersions(a.name, b.name)),
  };
}

/**
 * The schema of a whole object: what every object has stands in no definition. Its status is taken as given: Flux does not own
 * it, and what definitions leave in theirs is no fault of the tree's author.
 */
export function resource(schema: Schema, objectMeta: Schema | undefined): Schema {
  const fields = isJsonObject(schema.properties as Json | undefined) ? schema.properties : {};
  const metadata = objectMeta && {
    ...objectMeta,
    properties: { ...objectMeta.properties, ...narrowed(objectMeta, fields?.metadata) },
  };
  return {
    ...schema,
    properties: {
      apiVersion: { type: 'string' },
      kind: { type: 'string' },
      ...fields,
      metadata: metadata ?? { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
      status: { 'x-kubernetes-preserve-unknown-fields': true },
    },
  };
}

/** A definition may restrict the name, and nothing else of the metadata. */
function narrowed(objectMeta: Schema, given: Schema | undefined): Record<string, Schema> {
  const names = ['name', 'generateName'].filter((name) => isJsonObject(given?.properties?.[name] as Json | undefined));
  return Object.fromEntries(
    names.map((name) => [name, { ...objectMeta.properties?.[name], ...given?.properties?.[name] }]),
  );
}

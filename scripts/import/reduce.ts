import { EspalierError } from '../../lib/errors';
import { compareVersions } from '../../lib/systems/api-version';
import type { Definition } from './sources';

/** An OpenAPI v3 schema as a custom resource definition holds it. */
export type Schema = { readonly [keyword: string]: unknown };

interface Version {
  readonly name: string;
  readonly served: boolean;
  readonly storage: boolean;
  readonly deprecated?: boolean;
  readonly schema?: { readonly openAPIV3Schema: Schema };
}

/** The facts of one kind's API, as a definition that Kubernetes would accept too. */
export interface Facts {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly spec: {
    readonly group: unknown;
    readonly names: unknown;
    readonly scope: unknown;
    readonly versions: readonly Version[];
  };
}

/** Written by people for people; everything else in a schema is a fact that a checker may need. */
const prose = new Set(['description', 'title', 'example', 'externalDocs']);

/** Takes any object, unchecked: its fields are not described here. */
const asGiven: Schema = { type: 'object', 'x-kubernetes-preserve-unknown-fields': true };

/**
 * Objects of which only some fields keep their schema; the names of the others stay, so that a misspelt one is still
 * unknown, and their values are taken as given. Forty secret providers and the pod template are nine tenths of all
 * schemas.
 */
const typedFields: Readonly<Record<string, { readonly at: readonly string[]; readonly typed: readonly string[] }>> = {
  'secretstores.external-secrets.io': { at: ['spec', 'provider'], typed: ['fake', 'kubernetes', 'vault'] },
  'clustersecretstores.external-secrets.io': { at: ['spec', 'provider'], typed: ['fake', 'kubernetes', 'vault'] },
  'poolers.postgresql.cnpg.io': { at: ['spec', 'template'], typed: ['metadata'] },
};

/** Reduces a definition to the facts that imports/*.ts are made from; what is reduced already stays as it is. */
export function reduce(definition: Definition): Facts {
  return lean(facts(definition));
}

/** All facts of a definition's served versions. */
export function facts({ origin, manifest }: Definition): Facts {
  const name = manifest.metadata?.name ?? '';
  const { group, names, scope, versions } = manifest.spec ?? {};
  const served = (Array.isArray(versions) ? (versions as Version[]) : []).filter((version) => version.served);
  if (served.length === 0) throw new EspalierError(`${origin}: ${name} serves no version`);
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name },
    spec: {
      group,
      names,
      scope,
      // cdk8s names the first version's class after the kind alone, the others' with the version.
      versions: served
        .sort((a, b) => compareVersions(b.name, a.name))
        .map((version) => versionFacts(origin, name, version)),
    },
  };
}

function versionFacts(origin: string, crd: string, { name, storage, deprecated, schema }: Version): Version {
  const root = schema?.openAPIV3Schema;
  if (!root) throw new EspalierError(`${origin}: ${crd}: version ${name} has no schema (spec.versions[].schema)`);
  return {
    name,
    served: true,
    storage,
    ...(deprecated && { deprecated }),
    schema: { openAPIV3Schema: reduceSchema(root) },
  };
}

function lean(facts: Facts): Facts {
  const versions = facts.spec.versions.map((version) => ({
    ...version,
    schema: { openAPIV3Schema: leanSchema(facts.metadata.name, version.schema?.openAPIV3Schema ?? {}) },
  }));
  return { ...facts, spec: { ...facts.spec, versions } };
}

/** Only the names of a status's fields, and of those that few people write, matter to who writes an object. */
export function leanSchema(crd: string, schema: Schema): Schema {
  const given = mapFields(schema, (field, value) => (field === 'status' ? asGiven : value));
  const { at, typed } = typedFields[crd] ?? { at: [], typed: [] };
  if (at.length === 0) return given;
  return inField(given, at, (part) => mapFields(part, (field, value) => (typed.includes(field) ? value : asGiven)));
}

function reduceSchema(schema: Schema): Schema {
  return Object.fromEntries(
    Object.entries(schema)
      .filter(([keyword]) => !prose.has(keyword))
      .map(([keyword, value]) => [keyword, reduceKeyword(keyword, value)]),
  );
}

/** Goes only where a schema holds schemas: a *property* named description or title is a fact. */
function reduceKeyword(keyword: string, value: unknown): unknown {
  switch (keyword) {
    case 'properties':
      return Object.fromEntries(
        Object.entries(value as Schema).map(([name, field]) => [name, reduceSchema(field as Schema)]),
      );
    case 'items':
    case 'additionalProperties':
    case 'not':
      return typeof value === 'object' ? reduceSchema(value as Schema) : value;
    case 'allOf':
    case 'anyOf':
    case 'oneOf':
      return (value as Schema[]).map(reduceSchema);
    case 'x-kubernetes-validations':
      return (value as Schema[]).map(({ message, ...rule }) => rule);
    default:
      return value;
  }
}

function mapFields(schema: Schema, change: (field: string, value: Schema) => Schema): Schema {
  if (!schema.properties) return schema;
  const fields = Object.entries(schema.properties as Record<string, Schema>);
  return { ...schema, properties: Object.fromEntries(fields.map(([field, value]) => [field, change(field, value)])) };
}

function inField(schema: Schema, path: readonly string[], change: (schema: Schema) => Schema): Schema {
  const [head, ...rest] = path;
  if (head === undefined) return change(schema);
  return mapFields(schema, (field, value) => (field === head ? inField(value, rest, change) : value));
}

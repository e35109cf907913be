import type { Schema } from '../../lib/graph/schema/schema';
import { builtinSchema } from './builtins';
import { type Facts, facts } from './reduce';
import { share, sorted } from './share';
import type { Builtin, Definition } from './sources';

/** Where the schemas of several kinds have what they share. */
export const sharedFile = 'definitions.json';

/** Kinds whose objects live in no namespace; the catalog does not tell. */
const clusterScoped = ['ClusterRole', 'ClusterRoleBinding', 'CustomResourceDefinition', 'Namespace', 'StorageClass'];

/** The files of imports/schemas/ that hold Kubernetes' own kinds. */
export function builtinFiles(builtins: readonly Builtin[]): Map<string, string> {
  const schemas = new Map(builtins.map((builtin) => [builtin, builtinSchema(builtin.schema)] as const));
  const [metadata] = [...schemas.values()].map(({ properties }) => properties?.metadata);
  const byName = new Map(
    [...schemas].map(([builtin, schema]) => [schemaFile(builtin.group, builtin.kind), withoutCommon(schema)]),
  );
  const named = new Map<string, Schema>(metadata ? [['ObjectMeta', metadata]] : []);
  const { schemas: left, definitions } = share(
    new Map([...byName, ...named]),
    (name) => `${sharedFile}#/$defs/${name}`,
    named,
  );
  return new Map([
    [sharedFile, print({ $defs: Object.fromEntries(definitions) })],
    ...builtins.map(({ group, kind, version }): [string, string] => {
      const file = schemaFile(group, kind);
      const scope = clusterScoped.includes(kind) ? 'Cluster' : 'Namespaced';
      return [file, print({ group, kind, scope, versions: { [version]: left.get(file) } })];
    }),
  ]);
}

/** The file of imports/schemas/ that holds a custom resource's kind: all that its definition says. */
export function definitionFile(definition: Definition): [string, string] {
  const { spec } = facts(definition) as Facts & { spec: { group: string; scope: string; names: { kind: string } } };
  const schemas = new Map(
    spec.versions.map(({ name, schema }) => [name, withoutCommon((schema?.openAPIV3Schema ?? {}) as Schema)]),
  );
  const { schemas: versions, definitions } = share(schemas, (name) => `#/$defs/${name}`);
  const { group, scope, names } = spec;
  const $defs = Object.fromEntries(definitions);
  return [
    schemaFile(group, names.kind),
    print({ group, kind: names.kind, scope, versions: Object.fromEntries(versions), $defs }),
  ];
}

export function schemaFile(group: string, kind: string): string {
  return `${group || 'core'}_${kind.toLowerCase()}.json`;
}

/** Without what every object has, and without its status: the checker knows the one, and does not look at the other. */
function withoutCommon(schema: Schema): Schema {
  const { apiVersion, kind, status, metadata, ...properties } = schema.properties ?? {};
  // A definition may restrict the name.
  return { ...schema, properties: { ...properties, ...(metadata?.properties?.name && { metadata }) } };
}

const longest = 120;

/** JSON with sorted keys; what fits on a line takes one. */
function print(value: object): string {
  const lines = (part: unknown, indent: string): string => {
    const text = JSON.stringify(part, sorted);
    if (typeof part !== 'object' || part === null || indent.length + text.length < longest) return text;
    const inner = `${indent} `;
    if (Array.isArray(part)) return `[\n${part.map((item) => inner + lines(item, inner)).join(',\n')}\n${indent}]`;
    const fields = Object.entries(sorted('', part) as object);
    const entries = fields.map(([key, item]) => `${inner}${JSON.stringify(key)}: ${lines(item, inner)}`);
    return `{\n${entries.join(',\n')}\n${indent}}`;
  };
  return `${lines(value, '')}\n`;
}

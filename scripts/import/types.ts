import type { Pack } from '../../lib/graph/schema/pack';
import type { Schema as Packed } from '../../lib/graph/schema/schema';
import { propertyName, quoted, wrap } from '../../lib/report/typescript';
import { whole } from './pack';
import type { Schema } from './reduce';

/** Objects that definitions have again and again, by the names of their fields. */
const shared: Readonly<Record<string, string>> = {
  'key,name,namespace': 'SecretKeySelector',
  'audiences,name,namespace': 'ServiceAccountSelector',
  'key,name,namespace,type': 'AuthoritySelector',
};

const declarations = `/** A key of a Secret. */
export interface SecretKeySelector {
  readonly key?: string;
  readonly name?: string;
  readonly namespace?: string;
}

/** A service account. */
export interface ServiceAccountSelector {
  readonly audiences?: readonly string[];
  readonly name: string;
  readonly namespace?: string;
}

/** A key of a Secret or a ConfigMap that holds certificates of an authority. */
export interface AuthoritySelector {
  readonly key?: string;
  readonly name: string;
  readonly namespace?: string;
  readonly type: 'Secret' | 'ConfigMap';
}
`;

/** Files of types alone, below imports/, made from parts of definitions that would be many classes. */
const made = [
  {
    file: 'external-secrets/store-providers.ts',
    name: 'SecretStoreProviders',
    says: 'spec.provider of a SecretStore and of a ClusterSecretStore.',
    of: ['external-secrets.io', 'secretstore', 'v1'],
    at: ['spec', 'provider'],
  },
] as const;

/**
 * Such files as text, by their path below imports/. Fields have the API's own names; types alone cost nothing to load.
 *
 * @param pack what the checker knows: imports/schemas.br
 */
export function typesIn(pack: Pack): Map<string, string> {
  return new Map(
    made.flatMap(({ file, name, says, of: [group, kind, version], at }): (readonly [string, string])[] => {
      const packed = pack.schema(pack.find(group, kind)?.versions[version]?.schema ?? '') ?? {};
      const part = at.reduce<Packed>((schema, field) => schema.properties?.[field] ?? {}, whole(packed, pack.schema));
      return part.properties === undefined ? [] : [[file, typesOf(name, says, part as Schema)]];
    }),
  );
}

function typesOf(name: string, says: string, schema: Schema): string {
  return [
    '// Made by `npm run import`; nobody edits it.\n',
    declarations,
    `/** ${says} */\nexport interface ${name} ${objectType(schema, '')}\n`,
  ].join('\n');
}

function typeOf(schema: Schema, indent: string): string {
  const { type, enum: values, items, additionalProperties, properties } = schema as Readonly<Record<string, unknown>>;
  if (Array.isArray(values)) return values.map((value) => quoted(String(value))).join(' | ');
  if (type === 'array') return `readonly ${wrap(typeOf((items ?? {}) as Schema, indent), true)}[]`;
  if (type === 'integer' || type === 'number') return 'number';
  if (type === 'string' || type === 'boolean') return type;
  if (type !== 'object') return 'unknown';
  if (typeof additionalProperties === 'object')
    return `{ readonly [name: string]: ${typeOf(additionalProperties as Schema, indent)} }`;
  if (properties === undefined) return 'Readonly<Record<string, unknown>>';
  return (
    shared[
      Object.keys(properties as object)
        .sort()
        .join()
    ] ?? objectType(schema, indent)
  );
}

function objectType({ properties, required }: Schema, indent: string): string {
  const inner = `${indent}  `;
  const fields = Object.entries(properties as Readonly<Record<string, Schema>>).sort(([a], [b]) => (a < b ? -1 : 1));
  const lines = fields.map(([name, field]) => {
    const says = field.default === undefined ? '' : `${inner}/** @default ${JSON.stringify(field.default)} */\n`;
    // What has a default gets it before anybody asks whether it is there.
    const isNeeded = (required as readonly string[] | undefined)?.includes(name) && field.default === undefined;
    return `${says}${inner}readonly ${propertyName(name)}${isNeeded ? '' : '?'}: ${typeOf(field, inner)};\n`;
  });
  return `{\n${lines.join('')}${indent}}`;
}

import { structural } from '../../lib/graph/schema/json-schema';
import { ownKinds } from '../../lib/graph/schema/openapi';
import type { PackedKind } from '../../lib/graph/schema/pack';
import { inside } from '../../lib/graph/schema/parts';
import type { Schema } from '../../lib/graph/schema/schema';
import { compareVersions } from '../../lib/systems/api-version';
import { refine } from './builtins';
import { type Facts, facts } from './reduce';
import type { Definition, SchemaSources } from './sources';

/** What the checker knows of a kind. */
export interface Kind {
  readonly group: string;
  /** In lower case where nobody says how it is written. */
  readonly kind: string;
  readonly scope?: PackedKind['scope'];
  readonly catalog?: true;
  readonly versions: ReadonlyMap<string, Version>;
}

export interface Version {
  readonly schema: Schema;
  readonly deprecated?: true;
  readonly since?: number;
  readonly until?: number;
}

/** All kinds, sorted, and what the metadata of every object may hold. */
export function kindsOf({ definitions, openApis, catalog }: SchemaSources): { kinds: Kind[]; metadata: Schema } {
  const kinds = new Map<string, Kind>();
  const keyOf = ({ group, kind }: Pick<Kind, 'group' | 'kind'>) => `${group}/${kind.toLowerCase()}`;
  for (const kind of definitions.map(definedKind)) if (!kinds.has(keyOf(kind))) kinds.set(keyOf(kind), kind);
  const add = (one: Omit<Kind, 'versions'>, name: string, version: Version): void => {
    const versions = new Map([...(kinds.get(keyOf(one))?.versions ?? []), [name, version]]);
    kinds.set(keyOf(one), { ...one, versions });
  };
  let metadata: Schema = {};
  for (const { group, kind, version, since, until, schema } of ownKinds(openApis)) {
    const whole = lean(refine(structural(schema)));
    metadata = whole.properties?.metadata ?? metadata;
    const own = { schema: withoutCommon(whole), ...(since && { since }), ...(until && { until }) };
    add({ group, kind }, version, own);
  }
  for (const { group, kind, version, schema } of catalog) {
    const known = kinds.get(keyOf({ group, kind }));
    if (known !== undefined && known.catalog !== true) continue;
    add({ group, kind, catalog: true }, version, { schema: withoutCommon(lean(structural(schema))) });
  }
  const sorted = [...kinds].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, kind]) => kind);
  return { kinds: sorted.map((kind) => ({ ...kind, versions: inOrder(kind.versions) })), metadata };
}

/** Those of a custom resource: all that its definition says. */
function definedKind(definition: Definition): Kind {
  const { spec } = facts(definition) as Facts & {
    spec: { group: string; scope: Kind['scope']; names: { kind: string } };
  };
  const versions = spec.versions.map(({ name, schema, deprecated }): [string, Version] => {
    const own = withFluxOperator(spec.group, withoutCommon(lean((schema?.openAPIV3Schema ?? {}) as Schema)));
    return [name, { schema: own, ...(deprecated && { deprecated }) }];
  });
  return { group: spec.group, kind: spec.names.kind, scope: spec.scope, versions: new Map(versions) };
}

/**
 * The Flux Operator adds its own kinds to those that Alerts and Receivers may name.
 *
 * Source: controlplaneio-fluxcd/flux-operator 0.58, internal/builder/templates.go (notificationPatchTmpl)
 */
function withFluxOperator(group: string, schema: Schema): Schema {
  if (group !== 'notification.toolkit.fluxcd.io') return schema;
  const inner = inside(schema, (part) => withFluxOperator(group, part));
  if (!inner.enum?.includes('HelmChart')) return inner;
  return { ...inner, enum: [...inner.enum, 'FluxInstance', 'ResourceSet', 'ResourceSetInputProvider'] };
}

function inOrder(versions: Kind['versions']): Kind['versions'] {
  return new Map([...versions].sort(([a], [b]) => compareVersions(a, b)));
}

/** Without what every object has, and without its status: the checker knows the one, and does not look at the other. */
function withoutCommon(schema: Schema): Schema {
  const { apiVersion, kind, status, metadata, ...properties } = schema.properties ?? {};
  const { name, ownerReferences } = metadata?.properties ?? {};
  // A definition may restrict the name.
  return { ...schema, properties: { ...properties, ...(name && !ownerReferences && { metadata }) } };
}

/** What people wrote for people, and what says only how two appliers share a value. */
const unused = ['description', 'title', 'example', 'externalDocs', '$id', 'x-kubernetes-map-type'];
const ofPatches = ['x-kubernetes-patch-strategy', 'x-kubernetes-patch-merge-key', 'x-kubernetes-group-version-kind'];

function lean(schema: Schema): Schema {
  const left = Object.entries(inside(schema, lean)).filter(
    ([keyword, value]) =>
      ![...unused, ...ofPatches].includes(keyword) && !(keyword === 'x-kubernetes-list-type' && value === 'atomic'),
  );
  const { 'x-kubernetes-validations': rules, ...rest } = Object.fromEntries(left) as Schema;
  return { ...rest, ...(rules && { 'x-kubernetes-validations': rules.map(({ message, ...rule }) => rule) }) };
}

import { isJsonObject, type Json, type JsonObject } from '../../json/json';
import { list } from './node';
import type { Schema } from './schema';

/** Which kind a file of JSON Schema is of, by the layouts of flux-schema and kubeconform; undefined when it follows none. */
export function jsonSchemaKind(path: string): { group: string; kind: string; version: string } | undefined {
  const found = /(?:^|\/)(?<group>[a-z0-9.-]+)[/_](?<kind>[a-z0-9]+)_(?<version>v[a-z0-9]+)\.json$/.exec(
    path.toLowerCase(),
  );
  const { group = '', kind, version } = found?.groups ?? {};
  return kind && version ? { group: group === 'core' ? '' : group, kind, version } : undefined;
}

/**
 * A JSON Schema as a structural one. The two differ in what they leave unsaid: there an object takes any field, here none.
 */
export function structural(root: JsonObject): Schema {
  const inside = new Set<string>();
  const convert = (given: Json): Schema => {
    if (!isJsonObject(given)) return anything;
    if (typeof given.$ref === 'string') return { ...follow(given.$ref), ...lifetime(given) };
    const { type, oneOf, additionalProperties, properties, items, const: only, ...rest } = given;
    const members = list(oneOf as readonly Json[] | undefined);
    const named = members.map((member) =>
      isJsonObject(member) && Object.keys(member).length === 1 ? member.type : undefined,
    );
    const union = named.length > 0 && named.every((name) => typeof name === 'string');
    const all = union ? named : typeof type === 'string' ? [type] : list(type as readonly Json[] | undefined);
    const names = all.filter((name) => name !== 'null');
    const isObject = names.includes('object') || isJsonObject(properties);
    const open =
      isObject &&
      (additionalProperties === undefined || additionalProperties === true || isEmpty(additionalProperties));
    return {
      ...(rest as Schema),
      ...(names.length > 0 && { type: (names.length === 1 ? names[0] : names) as string }),
      ...(names.length < all.length && { nullable: true }),
      ...(only !== undefined && { enum: [only] }),
      ...(isJsonObject(properties) && { properties: convertEach(properties) }),
      ...(isJsonObject(additionalProperties) && !open && { additionalProperties: convert(additionalProperties) }),
      ...(items !== undefined && { items: convert(items) }),
      ...combinations(given, union ? [] : members),
      ...((open || (names.length === 0 && !isJsonObject(properties))) && {
        'x-kubernetes-preserve-unknown-fields': true,
      }),
    };
  };
  const convertEach = (fields: JsonObject) =>
    Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, convert(field)]));
  const combinations = ({ allOf, anyOf, not }: JsonObject, oneOf: readonly Json[]) => ({
    ...(allOf !== undefined && { allOf: list(allOf as readonly Json[]).map(convert) }),
    ...(anyOf !== undefined && { anyOf: list(anyOf as readonly Json[]).map(convert) }),
    ...(oneOf.length > 0 && { oneOf: oneOf.map(convert) }),
    ...(not !== undefined && { not: convert(not) }),
  });
  const follow = (ref: string): Schema => {
    const path = ref.startsWith('#/') ? ref.slice(2).split('/') : [];
    const target = path.reduce<Json | undefined>(
      (value, step) => (isJsonObject(value) && Object.hasOwn(value, step) ? value[step] : undefined),
      root,
    );
    // A schema that holds itself goes on as long as its objects do: there it is taken as given.
    if (target === undefined || inside.has(ref)) return anything;
    inside.add(ref);
    const schema = convert(target);
    inside.delete(ref);
    return schema;
  };
  return convert(root);
}

/** What stands beside a reference. */
function lifetime({ 'x-since': since, 'x-until': until }: JsonObject): Schema {
  return {
    ...(typeof since === 'number' && { 'x-since': since }),
    ...(typeof until === 'number' && { 'x-until': until }),
  };
}

const anything: Schema = { 'x-kubernetes-preserve-unknown-fields': true };

function isEmpty(value: Json): boolean {
  return isJsonObject(value) && Object.keys(value).length === 0;
}

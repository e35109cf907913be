import type { SourceDocument } from '../tree/source/source';
import { isJsonObject, type Json, type JsonObject } from '../tree/tree';
import { groupVersion, isObject } from './identity';
import { copiesObject, hidden, isCredentialName, maskedText, optionBefore } from './masking';
import type { Resource } from './resource';
import { display } from './substitution';

/** Whether all that a document holds is secret: a Secret, and whatever SOPS has encrypted. */
export function isSecret({ value, encrypted }: Pick<SourceDocument, 'value' | 'encrypted'>): boolean {
  return encrypted || (isObject(value) && value.kind === 'Secret' && groupVersion(value.apiVersion).group === '');
}

/**
 * An object as it may be shown: the values of Secrets and of encrypted documents, literal credentials and copies of objects in
 * annotations are `(hidden)`, what substitution leaves unknown is as its author wrote it. Rather more is hidden than less.
 */
export function redact({
  value,
  group,
  kind,
  document,
}: Pick<Resource, 'value' | 'group' | 'kind' | 'document'>): JsonObject {
  const whole = isSecret(document) || (group === '' && kind === 'Secret');
  const fields = Object.entries(value).map(([key, field]): [string, Json] => {
    if (key === 'apiVersion' || key === 'kind') return [key, field];
    if (key === 'metadata') return [key, whole ? nameOnly(field) : shown(key, field, group)];
    if (key === 'binaryData') return [key, hideAll(field)];
    return [display(key), whole && key !== 'type' && key !== 'immutable' ? hideAll(field) : shown(key, field, group)];
  });
  return Object.fromEntries(fields.map(([key, field]) => [key, withoutFakes(group, kind, key, field)]));
}

/** The annotations of a Secret may repeat its values. */
function nameOnly(metadata: Json): Json {
  if (!isJsonObject(metadata)) return hidden;
  const { annotations, ...rest } = metadata;
  return annotations === undefined
    ? shown('', rest, '')
    : { ...(shown('', rest, '') as JsonObject), annotations: hideAll(annotations) };
}

/** Stores and generators for tests hold what they hand out. */
function withoutFakes(group: string, kind: string, key: string, field: Json): Json {
  if (key !== 'spec' || !isJsonObject(field)) return field;
  if (group === 'generators.external-secrets.io' && kind === 'Fake') return hideAll(field);
  if (group === 'generators.external-secrets.io' && kind === 'ClusterGenerator')
    return hideBelow(field, 'generator', 'fakeSpec');
  return ofExternalSecrets.test(group) ? hideBelow(field, 'provider', 'fake') : field;
}

function hideBelow(value: Json, first: string, ...rest: readonly string[]): Json {
  if (!isJsonObject(value) || value[first] === undefined) return value;
  const [next, ...others] = rest;
  const inner = value[first] as Json;
  return { ...value, [first]: next === undefined ? hideAll(inner) : hideBelow(inner, next, ...others) };
}

function hideAll(value: Json): Json {
  if (Array.isArray(value)) return (value as readonly Json[]).map(hideAll);
  if (!isJsonObject(value)) return value === null ? null : hidden;
  return Object.fromEntries(Object.entries(value).map(([key, field]) => [display(key), hideAll(field)]));
}

const ofExternalSecrets = /(?:^|\.)external-secrets\.io$/;

function shown(name: string, value: Json, group: string): Json {
  if (typeof value === 'string') return copiesObject.test(name) ? hidden : display(maskedText(name, value, group));
  if (Array.isArray(value)) {
    return (value as readonly Json[]).map((item, i) => shown(optionBefore(value, i) ?? name, item, group));
  }
  if (typeof value === 'number' && isCredentialName(name)) return hidden;
  if (!isJsonObject(value)) return value;
  // An environment variable, and whatever else is told by its name.
  const called = typeof value.name === 'string' ? value.name : undefined;
  return Object.fromEntries(
    Object.entries(value).map(([key, field]) => {
      const by = key === 'value' && called !== undefined ? called : key;
      return [display(key), shown(by, field, group)];
    }),
  );
}

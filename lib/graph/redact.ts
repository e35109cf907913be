import type { SourceDocument } from '../tree/source/source';
import { isJsonObject, type Json, type JsonObject } from '../tree/tree';
import { credentialIn } from './credentials';
import { groupVersion, isObject } from './identity';
import type { Resource } from './resource';
import { display } from './substitution';

/** What stands for a value that must not be shown. */
export const hidden = '(hidden)';

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

const copies = /last-applied-configuration$/;

function shown(name: string, value: Json, group: string): Json {
  if (typeof value === 'string')
    return copies.test(name) || isCredential(name, value, group) ? hidden : display(lines(value));
  if (Array.isArray(value)) return (value as readonly Json[]).map((item) => shown(name, item, group));
  if (typeof value === 'number' && surely.test(words(name))) return hidden;
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

/** Fields of External Secrets that name a key, and hold none. */
const names = /^(?:secretKey|secretKeys)$/;

/** Names that no reference goes by: whatever stands there is hidden, however much it looks like a name. */
const surely = /(?:^|_)(?:PASSWORD|PASSWD|PASSPHRASE|TOKEN|API_?KEY|ACCESS_KEY|SECRET_KEY|PRIVATE_KEY)$/i;

function isCredential(name: string, text: string, group = ''): boolean {
  if (names.test(name) && ofExternalSecrets.test(group)) return false;
  if (isNamedSo(name, text)) return true;
  const [, option, given] = /^--?([\w-]+)=(.*)$/s.exec(text) ?? [];
  return option !== undefined && isNamedSo(option, given ?? '');
}

function isNamedSo(name: string, text: string): boolean {
  const isFilledIn = text === '' || /\$[{(]|\{\{/.test(text);
  return credentialIn(words(name), text) !== undefined || (!isFilledIn && surely.test(words(name)));
}

/** `clientSecret` and `client-secret` as `client_Secret`: how names of variables are written. */
function words(name: string): string {
  return name.replace(/([a-z\d])([A-Z])/g, '$1_$2').replace(/[-.]/g, '_');
}

/** A text of several lines, such as a file of a ConfigMap, without those that give a credential. */
function lines(text: string): string {
  if (!text.includes('\n')) return text;
  return text.split('\n').map(line).join('\n');
}

const assignment = /^\s*(?:-\s+|export\s+)?["']?([\w.-]+)["']?\s*[:=]\s*/;

function line(text: string): string {
  const [start = '', name = ''] = assignment.exec(text) ?? [];
  if (name === '') return text;
  const given = text.slice(start.length).trim().replace(/,$/, '').replace(/^["']/, '').replace(/["']$/, '');
  return isNamedSo(name, given) ? `${start}${hidden}` : text;
}

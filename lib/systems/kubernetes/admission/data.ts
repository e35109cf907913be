import { isJsonObject, type Json, type JsonObject } from '../../../json/json';
import { objectAt } from '../../../json/read';
import { isKnown } from '../../../text/symbolic';
import { type Fault, fault } from '../../fault';
import { isGiven } from '../../given';
import { dataKey } from '../names';
import { isJsonMap, missingKeys, secretType } from '../secret-types';
import { formats } from '../string-formats';
import { fields, hasKnownKeys, list, none, object, type Rule, wrong } from './rules';

const most = 1024 * 1024;

/** (pkg/apis/core/validation: ValidateConfigMap) */
export function* configMap(object: JsonObject): Generator<Fault> {
  yield* keys(object, 'data', 'binaryData');
  const { data, binaryData } = object;
  if (isJsonObject(data) && isJsonObject(binaryData)) {
    for (const key of Object.keys(data))
      if (Object.hasOwn(binaryData, key)) yield fault(['data', key], 'left out, since binaryData has it', null);
  }
  yield* size(object, ['data'], ['binaryData']);
}

/** (pkg/apis/core/validation: ValidateSecret) What stands in stringData is written over data. */
export function* secret(object: JsonObject): Generator<Fault> {
  yield* keys(object, 'data', 'stringData');
  yield* size(object, ['stringData'], ['data']);
  if (object.type === 'kubernetes.io/service-account-token') yield* account(object);
  const type = secretType(object.type);
  if (type === undefined) return;
  const [data, stringData] = [objectAt(object, 'data') ?? {}, objectAt(object, 'stringData') ?? {}];
  if (![...Object.keys(data), ...Object.keys(stringData)].every(isKnown)) return;
  const has = (key: string) => Object.hasOwn(data, key) || Object.hasOwn(stringData, key);
  for (const key of missingKeys(type, has)) {
    const or = type.any ? `, or ${type.keys.filter((other) => other !== key).join(', ')},` : '';
    yield fault(['data', key], `given${or} for the type ${object.type}`);
  }
  for (const key of type.keys) {
    const field = Object.hasOwn(stringData, key) ? 'stringData' : 'data';
    const text = textOf(field, field === 'data' ? data[key] : stringData[key]);
    if (text === undefined || !has(key)) continue;
    if (type.holds === 'json' && !isJsonMap(text)) yield fault([field, key], 'an object in JSON', null);
    if (type.holds === 'something' && text === '') yield fault([field, key], 'a text that is not empty', null);
  }
}

/** What a value of a Secret is; undefined where nobody knows, or it is encrypted. */
function textOf(field: 'data' | 'stringData', value: Json | undefined): string | undefined {
  if (value === null) return '';
  if (typeof value !== 'string' || !isKnown(value) || value.startsWith('ENC[')) return undefined;
  if (field === 'stringData') return value;
  return formats.byte?.test(value) ? Buffer.from(value, 'base64').toString() : undefined;
}

function* account(object: JsonObject): Generator<Fault> {
  const path = ['metadata', 'annotations'];
  const name = 'kubernetes.io/service-account.name';
  const annotations = objectAt(object, ...path) ?? {};
  if (!isGiven(annotations[name]) && Object.keys(annotations).every(isKnown))
    yield fault([...path, name], `the name of a ServiceAccount for the type ${object.type}`);
}

function* keys(object: JsonObject, ...fields: readonly string[]): Generator<Fault> {
  for (const field of fields) {
    const data = object[field];
    if (!isJsonObject(data)) continue;
    for (const key in data) {
      if (dataKey.accepts(key) || !isKnown(key)) continue;
      yield { path: [field, key], value: null, allowed: `a key of ${dataKey.allowed}`, example: dataKey.example };
    }
  }
}

/** Secrets are told apart by their names. (sigs.k8s.io/structured-merge-diff typed/helpers.go: "omits all key fields") */
export const serviceAccount: Rule = fields({
  secrets: list(
    object((of) => ((of.name ?? null) === null && hasKnownKeys(of) ? wrong('the name of a Secret', ['name']) : none)),
  ),
});

/** The size of all values together; those of the second field are in base64. */
function* size(object: JsonObject, plain: [string], encoded: [string]): Generator<Fault> {
  let bytes = 0;
  let isAll = true;
  for (const [[field], factor] of [
    [plain, 1],
    [encoded, 0.75],
  ] as const) {
    const data = object[field];
    if (!isJsonObject(data)) continue;
    for (const key in data) {
      const value = data[key];
      if (typeof value !== 'string') continue;
      if (!isKnown(value)) isAll = false;
      // Texts are counted only where there are so many that it matters.
      bytes += value.length < most / 8 ? value.length * factor : Buffer.byteLength(value) * factor;
    }
  }
  const field = plain[0];
  if (bytes > most && isAll)
    yield fault([isJsonObject(object[field]) ? field : encoded[0]], `at most ${most} bytes in all`, Math.ceil(bytes));
}

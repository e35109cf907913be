import { isJsonObject, type Json, type JsonObject, type Path } from '../../json/json';
import { matches } from '../../systems/kubernetes/patterns';
import { count } from '../../text/count';
import { nearest } from '../../text/nearest';
import { isKnown } from '../../text/symbolic';
import { listText, pathText, unknownFieldText } from '../schema/text';
import { all, type Outcome, unknown, wrong } from './outcome';

/** Holds a part of the value against a part of the schema. */
export type Below = (schema: Json | undefined, value: Json, path: Path) => Outcome;

/** What came of the keywords of a schema that are about objects. */
export function* fieldsOutcome(
  schema: JsonObject,
  value: JsonObject,
  path: Path,
  below: Below,
  soFar: () => Outcome,
): Generator<Outcome> {
  const keys = Object.keys(value);
  const { properties, patternProperties, additionalProperties, propertyNames } = schema;
  const seen = new Set<string>();
  const outcomes: Outcome[] = [];
  for (const key of keys) {
    const field = value[key] as Json;
    if (isJsonObject(properties) && Object.hasOwn(properties, key)) {
      seen.add(key);
      outcomes.push(below(properties[key], field, [...path, key]));
    }
    for (const [pattern, part] of isJsonObject(patternProperties) ? Object.entries(patternProperties) : []) {
      const isMatch = matches(pattern, key);
      if (isMatch === false) continue;
      seen.add(key);
      outcomes.push(isMatch === undefined ? unknown : below(part, field, [...path, key]));
    }
    if (!seen.has(key) && additionalProperties !== undefined) {
      seen.add(key);
      outcomes.push(other(additionalProperties, key, schema, value, path, below));
    }
    if (propertyNames !== undefined && isKnown(key)) {
      const outcome = below(propertyNames, key, [...path, key]);
      outcomes.push({
        ...outcome,
        faults: outcome.faults.map((fault) => ({ ...fault, on: 'key' as const })),
        seen: new Set(),
      });
    }
  }
  yield { ...all(outcomes), seen };
  yield* sizes(schema, value, keys, path);
  const dependent = [...dependents(schema, value, path, below)];
  yield* dependent;
  const { unevaluatedProperties } = schema;
  if (unevaluatedProperties === undefined) return;
  const judged = all([soFar(), ...dependent, { faults: [], open: false, seen }]);
  if (judged.open) return yield unknown;
  const left = keys.filter((key) => !judged.seen.has(key));
  const found = left.map((key) => other(unevaluatedProperties, key, schema, value, path, below));
  yield { ...all(found), seen: new Set(left) };
}

/** Of a field that the schema does not name. */
function other(part: Json, key: string, schema: JsonObject, object: JsonObject, path: Path, below: Below): Outcome {
  const way = [...path, key];
  if (part !== false) return below(part, object[key] as Json, way);
  if (!isKnown(key)) return unknown;
  const names = isJsonObject(schema.properties) ? Object.keys(schema.properties) : [];
  const name = nearest(
    key,
    names.filter((one) => !Object.hasOwn(object, one)),
  );
  const { message, remedy } = unknownFieldText(way, name === undefined ? undefined : { name });
  const few = name === undefined && names.length > 0 && names.length <= 12;
  const allowed = few
    ? `; it has ${listText(
        names.map((one) => `\`${one}\``),
        'and',
      )}`
    : '';
  return wrong({
    path: way,
    on: 'key',
    kind: 'unknown-field',
    message: `${message}${allowed}`,
    ...(remedy !== undefined && { remedy }),
  });
}

function* sizes(schema: JsonObject, value: JsonObject, keys: readonly string[], path: Path): Generator<Outcome> {
  const { required, minProperties, maxProperties } = schema;
  const absent = (Array.isArray(required) ? (required as readonly Json[]) : []).filter(
    (name): name is string => typeof name === 'string' && !Object.hasOwn(value, name),
  );
  if (absent.length > 0) {
    const names = listText(
      absent.map((name) => `\`${name}\``),
      'and',
    );
    yield keys.every(isKnown)
      ? wrong({
          path,
          on: 'key',
          kind: 'required',
          message: `${path.length === 0 ? 'the values lack' : `${pathText(path)} lacks`} ${names}`,
          remedy: `add ${names}`,
        })
      : unknown;
  }
  const say = (message: string) => wrong({ path, on: 'value', kind: 'other', message: `${pathText(path)} ${message}` });
  if (typeof minProperties === 'number' && keys.length < minProperties) {
    yield say(`must have at least ${count(minProperties, 'field')}`);
  }
  if (typeof maxProperties === 'number' && keys.length > maxProperties) {
    yield say(`must have at most ${count(maxProperties, 'field')}`);
  }
}

/** dependentRequired and dependentSchemas, which were `dependencies`. */
function* dependents(schema: JsonObject, value: JsonObject, path: Path, below: Below): Generator<Outcome> {
  for (const keyword of ['dependencies', 'dependentRequired', 'dependentSchemas']) {
    const parts = schema[keyword];
    for (const [key, part] of isJsonObject(parts) ? Object.entries(parts) : []) {
      if (!Object.hasOwn(value, key)) continue;
      if (!Array.isArray(part)) {
        yield below(part, value, path);
        continue;
      }
      const absent = part.filter((name) => !Object.hasOwn(value, String(name))).map((name) => `\`${name}\``);
      if (absent.length === 0) continue;
      const message = `${pathText(path)} has \`${key}\`, and lacks ${listText(absent, 'and')}`;
      yield wrong({ path, on: 'key', kind: 'required', message });
    }
  }
}

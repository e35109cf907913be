import { ApiObject } from 'cdk8s';
import { isJsonObject, type Json, type JsonObject } from '../../json/json';

/** A HelmRelease that keeps null in its values, where it takes away what the chart has: cdk8s leaves it out. */
export class ReleaseObject extends ApiObject {
  private values: unknown;

  override toJson(): JsonObject {
    const json = super.toJson() as JsonObject;
    const { values } = isJsonObject(json.spec) ? json.spec : {};
    if (!isJsonObject(values) || !hasNull(this.values)) return json;
    return { ...json, spec: { ...(json.spec as JsonObject), values: withNull(values, this.values) } };
  }

  /** @param values as they were given */
  keepNull(values: unknown): this {
    this.values = values;
    return this;
  }
}

function hasNull(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return value === null;
  return isPlain(value) && Object.values(value).some(hasNull);
}

function isPlain(value: object): boolean {
  return Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype;
}

/** What was written with null wherever it was given and nothing else stands. */
function withNull(written: Json, given: unknown): Json {
  if (typeof given !== 'object' || given === null || !isPlain(given) || !hasNull(given)) return written;
  if (Array.isArray(written)) {
    const items = given as readonly unknown[];
    return written.map((item, i) => (items[i] === null ? null : withNull(item as Json, items[i])));
  }
  if (!isJsonObject(written)) return written;
  const entries = Object.entries(given).flatMap(([key, value]): [string, Json][] => {
    if (Object.hasOwn(written, key)) return [[key, withNull(written[key] as Json, value)]];
    return value === null ? [[key, null]] : [];
  });
  // What somebody has added since.
  const more = Object.entries(written).filter(([key]) => !Object.hasOwn(given, key)) as [string, Json][];
  const all = [...entries, ...more];
  // As cdk8s is told.
  if (!process.env.CDK8S_DISABLE_SORT) all.sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(all);
}

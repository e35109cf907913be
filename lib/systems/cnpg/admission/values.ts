import type { Json, JsonObject, Path } from '../../../json/json';
import { at, objectAt } from '../../../json/read';
import { isKnown } from '../../../text/symbolic';
import type { Fault } from '../../fault';

/** What the webhook refuses in an object. Where a value is not known, or of another type than its field's, it finds nothing. */
export type Refusals = (object: JsonObject) => Iterable<Fault>;

/** Whether a field says something: Go takes an empty text for none. */
export function isGiven(value: Json | undefined): boolean {
  return value !== undefined && value !== null && value !== '';
}

/** A text that is known and not empty. */
export function givenText(value: Json | undefined): string | undefined {
  return typeof value === 'string' && value !== '' && isKnown(value) ? value : undefined;
}

/** A number; NaN, with which no comparison holds, where nobody knows it. */
export function numberOr(byDefault: number, value: Json | undefined): number {
  if (!isGiven(value)) return byDefault;
  return typeof value === 'number' ? value : Number.NaN;
}

export function instancesOf(cluster: JsonObject): number {
  return numberOr(1, at(cluster, 'spec', 'instances'));
}

/** PostgreSQL's parameters that are texts. */
export function parametersOf(cluster: JsonObject): Readonly<Record<string, string>> {
  const parameters = Object.entries(objectAt(cluster, ...parametersPath) ?? {});
  return Object.fromEntries(parameters.filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}

export const parametersPath: Path = ['spec', 'postgresql', 'parameters'];

export function atParameter(name: string): Path {
  return [...parametersPath, name];
}

/** Whether it follows another Cluster. (api/v1/cluster_funcs.go: IsReplica) Undefined where nobody knows. */
export function isReplica(cluster: JsonObject): boolean | undefined {
  const replica = objectAt(cluster, 'spec', 'replica');
  if (replica === undefined) return false;
  if (isGiven(replica.enabled)) return typeof replica.enabled === 'boolean' ? replica.enabled : undefined;
  const [self, primary] = [
    isGiven(replica.self) ? replica.self : at(cluster, 'metadata', 'name'),
    replica.primary ?? '',
  ];
  if (typeof self !== 'string' || typeof primary !== 'string' || !isKnown(self) || !isKnown(primary)) return undefined;
  return self !== primary;
}

/** The places of names that stand in a list before. */
export function* repeated(list: readonly (Json | undefined)[]): Generator<{ index: number; name: string }> {
  const seen = new Set<string>();
  for (const [index, value] of list.entries()) {
    const name = givenText(value);
    if (name === undefined) continue;
    if (seen.has(name)) yield { index, name };
    seen.add(name);
  }
}

export function names(list: readonly Json[]): readonly (Json | undefined)[] {
  return list.map((item) => at(item, 'name'));
}

export function atAnnotation(name: string): Path {
  return ['metadata', 'annotations', name];
}

import type { JsonObject, Path } from '../../../json/json';
import { at, objectAt } from '../../../json/read';
import { isKnown } from '../../../text/symbolic';
import { isGiven, numberOr } from '../../given';

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

export function atAnnotation(name: string): Path {
  return ['metadata', 'annotations', name];
}

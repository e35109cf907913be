import type { JsonObject } from '../json/json';
import { groupVersion } from '../systems/api-version';
import { isClusterScoped } from '../systems/kinds/scope';
import { isSealed } from '../tree/source/encrypted';
import { isObject } from './identity';
import type { Resource } from './resource';

/** An object as a resource; undefined for what is none, or has no name that can be read. */
export function resourceOf(
  value: JsonObject,
  of: Pick<Resource, 'document'> &
    Partial<Pick<Resource, 'path' | 'generated' | 'uncertain' | 'appliedBy' | 'madeBy' | 'chart'>>,
): Resource | undefined {
  if (!isObject(value) || isSealed(value)) return undefined;
  const { group, version } = groupVersion(value.apiVersion);
  const { kind, metadata } = value;
  const { namespace } = metadata;
  return {
    group,
    version,
    kind,
    name: metadata.name,
    namespace: typeof namespace !== 'string' || isClusterScoped({ group, kind }) === true ? '' : namespace,
    value,
    document: of.document,
    path: of.path ?? none,
    generated: of.generated ?? false,
    uncertain: of.uncertain ?? false,
    appliedBy: of.appliedBy,
    ...(of.madeBy !== undefined && { madeBy: of.madeBy }),
    ...(of.chart !== undefined && { chart: of.chart }),
  };
}

const none: readonly never[] = [];

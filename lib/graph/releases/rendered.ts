import type { JsonObject } from '../../json/json';
import { objectAt, textAt } from '../../json/read';
import { groupVersion } from '../../systems/api-version';
import type { Chart, RenderedObject } from '../../tree/charts/chart';
import { isObject } from '../identity';
import type { Resource } from '../resource';
import { resourceOf } from '../resource-of';
import type { SchemaStore } from '../schema/store';
import type { Request } from './request';

/** Hooks of which nothing is in the cluster while a release is there. */
const later = new Set([
  'test',
  'test-success',
  'test-failure',
  'pre-delete',
  'post-delete',
  'pre-rollback',
  'post-rollback',
]);

/** What a chart makes, as objects of the release's cluster. */
export function resourcesOf(
  objects: readonly RenderedObject[],
  chart: Chart,
  { release, input, uncertain }: Request,
  schemas: Pick<SchemaStore, 'isClusterScoped'>,
): Resource[] {
  const { name, version } = chart;
  return objects.flatMap(({ value, template, hooks }) => {
    if (hooks.length > 0 && hooks.every((hook) => later.has(hook))) return [];
    const resource = resourceOf(placed(value, input.release.namespace, schemas), {
      document: release.document,
      path: release.path,
      uncertain: uncertain !== undefined,
      appliedBy: release.appliedBy,
      chart: { release, name, version, template, hooks },
    });
    return resource === undefined ? [] : [resource];
  });
}

/** Helm puts what says no namespace into the release's, and leaves the others where they are. */
function placed(value: JsonObject, namespace: string, schemas: Pick<SchemaStore, 'isClusterScoped'>): JsonObject {
  if (!isObject(value) || textAt(value, 'metadata', 'namespace')) return value;
  const { group } = groupVersion(value.apiVersion);
  if (schemas.isClusterScoped({ group, kind: value.kind }) === true) return value;
  return { ...value, metadata: { ...objectAt(value, 'metadata'), namespace } };
}

import { apiVersionOf } from '../../graph/identity';
import type { Resource } from '../../graph/resource';
import type { Lookup, SchemaStore } from '../../graph/schema/store';
import { groupVersion } from '../../systems/api-version';
import { type Removal, removalOf } from '../../systems/kinds/removed';
import type { ClusterCheck } from '../check';
import { setting } from '../meant';
import { faultsOf } from './object-faults';
import { installsOlder } from './older-release';
import { withoutSchema } from './without-schema';

/** A definition serves some versions of its kind; older ones go with a release of the operator, or of Kubernetes. */
export const apiVersion: ClusterCheck = {
  id: 'schema/api-version',
  severity: 'error',
  title: 'API version that is not served',
  atRunTime: 'Flux reports "no matches for kind … in version …", and applies nothing of the whole Kustomization',
  remedy: 'write a version that is served, and adapt the fields that have other names in it',
  fixes: 'write the version that is served, where the object is right in it',
  source: 'https://kubernetes.io/docs/reference/using-api/deprecation-guide/',
  *check(cluster, graph) {
    const schemas = graph.schemasOf(cluster);
    const { release } = schemas;
    for (const { resource, found } of withoutSchema(graph)(cluster)) {
      const { kind, value } = resource;
      const written = apiVersionOf(value);
      const { group, version } = groupVersion(written);
      const removal = removalOf({ group, version, kind });
      if (removal === undefined && (found.state !== 'not-served' || found.catalog)) continue;
      if (installsOlder(group, removal?.release, cluster)) continue;
      const served = found.state === 'not-served' ? found.served : [];
      const instead = served.at(-1) ?? removal?.instead;
      yield {
        at: { resource, path: ['apiVersion'] },
        message: `${kind} has no version ${written}${whyNot(found, removal, release)}${servedText(served, instead)}`,
        remedy: instead === undefined ? 'remove the object' : `write apiVersion: ${instead}`,
        ...(instead !== undefined &&
          served.length < 2 &&
          isRightIn(resource, instead, schemas) &&
          setting(['apiVersion'], instead)),
      };
    }
  },
};

/** Whether an object means the same in another version: that has all its fields. In policy/v1 an empty selector selects other pods. */
function isRightIn(resource: Resource, version: string, schemas: SchemaStore): boolean {
  if (resource.kind === 'PodDisruptionBudget' || schemas.lookup(version, resource.kind).state !== 'found') return false;
  return faultsOf({ ...resource, value: { ...resource.value, apiVersion: version } }, schemas).faults.length === 0;
}

function whyNot(found: Lookup, removal: Removal | undefined, release: number | undefined): string {
  if (removal !== undefined) return `: ${removal.by} ${removal.release.join('.')} has removed it`;
  if (found.state !== 'not-served') return '';
  const { since, until } = found;
  if (until !== undefined && !(since !== undefined && release !== undefined && release < since)) {
    return `: Kubernetes 1.${until} has removed it`;
  }
  return since === undefined ? '' : `: Kubernetes has had it since 1.${since}`;
}

function servedText(served: readonly string[], instead: string | undefined): string {
  if (served.length > 0) return `; it is served as ${served.join(', ')}`;
  return instead === undefined ? '' : `; it is ${instead} now`;
}

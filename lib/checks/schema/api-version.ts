import { apiVersionOf } from '../../graph/identity';
import type { ClusterCheck } from '../check';
import { hasOlderRelease } from './older-release';
import { withoutSchema } from './without-schema';

/** A definition serves some versions of its kind; older ones go with a release of the operator. */
export const apiVersion: ClusterCheck = {
  id: 'schema/api-version',
  severity: 'error',
  title: 'API version that is not served',
  atRunTime: 'Flux reports "no matches for kind … in version …", and applies nothing of the whole Kustomization',
  remedy: 'write a version that is served, and adapt the fields that have other names in it',
  source: 'https://external-secrets.io/latest/introduction/stability-support/',
  *check(cluster, graph) {
    const olderGroups = new Map<string, boolean>();
    const older = (group: string): boolean => {
      const known = olderGroups.get(group) ?? hasOlderRelease(group, cluster);
      olderGroups.set(group, known);
      return known;
    };
    for (const { resource, found } of withoutSchema(graph)(cluster)) {
      const { group, kind, value } = resource;
      const written = apiVersionOf(value);
      if (found.state !== 'not-served' || older(group)) continue;
      const served = found.served.join(', ');
      yield {
        at: { resource, path: ['apiVersion'] },
        message: `${kind} has no version ${written}; it is served as ${served}`,
        remedy: `write apiVersion: ${found.served.at(-1)}`,
      };
    }
  },
};

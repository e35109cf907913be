import { apiVersionOf } from '../../graph/identity';
import type { ClusterCheck } from '../check';

/** A version that its definition marks as deprecated, or that a later release of Kubernetes removes. */
export const deprecatedVersion: ClusterCheck = {
  id: 'schema/deprecated-version',
  severity: 'warning',
  title: 'API version that will be removed',
  atRunTime:
    'it works until its operator or the cluster is upgraded; then Flux reports "no matches for kind … in version …", and applies nothing of the whole Kustomization',
  remedy: 'write the version that stays, and adapt the fields that have other names in it',
  source: 'https://kubernetes.io/docs/reference/using-api/deprecation-guide/',
  *check(cluster, graph) {
    const schemas = graph.schemasOf(cluster);
    for (const resource of cluster.resources) {
      const written = apiVersionOf(resource.value);
      const found = schemas.lookup(written, resource.kind);
      if (found.state !== 'found' || (!found.deprecated && found.until === undefined)) continue;
      const instead = found.served.filter((other) => other !== written).at(-1);
      const why = found.until === undefined ? 'as its definition says' : `and Kubernetes 1.${found.until} removes it`;
      yield {
        at: { resource, path: ['apiVersion'] },
        message: `${resource.kind} is written in ${written}, which is deprecated, ${why}`,
        together: {
          key: `${written} ${resource.kind}`,
          message: (count) =>
            `${count} objects of kind ${resource.kind} are written in ${written}, which is deprecated, ${why}`,
        },
        ...(instead !== undefined && { remedy: `write apiVersion: ${instead}, once your release serves it` }),
      };
    }
  },
};

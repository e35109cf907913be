import { healthChecksOf, isSuspended } from '../../graph/kustomization';
import { at, textAt } from '../../json/read';
import { groupVersion } from '../../systems/api-version';
import { removalOf } from '../../systems/kinds/removed';
import type { ClusterCheck } from '../check';
import { setting } from '../meant';
import { installsOlder } from '../schema/older-release';

export const healthCheckVersion: ClusterCheck = {
  id: 'flux/health-check-version',
  severity: 'error',
  title: 'Health check in an API version that is not served',
  atRunTime:
    'the Kustomization never becomes ready: "timeout waiting for: [… status: \'Unknown\': no matches for kind … in version …]"',
  remedy: 'write a version that is served',
  fixes: 'write the version, where one alone is served',
  source: 'kustomize-controller 1.9 internal/inventory/inventory.go (ReferenceToObjMetadataSet)',
  *check(cluster, graph) {
    for (const kustomization of cluster.kustomizations) {
      if (at(kustomization.spec, 'wait') === true || isSuspended(kustomization)) continue;
      for (const { index, kind } of healthChecksOf(kustomization)) {
        const path = ['spec', 'healthChecks', index, 'apiVersion'];
        const written = textAt(kustomization.resource.value, ...path);
        if (!written) continue;
        const found = graph.schemasOf(cluster).lookup(written, kind);
        const { group, version } = groupVersion(written);
        const removal = removalOf({ group, version, kind });
        if (removal === undefined && (found.state !== 'not-served' || found.catalog)) continue;
        if (installsOlder(group, removal?.release, cluster)) continue;
        const served = found.state === 'not-served' ? found.served.join(', ') : removal?.instead;
        yield {
          at: { resource: kustomization.resource, path },
          ...(served && !served.includes(', ') && setting(path, served)),
          message: `${kind} has no version ${written}${served ? `; it is served as ${served}` : ''}`,
        };
      }
    }
  },
};

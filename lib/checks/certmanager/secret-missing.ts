import { chartOf } from '../../graph/charts';
import type { Cluster } from '../../graph/cluster';
import { describe, step } from '../../graph/identity';
import { isKnown } from '../../graph/substitution';
import { textAt } from '../../json/read';
import { group } from '../../systems/cert-manager/admission';
import { secretsRead } from '../../systems/cert-manager/secrets';
import { releaseOf } from '../../systems/flux/helm-release';
import type { ClusterCheck } from '../check';
import { missingUnless } from '../unless';

export const secretMissing: ClusterCheck = {
  id: 'certmanager/secret-missing',
  severity: 'error',
  title: 'Secret of a ClusterIssuer that is not where it is looked for',
  atRunTime:
    'no certificate is issued: the ClusterIssuer is not ready, or its challenges fail ("secret … not found"); cert-manager looks for its Secrets in its own namespace',
  remedy:
    'create the Secret in the namespace that the message names; if something outside the tree creates it, list it under `external` in the configuration',
  source: 'https://cert-manager.io/docs/configuration/#cluster-resource-namespace',
  *check(cluster) {
    const namespace = homeOf(cluster);
    if (namespace === undefined || namespace === '' || !isKnown(namespace)) return;
    for (const resource of cluster.ofKind(group, 'ClusterIssuer')) {
      if (resource.uncertain) continue;
      for (const { name, path } of secretsRead(resource.value)) {
        if (!isKnown(name)) continue;
        const secret = { kind: 'Secret', namespace, name } as const;
        const unless = missingUnless(cluster.secrets.lookup('Secret', namespace, name), secret);
        if (unless === undefined) continue;
        const elsewhere = cluster.secrets.producers.find((made) => made.kind === 'Secret' && made.name === name);
        const hint = elsewhere === undefined ? '' : `; it is created in namespace ${elsewhere.namespace}`;
        yield {
          at: { resource, path },
          message: `${describe(resource)} reads ${describe(secret)}, which nothing creates${hint}`,
          chain: [step(resource), step(secret)],
          ...unless,
        };
      }
    }
  },
};

/** The namespace in which cert-manager looks for the Secrets of ClusterIssuers; undefined where the tree does not install it alone. */
function homeOf(cluster: Cluster): string | undefined {
  const installed = cluster
    .ofKind('helm.toolkit.fluxcd.io', 'HelmRelease')
    .filter((release) => !release.uncertain && chartOf(release, cluster) === 'cert-manager');
  const [release, ...others] = installed;
  if (release === undefined || others.length > 0) return undefined;
  return textAt(release.value, 'spec', 'values', 'clusterResourceNamespace') || releaseOf(release).target;
}

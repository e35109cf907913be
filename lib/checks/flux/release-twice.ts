import { describe, identityKey, step } from '../../graph/identity';
import type { Resource } from '../../graph/resource';
import { isKnown } from '../../graph/substitution';
import { at, textAt } from '../../json/read';
import { releaseOf } from '../../systems/flux/helm-release';
import { groupBy } from '../../text/group-by';
import type { ClusterCheck } from '../check';

export const releaseTwice: ClusterCheck = {
  id: 'flux/release-twice',
  severity: 'error',
  title: 'Two HelmReleases with the same release name',
  atRunTime:
    "each HelmRelease takes the other's release for its own and upgrades it to its own chart at every interval: Helm stores releases by name in the storage namespace",
  remedy: 'give one of them a different spec.releaseName or spec.storageNamespace',
  source: 'helm-controller api/v2/helmrelease_types.go (GetReleaseName, GetStorageNamespace)',
  *check(cluster) {
    const releases = cluster
      .ofKind('helm.toolkit.fluxcd.io', 'HelmRelease')
      .filter(({ value, uncertain }) => !uncertain && at(value, 'spec', 'suspend') !== true);
    for (const same of groupBy(releases, releaseKey).values()) {
      const [first, ...others] = same;
      const { name, storage } = releaseOf(first);
      if (!isKnown(name) || !isKnown(storage)) continue;
      for (const resource of others) {
        // One HelmRelease that two Kustomizations apply is told otherwise.
        if (identityKey(resource) === identityKey(first)) continue;
        yield {
          at: {
            resource,
            path: textAt(resource.value, 'spec', 'releaseName') ? ['spec', 'releaseName'] : ['metadata', 'name'],
          },
          message: `${describe(resource)} and ${describe(first)} both install release ${name}, stored in namespace ${storage}`,
          chain: [step(resource), `release ${name}`, step(first)],
        };
      }
    }
  },
};

/** Releases of other clusters are kept there: a kubeconfig is looked for in the namespace of its HelmRelease. */
function releaseKey(resource: Resource): string {
  const kubeConfig = at(resource.value, 'spec', 'kubeConfig');
  const { name, storage } = releaseOf(resource);
  return JSON.stringify([name, storage, ...(kubeConfig === undefined ? [] : [resource.namespace, kubeConfig])]);
}

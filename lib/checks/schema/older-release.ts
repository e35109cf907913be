import { chartOf, chartVersionOf } from '../../graph/charts';
import type { Cluster } from '../../graph/cluster';
import { fluxReleases } from '../../graph/flux/installed-version';
import { isBefore, type Release } from '../../systems/release';

/** What serves the kinds of some groups: since its release `since`, no other versions of them than Espalier's schemas know. */
interface Operator {
  readonly groups: RegExp;
  readonly since: Release;
  readonly releases: (cluster: Cluster) => readonly (string | undefined)[];
}

const ofChart = (chart: string) => (cluster: Cluster) =>
  cluster
    .ofKind('helm.toolkit.fluxcd.io', 'HelmRelease')
    .filter((release) => chartOf(release, cluster) === chart)
    .map((release) => chartVersionOf(release, cluster));

const operators: readonly Operator[] = [
  {
    // https://github.com/external-secrets/external-secrets/releases/tag/v0.17.0
    groups: /^(?:generators\.)?external-secrets\.io$/,
    since: [0, 17],
    releases: ofChart('external-secrets'),
  },
  {
    // https://github.com/fluxcd/flux2/releases/tag/v2.9.0
    groups: /\.toolkit\.fluxcd\.io$/,
    since: [2, 9],
    releases: fluxReleases,
  },
  {
    groups: /^(?:acme\.)?cert-manager\.io$/,
    since: [1, 6],
    releases: ofChart('cert-manager'),
  },
];

/**
 * Whether the tree installs an older release of what serves a kind, which may serve versions of it that are gone since.
 *
 * @param removed the release that serves a version no more, where it is known
 */
export function installsOlder(group: string, removed: Release | undefined, cluster: Cluster): boolean {
  return operators.some(
    ({ groups, since, releases }) =>
      groups.test(group) && releases(cluster).some((version) => isBefore(version, removed ?? since)),
  );
}

import type { Cluster } from '../../graph/cluster';
import { textAt } from '../../graph/json';
import type { Resource } from '../../graph/resource';
import { chartOf, chartVersionOf } from '../flux/charts';

/** What serves the kinds of some groups: since its release `since`, no other versions of them than Espalier's schemas know. */
interface Operator {
  readonly groups: RegExp;
  readonly since: readonly [major: number, minor: number];
  readonly releases: (cluster: Cluster) => Iterable<string | undefined>;
}

const operators: readonly Operator[] = [
  {
    // https://github.com/external-secrets/external-secrets/releases/tag/v0.17.0
    groups: /^(?:generators\.)?external-secrets\.io$/,
    since: [0, 17],
    *releases(cluster) {
      for (const release of releasesOf('external-secrets', cluster)) yield chartVersionOf(release, cluster);
    },
  },
  {
    // https://github.com/fluxcd/flux2/releases/tag/v2.8.0
    groups: /\.toolkit\.fluxcd\.io$/,
    since: [2, 8],
    *releases(cluster) {
      for (const { value } of cluster.ofKind('fluxcd.controlplane.io', 'FluxInstance')) {
        yield textAt(value, 'spec', 'distribution', 'version');
      }
      for (const { value } of releasesOf('flux-instance', cluster)) {
        yield textAt(value, 'spec', 'values', 'instance', 'distribution', 'version');
      }
      for (const { value } of cluster.ofKind('source.toolkit.fluxcd.io', 'OCIRepository')) {
        if (/\/flux-manifests$/.test(textAt(value, 'spec', 'url') ?? '')) yield textAt(value, 'spec', 'ref', 'tag');
      }
    },
  },
];

/** Whether the tree installs an older release of what serves a kind, which may serve versions of it that are gone since. */
export function hasOlderRelease(group: string, cluster: Cluster): boolean {
  return operators.some(
    ({ groups, since, releases }) =>
      groups.test(group) && [...releases(cluster)].some((version) => isBefore(version, since)),
  );
}

function releasesOf(chart: string, cluster: Cluster): Resource[] {
  return cluster
    .ofKind('helm.toolkit.fluxcd.io', 'HelmRelease')
    .filter((release) => chartOf(release, cluster) === chart);
}

/** Of a range that may take a newer release, nothing is known. */
function isBefore(version: string | undefined, [major, minor]: Operator['since']): boolean {
  const [, first, second] = /^[v=~\s]*(\d+)\.(\d+)(?:\.|$|-)/.exec(version ?? '') ?? [];
  if (first === undefined || second === undefined || /[<>|,\s]/.test(version?.trim() ?? '')) return false;
  return Number(first) < major || (Number(first) === major && Number(second) < minor);
}

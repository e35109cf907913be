import { textAt, textsIn } from '../../json/read';
import { fluxOfAddress, fluxOfController, fluxOfOperator, strictGate, strictSince } from '../../systems/flux/releases';
import { isBefore, minorOf } from '../../systems/release';
import { memoize } from '../../text/memoize';
import { chartOf, chartVersionOf } from '../charts';
import type { Cluster } from '../cluster';
import type { Resource } from '../resource';
import { containersOf, podTemplate } from '../workload';

/** The releases of Flux that a tree pins, as it says them: nothing of those that it leaves to others. */
export const fluxReleases: (cluster: Cluster) => readonly string[] = memoize((cluster) =>
  [...releases(cluster)].filter((release) => release !== undefined),
);

/** Whether a variable without a value fails the build. */
export const substitutesStrictly: (cluster: Cluster) => boolean = memoize((cluster) => {
  for (const { value } of controllersOf(cluster)) {
    for (const { text } of textsIn(value)) {
      const strict = strictGate(text);
      if (strict !== undefined) return strict;
    }
  }
  return !fluxReleases(cluster).some((release) => isBefore(release, strictSince));
});

/** What says how kustomize-controller runs: its Deployment, or what makes the Flux Operator make that. */
export function controllersOf(cluster: Cluster): readonly Resource[] {
  return [
    ...cluster.ofKind('apps', 'Deployment').filter(({ name }) => name === 'kustomize-controller'),
    ...cluster.ofKind('fluxcd.controlplane.io', 'FluxInstance'),
    ...releasesOf('flux-instance', cluster),
  ];
}

function* releases(cluster: Cluster): Generator<string | undefined> {
  for (const controller of cluster.ofKind('apps', 'Deployment').filter(({ name }) => name === 'kustomize-controller')) {
    yield* ofController(controller);
  }
  const operator = releasesOf('flux-operator', cluster).map((release) => chartVersionOf(release, cluster))[0];
  for (const { value } of cluster.ofKind('fluxcd.controlplane.io', 'FluxInstance')) {
    yield ofDistribution(value, ['spec', 'distribution'], operator);
  }
  for (const { value } of releasesOf('flux-instance', cluster)) {
    yield ofDistribution(value, ['spec', 'values', 'instance', 'distribution'], operator);
  }
  for (const { value } of cluster.ofKind('source.toolkit.fluxcd.io', 'OCIRepository')) {
    if (/\/flux-manifests$/.test(textAt(value, 'spec', 'url') ?? '')) yield* ofReference(value);
  }
  for (const { value } of cluster.ofKind('source.toolkit.fluxcd.io', 'GitRepository')) {
    if (/\/fluxcd\/flux2(?:\.git)?$/.test(textAt(value, 'spec', 'url') ?? '')) yield* ofReference(value);
  }
  for (const { contents } of cluster.kustomizations) {
    for (const { document, path } of contents.type === 'built' ? contents.built.unresolved : []) {
      yield fluxOfAddress(textAt(document.value, ...path) ?? '');
    }
  }
}

/** Of a source of Flux's own manifests; a range of one minor release is as good as a tag. */
function ofReference(source: Resource['value']): (string | undefined)[] {
  return ['tag', 'semver'].map((field) => textAt(source, 'spec', 'ref', field));
}

/** Of the Deployment that `flux install` writes. */
function* ofController(controller: Resource): Generator<string | undefined> {
  const pod = podTemplate(controller);
  for (const { value } of pod === undefined ? [] : containersOf(pod)) {
    yield fluxOfController(textAt(value, 'image') ?? '');
  }
  yield textAt(controller.value, 'metadata', 'labels', 'app.kubernetes.io/version');
}

/** A range such as 2.x takes the newest Flux of what the operator reads: an artifact that it is given, or what it brings itself. */
function ofDistribution(
  value: Resource['value'],
  path: readonly string[],
  operator: string | undefined,
): string | undefined {
  const version = textAt(value, ...path, 'version');
  if (minorOf(version) !== undefined) return version;
  const artifact = textAt(value, ...path, 'artifact');
  const brought = artifact === undefined ? operator : /:v?([\d.]+)(?:@|$)/.exec(artifact)?.[1];
  return fluxOfOperator(brought);
}

function releasesOf(chart: string, cluster: Cluster): Resource[] {
  return cluster
    .ofKind('helm.toolkit.fluxcd.io', 'HelmRelease')
    .filter((release) => chartOf(release, cluster) === chart);
}

import { chartOf } from '../../graph/charts';
import type { Resource } from '../../graph/resource';
import { textAt } from '../../json/read';
import { type Release, releaseOf } from '../../systems/flux/helm-release';
import type { Side } from '../side';

interface Sides {
  readonly base: Side | undefined;
  readonly head: Side | undefined;
}

/** What tells a release from another: helm-controller uninstalls the one before it installs the other. */
interface Target extends Release {
  /** Undefined where nobody but the chart itself says it. */
  readonly chart: string | undefined;
}

export const targetFields: Readonly<Record<keyof Target, string>> = {
  storage: 'spec.storageNamespace',
  target: 'spec.targetNamespace',
  name: 'spec.releaseName',
  chart: 'spec.chart.spec.chart',
};

/** ReleaseTargetChanged in helm-controller's internal/action/verify.go. */
function targetOf(release: Resource, side: Side | undefined): Target {
  return { ...releaseOf(release), chart: nameOfChart(release, side) };
}

/** In a repository of charts it is their name, in an OCI registry mostly; in Git it is a folder. */
export function nameOfChart(release: Resource, side: Side | undefined): string | undefined {
  const named = textAt(release.value, 'spec', 'chart', 'spec', 'sourceRef', 'kind') === 'HelmRepository';
  return side !== undefined && (named || isOfArtifact(release)) ? chartOf(release, side.cluster) : undefined;
}

export function isOfArtifact({ value }: Resource): boolean {
  return textAt(value, 'spec', 'chartRef', 'kind') === 'OCIRepository';
}

/** Of a chart with another name alone (reconcileRelease in helm-controller's internal/controller/helmrelease_controller.go, 1.6). */
function isInPlace({ value }: Resource): boolean {
  return textAt(value, 'spec', 'upgrade', 'chartNameChangeStrategy') === 'InPlaceUpdate';
}

/** What of a release's target is another after the change. */
export function movedFields(before: Resource, after: Resource, { base, head }: Sides): readonly (keyof Target)[] {
  const [old, now] = [targetOf(before, base), targetOf(after, head)];
  return (Object.keys(targetFields) as (keyof Target)[]).filter(
    (field) => old[field] !== now[field] && (field !== 'chart' || (old.chart !== undefined && now.chart !== undefined)),
  );
}

/** Whether a release is uninstalled before it is installed anew. */
export function isReinstalled(before: Resource, after: Resource, sides: Sides): boolean {
  const moved = movedFields(before, after, sides);
  return moved.length > 0 && !(moved.every((field) => field === 'chart') && isInPlace(after));
}

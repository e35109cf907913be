import type { Construct } from 'constructs';
import { HelmRepository } from '../../../imports/helm-repository';
import { OciRepository } from '../../../imports/oci-repository';
import { tagOf } from '../../systems/helm/versions';
import { httpUrl, relativePath, requireFormat } from '../formats';
import { refuse } from '../input-error';
import { clusterOf } from '../scopes';

/**
 * Where a chart is: an OCI artifact (`oci://ghcr.io/org/charts/app`), an HTTPS repository with the chart's name, or a folder of the
 * repository that Flux fetches for the cluster, from its top.
 */
export type ChartLocation =
  | { readonly oci: string }
  | { readonly repository: string; readonly name: string }
  | { readonly folder: string };

/** What `espalier import` makes of a chart: where it is, which version, and the types of its values. */
export type ImportedChart<Values extends object = HelmChartValues> = ChartLocation & {
  readonly version: string;
  /** `sha256:…` of the chart that the types are made of. */
  readonly digest?: string;
  /** Only for the compiler: nothing has it. */
  readonly values?: Values;
};

type HelmChartValues = Readonly<Record<string, unknown>>;

/** How a release refers to its chart, and the object of Flux that brings it, if that is its own. */
export interface ChartReference {
  readonly source:
    | { readonly kind: typeof OciRepository.GVK; readonly spec: Readonly<Record<string, unknown>> }
    | undefined;
  readonly spec: Readonly<Record<string, unknown>>;
}

/** @throws EspalierError for a chart that is nowhere */
export function chartReference(
  release: Construct,
  chart: ChartLocation | undefined,
  { name, version, interval }: { name: string; version: string; interval: string },
): ChartReference {
  if (chart && 'oci' in chart) {
    const url = requireFormat(release, 'chart.oci', chart.oci, ociUrl);
    const spec = {
      interval,
      url,
      ref: { tag: tagOf(version) },
      layerSelector: { mediaType: 'application/vnd.cncf.helm.chart.content.v1.tar+gzip', operation: 'copy' },
    };
    return { source: { kind: OciRepository.GVK, spec }, spec: { chartRef: { kind: 'OCIRepository', name } } };
  }
  if (chart && 'folder' in chart) {
    const folder = requireFormat(release, 'chart.folder', chart.folder, relativePath);
    return { source: undefined, spec: { chart: { spec: folderSpec(release, folder) } } };
  }
  if (!chart?.name || !chart.repository) {
    refuse(release, {
      field: 'chart',
      value: chart,
      allowed: 'the address of an OCI artifact, or that of a repository and the chart in it',
      example: "{ oci: 'oci://ghcr.io/stefanprodan/charts/podinfo' }",
    });
  }
  const url = requireFormat(release, 'chart.repository', chart.repository, httpUrl);
  return {
    source: { kind: HelmRepository.GVK, spec: { interval, url } },
    spec: { chart: { spec: { chart: chart.name, version, sourceRef: { kind: 'HelmRepository', name } } } },
  };
}

/** A chart beside the tree. Its version is what it says itself, so that each commit counts. (source.toolkit.fluxcd.io/v1, HelmChart) */
function folderSpec(release: Construct, folder: string): Readonly<Record<string, unknown>> {
  const { kind, name, namespace } = clusterOf(release).source;
  if (kind !== 'GitRepository' && kind !== 'Bucket') {
    refuse(release, {
      field: 'chart.folder',
      value: folder,
      allowed: `a folder where the cluster's source is a GitRepository or a Bucket: Flux takes no chart out of an ${kind}`,
      example: "{ oci: 'oci://ghcr.io/stefanprodan/charts/podinfo' }",
    });
  }
  return { chart: `./${folder}`, reconcileStrategy: 'Revision', sourceRef: { kind, name, namespace } };
}

const ociUrl = {
  allowed: 'an address of an OCI repository, without a tag',
  example: '"oci://ghcr.io/stefanprodan/charts/podinfo"',
  accepts: (value: string) => /^oci:\/\/[a-z0-9.-]+(:[0-9]+)?(\/[a-z0-9._-]+)+$/.test(value),
};

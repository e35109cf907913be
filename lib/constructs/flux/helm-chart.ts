import type { Construct } from 'constructs';
import { tagOf } from '../../systems/helm/versions';
import { httpUrl, relativePath, requireFormat } from '../formats';
import { gvk } from '../gvk';
import { refuse } from '../input-error';
import type { Resource } from '../resource';
import { clusterOf } from '../scopes';
import { type NamedSource, referenceToSource, type Source } from './source';

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

/** A chart that another object brings: an artifact is one, a repository, a bucket or the files of Git hold it by a name. */
export type ChartOfSource =
  | { readonly ref: Source<'OCIRepository'> | NamedSource<'OCIRepository' | 'HelmChart' | 'ExternalArtifact'> }
  | {
      readonly ref:
        | Source<'HelmRepository' | 'GitRepository' | 'Bucket'>
        | NamedSource<'HelmRepository' | 'GitRepository' | 'Bucket'>;
      /** Its name in the repository, or its path in what is fetched. */
      readonly name: string;
    };

/** Versions of which Flux takes the newest: what runs changes without a commit. */
export interface VersionRange {
  readonly range: string;
}

export type ChartVersion = string | VersionRange | null | undefined;

/** How a release refers to its chart, and the object of Flux that brings it, if that is its own. */
export interface ChartReference {
  readonly source:
    | { readonly kind: typeof gvk.OciRepository; readonly spec: Readonly<Record<string, unknown>> }
    | undefined;
  readonly spec: Readonly<Record<string, unknown>>;
}

/**
 * @param made the name of the source, where the release makes one, and how often Flux looks there
 * @throws EspalierError for a chart that is nowhere
 */
export function chartReference(
  release: Resource,
  chart: ChartLocation | ChartOfSource | null | undefined,
  version: ChartVersion,
  made: { readonly name: string; readonly interval: string | undefined },
): ChartReference {
  if (chart === null) return { source: undefined, spec: {} };
  const text = version && typeof version === 'object' ? version.range : (version ?? undefined);
  if (chart && 'ref' in chart) return { source: undefined, spec: ofSource(release, chart, text) };
  const { name, interval } = made;
  if (chart && 'oci' in chart) {
    const url = requireFormat(release, 'chart.oci', chart.oci, ociUrl);
    const ref = typeof version === 'string' ? { tag: tagOf(version) } : text && { semver: text };
    const spec = {
      interval,
      url,
      ...(ref && { ref }),
      // No default: without it Flux takes the artifact for files.
      layerSelector: { mediaType: 'application/vnd.cncf.helm.chart.content.v1.tar+gzip', operation: 'copy' },
    };
    return { source: { kind: gvk.OciRepository, spec }, spec: { chartRef: { kind: 'OCIRepository', name } } };
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
  const sourceRef = { kind: 'HelmRepository', name };
  return {
    source: { kind: gvk.HelmRepository, spec: { interval, url } },
    spec: { chart: { spec: { chart: chart.name, version: text, sourceRef } } },
  };
}

function ofSource(release: Resource, chart: ChartOfSource, version: string | undefined): ChartReference['spec'] {
  const { kind } = chart.ref;
  if ('name' in chart) {
    const sourceRef = referenceToSource<string>(release, 'chart.ref', chart.ref);
    return { chart: { spec: { chart: chart.name, version, sourceRef } } };
  }
  if (version !== undefined || !/^(OCIRepository|HelmChart|ExternalArtifact)$/.test(kind)) {
    refuse(release, {
      field: version === undefined ? 'chart' : 'version',
      value: version ?? { ref: kind },
      allowed: version === undefined ? `the chart's name beside a ${kind}` : `none: the ${kind} says which it is`,
      example: version === undefined ? "{ ref, name: 'podinfo' }" : "ref: { tag: '1.4.2' } in its spec",
    });
  }
  return { chartRef: referenceToSource<string>(release, 'chart.ref', chart.ref) };
}

/** A chart beside the tree. Its version is what it says itself, so that each commit counts. (source.toolkit.fluxcd.io/v1, HelmChart) */
function folderSpec(release: Construct, folder: string): Readonly<Record<string, unknown>> {
  const { source, defaults } = clusterOf(release);
  const { kind, name, namespace } = source;
  if (kind !== 'GitRepository' && kind !== 'Bucket') {
    refuse(release, {
      field: 'chart.folder',
      value: folder,
      allowed: `a folder where the cluster's source is a GitRepository or a Bucket: Flux takes no chart out of an ${kind}`,
      example: "{ oci: 'oci://ghcr.io/stefanprodan/charts/podinfo' }",
    });
  }
  return {
    chart: `./${folder}`,
    ...(defaults && { reconcileStrategy: 'Revision' }),
    sourceRef: { kind, name, namespace },
  };
}

const ociUrl = {
  allowed: 'an address of an OCI repository, without a tag',
  example: '"oci://ghcr.io/stefanprodan/charts/podinfo"',
  accepts: (value: string) => /^oci:\/\/[a-z0-9.-]+(:[0-9]+)?(\/[a-z0-9._-]+)+$/.test(value),
};

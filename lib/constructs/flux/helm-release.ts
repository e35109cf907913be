import type { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import {
  HelmRelease as HelmReleaseL1,
  type HelmReleaseSpec,
  toJson_HelmReleaseSpec,
} from '../../../imports/helm-release';
import { HelmRepository } from '../../../imports/helm-repository';
import { OciRepository } from '../../../imports/oci-repository';
import { fluxDuration } from '../../systems/duration';
import { labelledName } from '../../systems/kubernetes/names';
import { pinnedVersion } from '../../systems/release';
import { httpUrl, optionalFormat, requireFormat } from '../formats';
import { refuse } from '../input-error';
import { type DeepPartial, merge, typed } from '../merge';
import { Resource, type ResourceProps } from '../resource';

export interface HelmReleaseProps extends ResourceProps {
  /**
   * Where the chart is: an OCI artifact (`oci://ghcr.io/org/charts/app`), or an HTTPS repository with the chart's name.
   */
  readonly chart: { readonly oci: string } | { readonly repository: string; readonly name: string };
  /** The chart's version: exactly one. */
  readonly version: string;
  /** The chart's values. @default its own */
  readonly values?: Readonly<Record<string, unknown>>;
  /** @default '1h' */
  readonly interval?: string;
  /** Any other field of spec. @default none */
  readonly spec?: DeepPartial<HelmReleaseSpec>;
}

/**
 * A Helm release and the source of its chart, in one file: an OCIRepository or a HelmRepository.
 * CRDs are created and updated with the chart, so that a new version finds its fields.
 *
 * @example
 * new HelmRelease(app.directory, 'podinfo', { chart: { oci: 'oci://ghcr.io/stefanprodan/charts/podinfo' }, version: '6.9.0' });
 */
export class HelmRelease extends Resource {
  /** The L1 beneath. */
  readonly resource: ApiObject;
  /** The L1 of the chart's source. */
  readonly source: ApiObject;

  constructor(scope: Construct, id: string, props: HelmReleaseProps) {
    super(scope, id);
    const metadata = this.metadata(props, {}, labelledName);
    const version = requireFormat(this, 'version', props.version, pinnedVersion);
    const interval = requireFormat(this, 'interval', props.interval ?? '1h', fluxDuration);
    const name = String(metadata.name);
    const { source, chart } = this.chartSource(props.chart, { name, version, interval });
    const spec = merge(
      typed<HelmReleaseSpec>({
        interval,
        ...chart,
        install: { crds: 'CreateReplace', remediation: { retries: 3 } },
        upgrade: { crds: 'CreateReplace', cleanupOnFail: true, remediation: { retries: 3 } },
        values: props.values,
      }),
      props.spec,
    );
    requireFormat(this, 'interval', spec.interval, fluxDuration);
    optionalFormat(this, 'timeout', spec.timeout, fluxDuration);
    this.source = source;
    this.resource = this.apiObject('Resource', HelmReleaseL1.GVK, metadata, { spec: toJson_HelmReleaseSpec(spec) });
  }

  /** The object that the chart comes from, and how the release refers to it. */
  private chartSource(
    chart: HelmReleaseProps['chart'] | undefined,
    { name, version, interval }: { name: string; version: string; interval: string },
  ): { source: ApiObject; chart: Record<string, unknown> } {
    if (chart && 'oci' in chart) {
      const url = requireFormat(this, 'chart.oci', chart.oci, ociUrl);
      const spec = {
        interval,
        url,
        // A tag has no `+`: Helm writes `_` in its place when it pushes. (Helm, registry/util)
        ref: { tag: version.replaceAll('+', '_') },
        layerSelector: { mediaType: 'application/vnd.cncf.helm.chart.content.v1.tar+gzip', operation: 'copy' },
      };
      return {
        source: this.apiObject('source', OciRepository.GVK, { name }, { spec }),
        chart: { chartRef: { kind: 'OCIRepository', name } },
      };
    }
    if (!chart?.name || !chart.repository) {
      refuse(this, {
        field: 'chart',
        value: chart,
        allowed: 'the address of an OCI artifact, or that of a repository and the chart in it',
        example: "{ oci: 'oci://ghcr.io/stefanprodan/charts/podinfo' }",
      });
    }
    const url = requireFormat(this, 'chart.repository', chart.repository, httpUrl);
    return {
      source: this.apiObject('source', HelmRepository.GVK, { name }, { spec: { interval, url } }),
      chart: { chart: { spec: { chart: chart.name, version, sourceRef: { kind: 'HelmRepository', name } } } },
    };
  }
}

const ociUrl = {
  allowed: 'an address of an OCI repository, without a tag',
  example: '"oci://ghcr.io/stefanprodan/charts/podinfo"',
  accepts: (value: string) => /^oci:\/\/[a-z0-9.-]+(:[0-9]+)?(\/[a-z0-9._-]+)+$/.test(value),
};

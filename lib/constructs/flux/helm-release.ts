import type { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import {
  HelmRelease as HelmReleaseL1,
  type HelmReleaseSpec,
  toJson_HelmReleaseSpec,
} from '../../../imports/helm-release';
import { fluxDuration } from '../../systems/duration';
import { labelledName } from '../../systems/kubernetes/names';
import { pinnedVersion } from '../../systems/release';
import { optionalFormat, requireFormat } from '../formats';
import { refuse } from '../input-error';
import { type DeepPartial, merge, typed } from '../merge';
import { Resource, type ResourceProps } from '../resource';
import { type ChartLocation, chartReference, type ImportedChart } from './helm-chart';
import { type HelmValues, resolveValues } from './helm-values';

/** What a release is, but for its chart. */
export interface HelmReleaseSettings<Values extends object> extends ResourceProps {
  /** The chart's values, typed by an imported chart; handles may stand in them, see HelmText. @default its own */
  readonly values?: NoInfer<Values>;
  /** @default '1h' */
  readonly interval?: string;
  /** Any other field of spec. @default none */
  readonly spec?: DeepPartial<HelmReleaseSpec>;
}

/** A chart that `espalier import` has imported, which knows its version, or where one is with exactly one version. */
export type HelmReleaseProps<Values extends object = HelmValues> = HelmReleaseSettings<Values> &
  (
    | { readonly chart: ImportedChart<Values>; readonly version?: string }
    | { readonly chart: ChartLocation; readonly version: string }
  );

/**
 * A Helm release and the source of its chart, in one file: an OCIRepository or a HelmRepository.
 * CRDs are created and updated with the chart, so that a new version finds its fields.
 *
 * @example
 * new HelmRelease(app.directory, 'podinfo', { chart: { oci: 'oci://ghcr.io/stefanprodan/charts/podinfo' }, version: '6.9.0' });
 *
 * @typeParam Values what the chart takes, as `espalier import` writes it
 */
export class HelmRelease<Values extends object = HelmValues> extends Resource {
  /** The L1 beneath. */
  readonly resource: ApiObject;
  private readonly ownSource: ApiObject | undefined;

  constructor(scope: Construct, id: string, props: HelmReleaseProps<Values>) {
    super(scope, id);
    const metadata = this.metadata(props, {}, labelledName);
    const given = props.version ?? (props.chart as Partial<ImportedChart> | undefined)?.version;
    const version = requireFormat(this, 'version', given as string, pinnedVersion);
    const interval = requireFormat(this, 'interval', props.interval ?? '1h', fluxDuration);
    const name = String(metadata.name);
    const chart = chartReference(this, props.chart, { name, version, interval });
    const spec = merge(
      typed<HelmReleaseSpec>({
        interval,
        ...chart.spec,
        install: { crds: 'CreateReplace', remediation: { retries: 3 } },
        upgrade: { crds: 'CreateReplace', cleanupOnFail: true, remediation: { retries: 3 } },
        values: props.values,
      }),
      props.spec,
    );
    requireFormat(this, 'interval', spec.interval, fluxDuration);
    optionalFormat(this, 'timeout', spec.timeout, fluxDuration);
    const values = resolveValues(this, spec.values, spec.targetNamespace ?? this.namespace);
    this.ownSource = chart.source && this.apiObject('source', chart.source.kind, { name }, { spec: chart.source.spec });
    const body = { spec: toJson_HelmReleaseSpec({ ...spec, values }) };
    this.resource = this.apiObject('Resource', HelmReleaseL1.GVK, metadata, body);
  }

  /**
   * The L1 of the chart's source.
   *
   * @throws EspalierError where the chart is a folder, which the cluster's own source brings
   */
  get source(): ApiObject {
    return (
      this.ownSource ??
      refuse(this, {
        field: 'source',
        allowed: "a chart of a registry or repository: a folder comes with the cluster's source",
      })
    );
  }
}

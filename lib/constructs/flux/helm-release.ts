import { ApiObject, App, Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import {
  HelmRelease as HelmReleaseL1,
  type HelmReleaseSpec,
  toJson_HelmReleaseSpec,
} from '../../../imports/helm-release';
import type { JsonObject } from '../../json/json';
import { fluxDuration } from '../../systems/duration';
import { labelledName } from '../../systems/kubernetes/names';
import { pinnedVersion } from '../../systems/release';
import { optionalFormat, requireFormat } from '../formats';
import { refuse } from '../input-error';
import { type DeepPartial, merge, typed } from '../merge';
import { Resource, type ResourceProps } from '../resource';
import { uncommented } from '../yaml-notes';
import { type ChartLocation, chartReference, type ImportedChart } from './helm-chart';
import { type HelmValues, resolveValues } from './helm-values';
import { addRendered, type RenderedSettings } from './rendered-chart';

/** What a release is, but for its chart. */
export interface HelmReleaseSettings<Values extends object> extends ResourceProps {
  /** The chart's values, typed by an imported chart; handles may stand in them, see HelmText. @default its own */
  readonly values?: NoInfer<Values>;
  /**
   * Writes the objects that the chart makes into the tree, in place of the release: a folder named after it, with a file for each. It
   * takes `helm` and the chart while synthesizing.
   * @default false
   */
  readonly rendered?: boolean | RenderedSettings;
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
  /** The L1s beneath: the source and the release, or what the chart makes where it is rendered. */
  readonly objects: readonly ApiObject[];
  private readonly released: { readonly resource: ApiObject; readonly source: ApiObject | undefined } | undefined;

  constructor(scope: Construct, id: string, props: HelmReleaseProps<Values>) {
    super(scope, id);
    const metadata = this.metadata(props, {}, labelledName);
    const imported = props.chart as Partial<ImportedChart> | undefined;
    const version = requireFormat(this, 'version', (props.version ?? imported?.version) as string, pinnedVersion);
    const interval = requireFormat(this, 'interval', props.interval ?? '1h', fluxDuration);
    const name = String(metadata.name);
    const chart = chartReference(this, props.chart, { name, version, interval });
    const values = uncommented(this, props.values, ['spec', 'values']);
    const given = merge(
      typed<HelmReleaseSpec>({
        interval,
        ...chart.spec,
        install: { crds: 'CreateReplace', remediation: { retries: 3 } },
        upgrade: { crds: 'CreateReplace', cleanupOnFail: true, remediation: { retries: 3 } },
        values,
      }),
      uncommented(this, props.spec, ['spec']),
    );
    requireFormat(this, 'interval', given.interval, fluxDuration);
    optionalFormat(this, 'timeout', given.timeout, fluxDuration);
    const resolvedValues = resolveValues(this, given.values, given.targetNamespace ?? this.namespace);
    const spec = toJson_HelmReleaseSpec({ ...given, values: resolvedValues }) as JsonObject;
    if (props.rendered) {
      const digest = version === imported?.version ? imported.digest : undefined;
      const settings = props.rendered === true ? {} : props.rendered;
      this.objects = addRendered(this, { chart: props.chart, version, digest, name, spec: resolved(spec), settings });
      return;
    }
    const source = chart.source && this.apiObject('source', chart.source.kind, { name }, { spec: chart.source.spec });
    const resource = this.apiObject('Resource', HelmReleaseL1.GVK, metadata, { spec });
    this.released = { resource, source };
    this.objects = source === undefined ? [resource] : [source, resource];
  }

  /**
   * The L1 of the release.
   *
   * @throws EspalierError where it is rendered: there is none
   */
  get resource(): ApiObject {
    return this.unrendered('resource').resource;
  }

  /**
   * The L1 of the chart's source.
   *
   * @throws EspalierError where it is rendered, and where the chart is a folder, which the cluster's own source brings
   */
  get source(): ApiObject {
    const { source } = this.unrendered('source');
    return (
      source ??
      refuse(this, {
        field: 'source',
        allowed: "a chart of a registry or repository: a folder comes with the cluster's source",
      })
    );
  }

  private unrendered(field: string): { readonly resource: ApiObject; readonly source: ApiObject | undefined } {
    return (
      this.released ??
      refuse(this, { field, allowed: 'a release that is not rendered: of one that is, `objects` are what there is' })
    );
  }
}

/** Values as they will be written, tokens resolved. */
function resolved(spec: JsonObject): JsonObject {
  const detached = new ApiObject(new Chart(new App(), 'detached'), 'release', { ...HelmReleaseL1.GVK, spec } as never);
  return (detached.toJson() as { spec: JsonObject }).spec;
}

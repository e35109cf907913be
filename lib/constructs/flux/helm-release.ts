import { type ApiObject, App, Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import type { HelmReleaseSpec } from '../../../imports/helm-release';
import type { HelmRepositorySpec } from '../../../imports/helm-repository';
import type { OciRepositorySpec } from '../../../imports/oci-repository';
import type { JsonObject } from '../../json/json';
import { fluxDuration } from '../../systems/duration';
import { labelledName } from '../../systems/kubernetes/names';
import { pinnedVersion } from '../../systems/release';
import { optionalFormat, requireFormat } from '../formats';
import { gvk } from '../gvk';
import { resolveHandles } from '../handles';
import { refuse } from '../input-error';
import { type DeepPartial, merge, orDefault, type Plain, typed } from '../merge';
import { refuseUnknown } from '../refuse-unknown';
import { Resource, type ResourceProps } from '../resource';
import { clusterOf, requireSameCluster } from '../scopes';
import { Secret } from '../secret';
import type { ServiceHandle } from '../service-handle';
import { uncommented } from '../yaml-notes';
import {
  type ChartLocation,
  type ChartOfSource,
  type ChartVersion,
  chartReference,
  type ImportedChart,
  type VersionRange,
} from './helm-chart';
import { type HelmText, type HelmValues, resolveValues } from './helm-values';
import { ReleaseObject } from './release-object';
import { addRendered, type RenderedSettings } from './rendered-chart';
import { type Sharded, shardLabels, shardOf } from './shard';

/** What a release is, but for its chart. `null` takes a default away: the field is not written then. */
export interface HelmReleaseSettings<Values extends object> extends ResourceProps, Sharded {
  /**
   * The chart's values, typed by an imported chart; handles may stand in them, see HelmText. Null in them is written: it takes away what
   * the chart has there. @default its own
   */
  readonly values?: NoInfer<Values> | null;
  /** ConfigMaps and Secrets that hold values, in the order in which Flux lays them over each other. @default none */
  readonly valuesFrom?: readonly ValuesReference[] | null;
  /** Releases that Flux waits for. @default none */
  readonly dependsOn?: readonly (ReleaseDependency | HelmRelease<never>)[] | null;
  /**
   * Writes the objects that the chart makes into the tree, in place of the release: a folder named after it, with a file for each. It
   * takes `helm` and the chart while synthesizing.
   * @default false
   */
  readonly rendered?: boolean | RenderedSettings;
  /** @default '1h' */
  readonly interval?: string | null;
  /** Of the source that the release makes: its metadata, and any field of its spec. @default that of the release */
  readonly source?: ReleaseSourceProps;
  /** Any other field of spec. @default none */
  readonly spec?: DeepPartial<Plain<HelmReleaseSpec>>;
}

export interface ReleaseSourceProps extends Pick<ResourceProps, 'name' | 'description' | 'labels' | 'annotations'> {
  readonly spec?: DeepPartial<Plain<OciRepositorySpec>> | DeepPartial<Plain<HelmRepositorySpec>>;
}

/** An item of valuesFrom, as Flux has it; a handle may be its name. */
export interface ValuesReference {
  readonly kind: 'ConfigMap' | 'Secret';
  readonly name: HelmText;
  /** @default 'values.yaml' */
  readonly valuesKey?: HelmText;
  readonly targetPath?: string;
  readonly optional?: boolean;
}

/** An item of dependsOn, as Flux has it; the construct may be its name. */
export interface ReleaseDependency {
  readonly name: string | HelmRelease<never>;
  /** @default its own: left out where both releases are in one namespace */
  readonly namespace?: string;
  readonly readyExpr?: string;
}

/**
 * A chart that `espalier import` has imported, which knows its version; where one is, with exactly one version, a range, or none; one
 * that another object brings; or null, where `spec` says all of it.
 */
export type HelmReleaseProps<Values extends object = HelmValues> = HelmReleaseSettings<Values> &
  (
    | { readonly chart: ImportedChart<Values>; readonly version?: ChartVersion }
    | { readonly chart: ChartLocation | ChartOfSource | null; readonly version: string | VersionRange | null }
    | { readonly chart: ChartOfSource | null; readonly version?: ChartVersion }
  );

/** What the definition of HelmReleases (helm.toolkit.fluxcd.io/v2) allows as the source of a chart that Flux makes a HelmChart for. */
const chartSources: readonly string[] = ['HelmRepository', 'GitRepository', 'Bucket'];

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
  /** metadata.name of the release. */
  readonly name: string;
  /** The L1s beneath: the source and the release, or what the chart makes where it is rendered. */
  readonly objects: readonly ApiObject[];
  /** Where the chart's objects live. */
  readonly targetNamespace: string;
  private readonly released: { readonly resource: ApiObject; readonly source: ApiObject | undefined } | undefined;

  constructor(scope: Construct, id: string, props: HelmReleaseProps<Values>) {
    super(scope, id, props);
    refuseUnknown(this, HelmRelease, props);
    const shard = shardLabels(shardOf(this, props));
    const metadata = this.metadata(props, shard, labelledName);
    const imported = props.chart as Partial<ImportedChart> | undefined | null;
    const version = this.version(props, imported?.version);
    optionalFormat(this, 'interval', props.interval ?? undefined, fluxDuration);
    this.name = String(metadata.name);
    const ofSource = this.metadata({ ...props.source, name: props.source?.name ?? this.name }, shard);
    const hasDefaults = clusterOf(this).defaults;
    const made = { name: String(ofSource.name), interval: props.interval ?? (hasDefaults ? '1h' : undefined) };
    const chart = chartReference(this, props.chart, version, made);
    const defaults = {
      interval: orDefault(props.interval, hasDefaults ? '1h' : undefined),
      ...chart.spec,
      // The HelmChart that Flux makes has to be of the shard, too.
      ...(shard.labels && chart.spec.chart ? { chart: { metadata: shard, ...chart.spec.chart } } : {}),
      ...(hasDefaults && {
        install: { crds: 'CreateReplace', remediation: { retries: 3 } },
        upgrade: { crds: 'CreateReplace', cleanupOnFail: true, remediation: { retries: 3 } },
      }),
      valuesFrom: props.valuesFrom ?? undefined,
      dependsOn: props.dependsOn?.map((item) => this.dependency(item)),
      values: uncommented(this, props.values, ['spec', 'values']) ?? undefined,
    };
    const given = merge(
      typed<HelmReleaseSpec>(defaults as never),
      uncommented(this, props.spec, ['spec']) as DeepPartial<HelmReleaseSpec>,
    );
    optionalFormat(this, 'interval', given.interval, fluxDuration);
    optionalFormat(this, 'timeout', given.timeout, fluxDuration);
    const kind: string | null | undefined = given.chart?.spec?.sourceRef?.kind;
    if (kind && !chartSources.includes(kind)) {
      refuse(this, {
        field: 'spec.chart.spec.sourceRef.kind',
        value: kind,
        allowed: `${chartSources.join(', ')}: an OCIRepository is referred to by spec.chartRef`,
        example: 'HelmRepository',
      });
    }
    this.targetNamespace = given.targetNamespace ?? this.namespace;
    const values = resolveValues(this, given.values, this.targetNamespace);
    const valuesFrom = resolveHandles(this, given.valuesFrom, { field: 'valuesFrom', namespace: this.namespace });
    const spec = { ...given, valuesFrom, values } as unknown as JsonObject;
    if (props.rendered) {
      const located = this.located(props.chart, version);
      const digest = version === imported?.version ? imported?.digest : undefined;
      const settings = props.rendered === true ? {} : props.rendered;
      this.objects = addRendered(this, { ...located, digest, name: this.name, spec: resolved(spec), settings });
      return;
    }
    if (props.source !== undefined && chart.source === undefined) {
      refuse(this, {
        field: 'source',
        allowed: 'settings of a source that the release makes: its chart comes from another',
        example: "chart: { oci: '…' }",
      });
    }
    const source =
      chart.source &&
      this.apiObject('source', chart.source.kind, ofSource, {
        spec: merge<object>(chart.source.spec, props.source?.spec as object | undefined),
      });
    const resource = new ReleaseObject(this, 'Resource', { ...gvk.HelmRelease, metadata, spec } as never);
    resource.keepNull(values);
    this.released = { resource, source };
    this.objects = source === undefined ? [resource] : [source, resource];
  }

  /** Exactly one, unless a range is asked for; none where the chart's own source says it. */
  private version({ chart, version }: HelmReleaseProps<Values>, imported: string | undefined): ChartVersion {
    const given = version === undefined ? imported : version;
    if (given === null || (given !== undefined && typeof given !== 'string')) return given;
    if (given === undefined && (chart === null || (chart && 'ref' in chart))) return undefined;
    return requireFormat(this, 'version', given as string, pinnedVersion);
  }

  private dependency(item: ReleaseDependency | HelmRelease<never>): object {
    const { name, ...more } = item instanceof HelmRelease ? { name: item } : item;
    if (typeof name === 'string') return { name, ...more };
    requireSameCluster(this, 'dependsOn', name);
    this.node.addDependency(name);
    return { name: name.name, ...(name.namespace !== this.namespace && { namespace: name.namespace }), ...more };
  }

  /** What can be rendered: a chart that is known here, of one version. */
  private located(chart: HelmReleaseProps['chart'], version: ChartVersion) {
    if (chart && !('ref' in chart) && typeof version === 'string') return { chart, version };
    return refuse(this, {
      field: 'rendered',
      allowed: 'a chart whose place and version the release itself says, to render it into the tree',
      example: "chart: { oci: 'oci://ghcr.io/stefanprodan/charts/podinfo' }, version: '6.9.0'",
    });
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

  /** A Secret that the chart makes; whoever reads it waits for the release. Its keys are the author's word, any without. */
  secret<const K extends string = string>(name: string, keys?: readonly K[]): Secret<K> {
    return Secret.named<K>(name, { ...(keys && { keys }), namespace: this.targetNamespace, producer: this });
  }

  /** A Service that the chart makes, by the port that requests go to; whoever refers to it waits for the release. */
  service(name: string, port: number): ServiceHandle {
    return { name, port, namespace: this.targetNamespace, producer: this };
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
  const detached = new ReleaseObject(new Chart(new App(), 'detached'), 'release', {
    ...gvk.HelmRelease,
    spec,
  } as never);
  return (detached.keepNull(spec.values).toJson() as { spec: JsonObject }).spec;
}

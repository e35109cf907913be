import { ownDescription } from '../description';
import { Application } from '../flux/application';
import type { Cluster } from '../flux/cluster';
import type { FluxKustomizationProps } from '../flux/flux-kustomization';
import { HelmRelease } from '../flux/helm-release';
import { ownValues } from '../flux/helm-values';
import { type Named, NamedOperator } from '../named';
import { refuseUnknown, refuseUnknownOption } from '../refuse-unknown';

export interface CloudNativePgProps {
  /** The chart's version: 0.29.0 installs the operator 1.30.0. */
  readonly version: string;
  /** @default 'cnpg-system' */
  readonly namespace?: string;
  /** The chart's values; null in place of one, or of all, takes defaults away. @default CRDs with the chart */
  readonly values?: Readonly<Record<string, unknown>> | null;
  /** What it is for, in a line; null for none. @default what the operator does */
  readonly description?: string | null;
  readonly kustomization?: FluxKustomizationProps;
}

export interface NamedOperatorProps extends Named {
  /** Where it runs. @default 'cnpg-system' */
  readonly namespace?: string;
}

/**
 * The CloudNativePG operator, installed by its Helm chart. PostgresClusters wait for it.
 *
 * @example
 * const cnpg = new CloudNativePg(soyo, { version: '0.29.0' });
 */
export class CloudNativePg extends Application {
  /**
   * The operator where something else installs it.
   *
   * @example
   * const cnpg = CloudNativePg.named({ producer: release });
   */
  static named(props: NamedOperatorProps = {}): NamedOperator {
    refuseUnknownOption('CloudNativePg.named', props);
    const { namespace = 'cnpg-system', producer } = props;
    return new NamedOperator(namespace, producer);
  }

  readonly release: HelmRelease;

  constructor(cluster: Cluster, props: CloudNativePgProps) {
    const name = 'cloudnative-pg';
    super(cluster, name, {
      namespace: props?.namespace ?? 'cnpg-system',
      description: ownDescription(
        cluster,
        props?.description,
        'The CloudNativePG operator, which runs the PostgreSQL databases',
      ),
      kustomization: props?.kustomization,
    });
    refuseUnknown(this, CloudNativePg, props);
    this.release = new HelmRelease(this.directory, 'helmrelease', {
      name,
      chart: { repository: 'https://cloudnative-pg.github.io/charts', name },
      version: props.version,
      // The chart's definitions stay when the release goes: they carry helm.sh/resource-policy: keep.
      values: ownValues(cluster, props.values, { crds: { create: true } }),
    });
  }
}

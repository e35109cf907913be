import { Application } from '../flux/application';
import type { Cluster } from '../flux/cluster';
import type { FluxKustomizationProps } from '../flux/flux-kustomization';
import { HelmRelease } from '../flux/helm-release';
import { merge } from '../merge';
import { type Named, NamedOperator } from '../named';

export interface CloudNativePgProps {
  /** The chart's version: 0.29.0 installs the operator 1.30.0. */
  readonly version: string;
  /** @default 'cnpg-system' */
  readonly namespace?: string;
  /** The chart's values. @default CRDs with the chart */
  readonly values?: Readonly<Record<string, unknown>>;
  /** What it is for, in a line. @default what the operator does */
  readonly description?: string;
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
  static named({ namespace = 'cnpg-system', producer }: NamedOperatorProps = {}): NamedOperator {
    return new NamedOperator(namespace, producer);
  }

  readonly release: HelmRelease;

  constructor(cluster: Cluster, props: CloudNativePgProps) {
    const name = 'cloudnative-pg';
    super(cluster, name, {
      namespace: props.namespace ?? 'cnpg-system',
      description: props.description ?? 'The CloudNativePG operator, which runs the PostgreSQL databases',
      kustomization: props.kustomization,
    });
    this.release = new HelmRelease(this.directory, 'helmrelease', {
      name,
      chart: { repository: 'https://cloudnative-pg.github.io/charts', name },
      version: props.version,
      // The chart's definitions stay when the release goes: they carry helm.sh/resource-policy: keep.
      values: merge<Readonly<Record<string, unknown>>>({ crds: { create: true } }, props.values),
    });
  }
}

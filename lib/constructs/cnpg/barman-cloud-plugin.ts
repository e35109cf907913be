import { ownDescription } from '../description';
import { Application } from '../flux/application';
import type { Cluster } from '../flux/cluster';
import type { FluxKustomizationProps } from '../flux/flux-kustomization';
import { HelmRelease } from '../flux/helm-release';
import { ownValues } from '../flux/helm-values';
import { NamedOperator } from '../named';
import { refuseUnknown, refuseUnknownOption } from '../refuse-unknown';
import type { CloudNativePg, NamedOperatorProps } from './cloudnative-pg';
import { needApplication } from './neighbour';

export interface BarmanCloudPluginProps {
  /** The operator that it serves; it is installed in the operator's namespace. */
  readonly operator: CloudNativePg | NamedOperator;
  /** The chart's version: 0.6.0 installs the plugin 0.12.0. */
  readonly version: string;
  /** The chart's values; null in place of one, or of all, takes defaults away. @default CRDs with the chart */
  readonly values?: Readonly<Record<string, unknown>> | null;
  /** What it is for, in a line. Null for none. @default what the plugin does */
  readonly description?: string | null;
  /** Settings of its Flux Kustomization; `dependsOn` is the place for cert-manager. */
  readonly kustomization?: FluxKustomizationProps;
}

/**
 * The Barman Cloud plugin of CloudNativePG, installed by its Helm chart beside the operator, which looks for it in its own
 * namespace. ObjectStores, and the PostgresClusters that archive to them, wait for it. (plugin-barman-cloud, Installation)
 *
 * Needs cert-manager: the chart has it issue the certificates that operator and plugin talk with. Where cert-manager's
 * Kustomization lies outside this app, name it.
 *
 * @example
 * const plugin = new BarmanCloudPlugin(soyo, {
 *   operator: cnpg,
 *   version: '0.7.1',
 *   kustomization: { dependsOn: [{ name: 'cert-manager', namespace: 'cert-manager' }] },
 * });
 */
export class BarmanCloudPlugin extends Application {
  /** The plugin where something else installs it. */
  static named(props: NamedOperatorProps = {}): NamedOperator {
    refuseUnknownOption('BarmanCloudPlugin.named', props);
    const { namespace = 'cnpg-system', producer } = props;
    return new NamedOperator(namespace, producer);
  }

  readonly release: HelmRelease;

  constructor(cluster: Cluster, props: BarmanCloudPluginProps) {
    const name = 'plugin-barman-cloud';
    super(cluster, name, {
      namespace: props?.operator?.namespace,
      description: ownDescription(
        cluster,
        props?.description,
        'The Barman Cloud plugin of CloudNativePG, which backs databases up to object stores',
      ),
      kustomization: props?.kustomization,
    });
    refuseUnknown(this, BarmanCloudPlugin, props);
    needApplication(this, 'operator', props.operator);
    this.release = new HelmRelease(this.directory, 'helmrelease', {
      name,
      chart: { repository: 'https://cloudnative-pg.github.io/charts', name },
      version: props.version,
      values: ownValues(cluster, props.values, { crds: { create: true } }),
    });
  }
}

import { Application } from '../flux/application';
import type { Cluster } from '../flux/cluster';
import type { FluxKustomizationProps } from '../flux/flux-kustomization';
import { HelmRelease } from '../flux/helm-release';

export interface ExternalSecretsProps {
  /** The chart's version, which is the operator's. */
  readonly version: string;
  /** @default 'external-secrets' */
  readonly namespace?: string;
  /** The chart's values. @default CRDs and the service account that stores log in with */
  readonly values?: Readonly<Record<string, unknown>>;
  readonly kustomization?: FluxKustomizationProps;
}

/**
 * The External Secrets Operator, installed by its Helm chart. Stores, ExternalSecrets and PushSecrets wait for it.
 *
 * @example
 * const eso = new ExternalSecrets(soyo, { version: '2.9.0' });
 */
export class ExternalSecrets extends Application {
  /** The service account that the operator runs as, and that stores log in with. */
  readonly serviceAccount: { readonly name: string; readonly namespace: string };
  readonly release: HelmRelease;

  constructor(cluster: Cluster, props: ExternalSecretsProps) {
    const name = 'external-secrets';
    super(cluster, name, { namespace: props.namespace ?? name, kustomization: props.kustomization });
    this.serviceAccount = { name, namespace: this.namespace };
    this.release = new HelmRelease(this.directory, 'helmrelease', {
      name,
      chart: { oci: 'oci://ghcr.io/external-secrets/charts/external-secrets' },
      version: props.version,
      values: { installCRDs: true, serviceAccount: { create: true, name }, ...props.values },
    });
  }
}

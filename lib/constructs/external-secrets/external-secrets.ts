import { ownDescription } from '../description';
import { Application } from '../flux/application';
import type { Cluster } from '../flux/cluster';
import type { FluxKustomizationProps } from '../flux/flux-kustomization';
import { HelmRelease } from '../flux/helm-release';
import { ownValues } from '../flux/helm-values';
import { type Named, NamedOperator } from '../named';
import { refuseUnknown, refuseUnknownOption } from '../refuse-unknown';

export interface ExternalSecretsProps {
  /** The chart's version, which is the operator's. */
  readonly version: string;
  /** @default 'external-secrets' */
  readonly namespace?: string;
  /** The chart's values; null in place of one, or of all, takes defaults away. @default CRDs, which stay when the release goes, and the service account that stores log in with */
  readonly values?: Readonly<Record<string, unknown>> | null;
  /** What it is for, in a line; null for none. @default what the operator does */
  readonly description?: string | null;
  readonly kustomization?: FluxKustomizationProps;
}

export interface NamedExternalSecretsProps extends Named {
  /** Where it runs. @default 'external-secrets' */
  readonly namespace?: string;
  /** The service account that it runs as. @default 'external-secrets' of its namespace */
  readonly serviceAccount?: { readonly name: string; readonly namespace: string };
}

/** An External Secrets Operator that something else installs. */
export class NamedExternalSecrets extends NamedOperator {
  readonly serviceAccount: { readonly name: string; readonly namespace: string };

  constructor({ namespace = 'external-secrets', serviceAccount, producer }: NamedExternalSecretsProps = {}) {
    super(namespace, producer);
    this.serviceAccount = serviceAccount ?? { name: 'external-secrets', namespace };
  }
}

/** With the definitions go all ExternalSecrets, and the Secrets that they own: they stay when the release goes. */
const defaults = { installCRDs: true, crds: { annotations: { 'helm.sh/resource-policy': 'keep' } } };

/**
 * The External Secrets Operator, installed by its Helm chart. Stores, ExternalSecrets and PushSecrets wait for it.
 *
 * @example
 * const eso = new ExternalSecrets(soyo, { version: '2.9.0' });
 */
export class ExternalSecrets extends Application {
  /**
   * The operator where something else installs it: a HelmRelease of its own, an add-on of the provider.
   *
   * @example
   * const eso = ExternalSecrets.named({ namespace: 'secrets', producer: release });
   */
  static named(props: NamedExternalSecretsProps = {}): NamedExternalSecrets {
    refuseUnknownOption('ExternalSecrets.named', props);
    return new NamedExternalSecrets(props);
  }

  /** The service account that the operator runs as, and that stores log in with. */
  readonly serviceAccount: { readonly name: string; readonly namespace: string };
  readonly release: HelmRelease;

  constructor(cluster: Cluster, props: ExternalSecretsProps) {
    const name = 'external-secrets';
    super(cluster, name, {
      namespace: props?.namespace ?? name,
      description: ownDescription(
        cluster,
        props?.description,
        'The External Secrets Operator, which makes Secrets from Vault and pushes others to it',
      ),
      kustomization: props?.kustomization,
    });
    refuseUnknown(this, ExternalSecrets, props);
    this.serviceAccount = { name, namespace: this.namespace };
    this.release = new HelmRelease(this.directory, 'helmrelease', {
      name,
      chart: { oci: 'oci://ghcr.io/external-secrets/charts/external-secrets' },
      version: props.version,
      values: ownValues(cluster, props.values, { ...defaults, serviceAccount: { create: true, name } }),
    });
  }
}

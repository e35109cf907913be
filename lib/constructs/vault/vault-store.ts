import { ApiObject } from 'cdk8s';
import { Construct, type IConstruct } from 'constructs';
import {
  ClusterSecretStore,
  type ClusterSecretStoreSpec,
  toJson_ClusterSecretStoreSpec,
} from '../../../imports/cluster-secret-store';
import type { ExternalSecrets } from '../external-secrets/external-secrets';
import type { Cluster } from '../flux/cluster';
import { FluxKustomization } from '../flux/flux-kustomization';
import { dnsLabel, dnsSubdomain, httpUrl, requireFormat } from '../formats';
import { refuse } from '../input-error';
import { type DeepPartial, merge } from '../merge';
import { freeId } from '../resource';
import { clusterOf, markApplication } from '../scopes';
import { VaultPath, vaultSegments } from './vault-path';

export interface VaultStoreProps {
  /** The operator that reads the store. */
  readonly operator: ExternalSecrets;
  /** Vault's address, as seen from the cluster. */
  readonly server: string;
  /** Where the KV v2 engine is mounted. @default 'kv' */
  readonly mount?: string;
  /** metadata.name of the ClusterSecretStore. @default the construct's id */
  readonly name?: string;
  /** The role of Vault's Kubernetes auth method. @default 'external-secrets' */
  readonly role?: string;
  /** Where the Kubernetes auth method is mounted. @default 'kubernetes' */
  readonly mountPath?: string;
  /** Whose token logs in; a cluster-wide store must name its namespace. @default the operator's own */
  readonly serviceAccount?: { readonly name: string; readonly namespace: string };
  /** Any other field of spec, such as conditions or a CA. @default none */
  readonly spec?: DeepPartial<ClusterSecretStoreSpec>;
}

/**
 * A KV v2 engine of Vault as a ClusterSecretStore, and the paths in it. It stands in the Flux Kustomization
 * `external-secrets-stores`, which waits for the operator.
 *
 * Paths follow the convention `<organisation>/<environment>/clusters/<cluster>/apps/<app>/<purpose>`.
 *
 * @example
 * const vault = new VaultStore(soyo, 'vault', { operator: eso, server: 'http://vault.vault.svc:8200', mount: 'kv' });
 * vault.app('backstage', 'db').display; // kv/webgrip/prod/clusters/soyo/apps/backstage/db
 */
export class VaultStore extends Construct {
  readonly kustomization: FluxKustomization;
  /** The L1 beneath. */
  readonly resource: ApiObject;
  readonly storeName: string;
  readonly mount: string;
  readonly operator: ExternalSecrets;

  constructor(cluster: Cluster, id: string, props: VaultStoreProps) {
    super(cluster, freeId(cluster, id));
    if (clusterOf(props.operator) !== cluster) {
      refuse(this, {
        field: 'operator',
        value: props.operator.node.path,
        allowed: `an operator of the same cluster (${cluster.clusterName})`,
      });
    }
    this.operator = props.operator;
    this.mount = requireFormat(this, 'mount', props.mount ?? 'kv', vaultSegments);
    if (/\/(data|metadata)$/.test(`/${this.mount}`)) {
      refuse(this, {
        field: 'mount',
        value: this.mount,
        allowed: 'the mount alone, without KV v2\'s "data": ESO adds it, and would read it twice',
        example: JSON.stringify(this.mount.replace(/\/?(data|metadata)$/, '') || 'kv'),
      });
    }
    this.storeName = requireFormat(this, 'name', props.name ?? id, dnsSubdomain);
    this.kustomization = storesOf(props.operator);
    markApplication(this);
    const spec = merge(this.spec(props), props.spec);
    this.resource = new ApiObject(this.kustomization.directory, this.storeName, {
      ...ClusterSecretStore.GVK,
      metadata: { name: this.storeName },
      spec: toJson_ClusterSecretStoreSpec(spec),
    });
    this.resource.node.addDependency(props.operator);
  }

  /** A secret at any path below the mount. */
  path(key: string): VaultPath {
    return new VaultPath(this, this.mount, key);
  }

  /**
   * The secret of an app of this cluster, by the convention.
   *
   * @param app the app's name
   * @param purpose what it is for, such as `app` or `db`
   */
  app(app: string, purpose: string): VaultPath {
    const { organisation, environment, clusterName } = clusterOf(this);
    return this.path(`${organisation}/${environment}/clusters/${clusterName}/apps/${app}/${purpose}`);
  }

  /** How ExternalSecrets and PushSecrets refer to it; declares that the reader needs it. */
  referredBy(reader: IConstruct): { readonly name: string; readonly kind: 'ClusterSecretStore' } {
    if (clusterOf(reader) !== clusterOf(this)) {
      refuse(reader, {
        field: 'store',
        value: this.node.path,
        allowed: `a store of the same cluster (${clusterOf(reader).clusterName})`,
      });
    }
    reader.node.addDependency(this, this.operator);
    return { name: this.storeName, kind: 'ClusterSecretStore' };
  }

  private spec(props: VaultStoreProps): ClusterSecretStoreSpec {
    const serviceAccount = props.serviceAccount ?? this.operator.serviceAccount;
    return {
      provider: {
        vault: {
          server: requireFormat(this, 'server', props.server, httpUrl),
          path: this.mount,
          version: 'v2',
          auth: {
            kubernetes: {
              mountPath: requireFormat(this, 'mountPath', props.mountPath ?? 'kubernetes', vaultSegments),
              role: requireFormat(this, 'role', props.role ?? 'external-secrets', vaultSegments),
              serviceAccountRef: {
                name: requireFormat(this, 'serviceAccount.name', serviceAccount.name, dnsSubdomain),
                namespace: requireFormat(this, 'serviceAccount.namespace', serviceAccount.namespace, dnsLabel),
              },
            },
          },
        },
      },
    } as unknown as ClusterSecretStoreSpec;
  }
}

/** The Kustomization of an operator's stores: one for all of them, beside the operator. */
function storesOf(operator: ExternalSecrets): FluxKustomization {
  const { namespaceFolder } = operator;
  const name = 'external-secrets-stores';
  const existing = namespaceFolder.node.tryFindChild(name);
  if (existing instanceof FluxKustomization) return existing;
  return new FluxKustomization(namespaceFolder, name, { directory: 'stores' });
}

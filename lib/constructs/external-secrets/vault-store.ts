import { ApiObject } from 'cdk8s';
import { Construct, type IConstruct } from 'constructs';
import type { ClusterSecretStoreSpec } from '../../../imports/cluster-secret-store';
import type { JsonObject } from '../../json/json';
import { pathText } from '../../json/path-text';
import { objectAt, textAt } from '../../json/read';
import { faultsOf } from '../../systems/external-secrets/admission';
import { providers } from '../../systems/external-secrets/providers';
import { vaultServer, withoutNamespace } from '../../systems/external-secrets/vault-login';
import { type KvEngine, repeatsData } from '../../systems/external-secrets/vault-paths';
import { oneOf } from '../../systems/format';
import { dnsLabel, dnsSubdomain } from '../../systems/kubernetes/names';
import { describedBy } from '../description';
import type { Cluster } from '../flux/cluster';
import type { FluxKustomization } from '../flux/flux-kustomization';
import { requireFormat, requireObject, requireOwn } from '../formats';
import { gvk } from '../gvk';
import { refuse, where } from '../input-error';
import { type DeepPartial, merge } from '../merge';
import { named } from '../named';
import { refuseFaults } from '../refuse-faults';
import { refuseUnknown, refuseUnknownOption } from '../refuse-unknown';
import { freeId } from '../resource';
import { clusterOf, markApplication, requireSameCluster } from '../scopes';
import { type SpecOf, specJson } from '../spec';
import { addYamlNotes, type YamlNotes } from '../yaml-notes';
import type { ExternalSecrets } from './external-secrets';
import { type NamedStoreProps, referToNamed } from './named-store';
import type { OptionsOf } from './providers';
import type { SecretStoreHandle, StoreReference } from './store-handle';
import { storesOf } from './stores-kustomization';
import { VaultPath, vaultSegments } from './vault-path';

export interface VaultStoreProps extends YamlNotes {
  /** The operator that reads the store. */
  readonly operator: ExternalSecrets;
  /** Vault's address, as seen from the cluster. */
  readonly server: string;
  /** Where the KV engine is mounted. @default 'kv' */
  readonly mount?: string;
  /** The KV engine's version. @default 'v2' */
  readonly version?: KvEngine['version'];
  /** metadata.name of the ClusterSecretStore. @default the construct's id */
  readonly name?: string;
  /** What is kept in it, or who looks after it, in a line: its annotation `kubernetes.io/description`. @default none */
  readonly description?: string;
  /** The role of Vault's Kubernetes auth method. @default 'external-secrets' */
  readonly role?: string;
  /** Where the Kubernetes auth method is mounted. @default 'kubernetes' */
  readonly mountPath?: string;
  /** Whose token logs in; a cluster-wide store must name its namespace. @default the operator's own */
  readonly serviceAccount?: { readonly name: string; readonly namespace: string };
  /** Any other field of spec, such as conditions or a CA. @default none */
  readonly spec?: DeepPartial<ClusterSecretStoreSpec> | SpecOf<ClusterSecretStoreSpec>;
}

/** What a reference to a secret in Vault says beside its path. */
type VaultOptions = OptionsOf<'vault'>;
type VaultReference = VaultOptions & { readonly key: VaultPath };

/** A store of Vault that no construct here makes: its mount and version are the author's word. */
export interface NamedVaultStoreProps extends NamedStoreProps {
  /** Where the KV engine is mounted. @default 'kv' */
  readonly mount?: string;
  /** The KV engine's version. @default 'v2' */
  readonly version?: KvEngine['version'];
  /** @default 'ClusterSecretStore'; null leaves it out of the references: External Secrets takes that for a SecretStore */
  readonly kind?: NamedStoreProps['kind'];
}

/**
 * A KV engine of Vault as a ClusterSecretStore, and the paths in it. It stands in the Flux Kustomization
 * `external-secrets-stores`, which waits for the operator.
 *
 * Paths follow the convention `<organisation>/<environment>/clusters/<cluster>/apps/<app>/<purpose>`.
 *
 * @example
 * const vault = new VaultStore(soyo, 'vault', { operator: eso, server: 'http://vault.vault.svc:8200', mount: 'kv' });
 * vault.app('backstage', 'db').display; // kv/webgrip/prod/clusters/soyo/apps/backstage/db
 */
export class VaultStore extends Construct implements SecretStoreHandle<VaultPath> {
  /**
   * A store of Vault, or of OpenBao, that no construct here makes, and the paths in it.
   *
   * @example
   * const openbao = VaultStore.named('openbao', { mount: 'secret' });
   * openbao.path('shop/db').property('password');
   */
  static named(name: string, props: NamedVaultStoreProps = {}): NamedVaultStore {
    refuseUnknownOption('VaultStore.named', props);
    return new NamedVaultStore(name, props);
  }

  readonly kustomization: FluxKustomization;
  /** The L1 beneath. */
  readonly resource: ApiObject;
  readonly storeName: string;
  readonly facts = providers.vault;
  readonly mount: string;
  readonly version: KvEngine['version'];
  readonly operator: ExternalSecrets;

  constructor(cluster: Cluster, id: string, props: VaultStoreProps) {
    super(cluster, freeId(cluster, id));
    refuseUnknown(this, VaultStore, props);
    this.operator = requireObject(this, 'operator', props.operator, {
      allowed: 'the operator that reads the store',
      example: "new ExternalSecrets(cluster, { version: '2.9.0' })",
    });
    requireSameCluster(this, 'operator', this.operator, 'an operator of the same cluster');
    this.mount = requireFormat(this, 'mount', props.mount ?? 'kv', vaultSegments);
    this.version = requireFormat(this, 'version', props.version ?? 'v2', oneOf('v1', 'v2')) as KvEngine['version'];
    if (this.version === 'v2' && repeatsData(this.mount)) {
      refuse(this, {
        field: 'mount',
        value: this.mount,
        allowed: 'only the mount, without KV v2\'s "data": ESO adds it, so the path would have it twice',
        example: JSON.stringify(this.mount.slice(0, -'/data'.length)),
      });
    }
    this.storeName = requireFormat(this, 'name', props.name ?? id, dnsSubdomain);
    this.requireFreeName(cluster);
    this.kustomization = storesOf(this.operator);
    markApplication(this);
    const spec = merge<JsonObject>(this.spec(props), specJson(this, props.spec));
    this.requireAccepted(spec);
    const { apiVersion, kind } = gvk.ClusterSecretStore;
    const object = { apiVersion, kind, spec };
    for (const path of withoutNamespace(objectAt(object, 'spec', 'provider', 'vault') ?? {})) {
      refuse(this, {
        field: `spec.provider.vault.${pathText(path)}.namespace`,
        value: undefined,
        allowed: 'a namespace: without one, a cluster-wide store looks in the namespace of each ExternalSecret',
        example: `"${this.operator.namespace}"`,
      });
    }
    refuseFaults(this, object, faultsOf, (path) => path);
    const { directory } = this.kustomization;
    const annotations = describedBy(this, props.description);
    this.resource = new ApiObject(directory, freeId(directory, this.storeName), {
      apiVersion,
      kind,
      metadata: { name: this.storeName, ...(props.description !== undefined && { annotations }) },
      spec,
    });
    addYamlNotes(this.resource, props);
    this.resource.node.addDependency(this.operator);
  }

  /** A secret at any path below the mount. */
  path(key: string): VaultPath {
    return new VaultPath(this, this.mount, key, this.version);
  }

  /** A secret at any path below the mount, as other stores have it: a property of it, a version. */
  at(key: string, options?: VaultOptions): VaultReference {
    return { key: this.path(key), ...options };
  }

  /**
   * The secret of an app of this cluster, by the convention.
   *
   * @param app the app's name
   * @param purpose what it is for, such as `app` or `db`
   */
  app(app: string, purpose: string): VaultPath {
    const { organisation, environment, clusterName } = clusterOf(this);
    requireFormat(this, 'app', app, vaultSegments);
    requireFormat(this, 'purpose', purpose, vaultSegments);
    return this.path(`${organisation}/${environment}/clusters/${clusterName}/apps/${app}/${purpose}`);
  }

  /** How ExternalSecrets and PushSecrets refer to it; declares that the reader needs it. */
  referredBy(reader: IConstruct): { readonly name: string; readonly kind: 'ClusterSecretStore' } {
    requireSameCluster(reader, 'store', this, 'a store of the same cluster');
    reader.node.addDependency(this, this.operator);
    return { name: this.storeName, kind: 'ClusterSecretStore' };
  }

  /**
   * A path as ExternalSecrets and PushSecrets of this store write it.
   *
   * @throws EspalierError for a path of another store, where the same words lead to another secret
   */
  keyOf(reader: IConstruct, field: string, path: VaultPath): string {
    return keyIn(this, reader, field, path, this);
  }

  private requireFreeName(cluster: Cluster): void {
    const isStore = (other: IConstruct): other is VaultStore => other !== this && other instanceof VaultStore;
    const other = cluster.node.children.filter(isStore).find(({ storeName }) => storeName === this.storeName);
    if (other === undefined) return;
    refuse(this, {
      field: 'name',
      value: this.storeName,
      allowed: `a name that no other store of the cluster has: ${other.node.path} already has this one`,
      example: `"${this.storeName}-2"`,
    });
  }

  /** What a cluster-wide store needs, and what its paths say, however the fields were given. */
  private requireAccepted(spec: JsonObject): void {
    const vault = requireObject(this, 'spec.provider.vault', objectAt(spec, 'provider', 'vault'), {
      allowed: 'settings for Vault: paths and policies need it',
      example: 'only the properties of VaultStore',
    });
    requireFormat(this, 'server', textAt(vault, 'server') as string, vaultServer);
    requireOwn(this, 'spec.provider.vault.path', vault.path, this.mount, 'mount');
    requireOwn(this, 'spec.provider.vault.version', vault.version, this.version, 'version');
  }

  private spec(props: VaultStoreProps): JsonObject {
    const serviceAccount = props.serviceAccount ?? this.operator.serviceAccount;
    return {
      provider: {
        vault: {
          server: requireFormat(this, 'server', props.server, vaultServer),
          path: this.mount,
          version: this.version,
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
    };
  }
}

/** A store of Vault that is only referred to. */
export class NamedVaultStore implements SecretStoreHandle<VaultPath> {
  readonly facts = providers.vault;
  readonly mount: string;
  readonly version: KvEngine['version'];
  private readonly asConstruct: IConstruct;

  constructor(
    readonly storeName: string,
    private readonly props: NamedVaultStoreProps,
  ) {
    this.asConstruct = named(`VaultStore.named("${storeName}")`);
    this.mount = requireFormat(this.asConstruct, 'mount', props.mount ?? 'kv', vaultSegments);
    this.version = props.version ?? 'v2';
  }

  /** A secret at any path below the mount. */
  path(key: string): VaultPath {
    return new VaultPath(this.asConstruct, this.mount, key, this.version);
  }

  /** A secret at any path below the mount, as other stores have it: a property of it, a version. */
  at(key: string, options?: VaultOptions): VaultReference {
    return { key: this.path(key), ...options };
  }

  referredBy(reader: IConstruct): StoreReference {
    return referToNamed(reader, this.storeName, { kind: 'ClusterSecretStore', ...this.props });
  }

  keyOf(reader: IConstruct, field: string, path: VaultPath): string {
    return keyIn(this.asConstruct, reader, field, path, this);
  }
}

/** A path's key. @throws EspalierError for a path of another store, where the same words lead to another secret */
function keyIn(own: IConstruct, reader: IConstruct, field: string, path: VaultPath, engine: { mount: string }): string {
  const { store, key, display, mount } = requireObject(reader, field, path, {
    allowed: 'a path made by the store',
    example: "vault.app('shop', 'db')",
  });
  if (store !== own) {
    refuse(reader, {
      field,
      value: display,
      allowed: `a path of the store ${where(own)} (mount ${engine.mount}): this one belongs to ${where(store)} (mount ${mount})`,
      example: `store.path('${key}') of ${where(own)}`,
    });
  }
  return key;
}

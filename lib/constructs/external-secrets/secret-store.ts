import type { ApiObject, GroupVersionKind } from 'cdk8s';
import { Construct, type IConstruct } from 'constructs';
import {
  ClusterSecretStore as ClusterSecretStoreL1,
  type ClusterSecretStoreSpec,
  type ClusterSecretStoreSpecProvider,
} from '../../../imports/cluster-secret-store';
import { SecretStore as SecretStoreL1 } from '../../../imports/secret-store';
import { faultsOf } from '../../systems/external-secrets/admission';
import { dnsSubdomain } from '../../systems/kubernetes/names';
import { addExternal } from '../external';
import { requireFormat, requireObject } from '../formats';
import { refuse } from '../input-error';
import { merge } from '../merge';
import type { Named } from '../named';
import { refuseFaults } from '../refuse-faults';
import { Resource, type ResourceProps } from '../resource';
import { namespaceAt, requireSameCluster } from '../scopes';
import { type SpecOf, specJson } from '../spec';

export type StoreKind = 'SecretStore' | 'ClusterSecretStore';

/** How ExternalSecrets and PushSecrets refer to a store. Without a kind, External Secrets looks for a SecretStore. */
export interface StoreReference {
  readonly name: string;
  readonly kind?: StoreKind;
}

/**
 * A store that ExternalSecrets read and PushSecrets write: a construct, or one that is named.
 *
 * @typeParam Key what its secrets are called: a VaultPath, or a text that its provider understands
 */
export interface SecretStoreHandle<Key = string> {
  readonly storeName: string;
  /** How to refer to it; declares that the reader needs it. */
  referredBy(reader: IConstruct): StoreReference;
  /** What the API calls a secret of it. @throws EspalierError for a secret of another store */
  keyOf(reader: IConstruct, field: string, key: Key): string;
}

export interface NamedStoreProps extends Named {
  /** @default 'SecretStore', of the reader's namespace; null leaves it out of the references, too */
  readonly kind?: StoreKind | null;
}

export interface SecretStoreProps extends ResourceProps {
  /** The one provider and its settings, under the API's own names: `{ onepassword: { … } }`. */
  readonly provider: SpecOf<ClusterSecretStoreSpecProvider>;
  /** Any other field of spec, such as conditions. @default none */
  readonly spec?: SpecOf<ClusterSecretStoreSpec>;
}

abstract class Store extends Resource implements SecretStoreHandle<string> {
  /** The L1 beneath. */
  readonly resource: ApiObject;
  readonly storeName: string;
  private readonly kind: StoreKind;

  constructor(scope: Construct, id: string, gvk: GroupVersionKind, props: SecretStoreProps) {
    super(scope, id, props);
    this.kind = gvk.kind as StoreKind;
    const metadata = this.metadata(props);
    this.storeName = String(metadata.name);
    requireObject(this, 'provider', props.provider, {
      allowed: 'one provider and its settings',
      example: '{ onepassword: { … } }',
    });
    const anyNamespace = this.kind === 'ClusterSecretStore';
    const spec = merge(
      specJson(this, { provider: props.provider }, { anyNamespace }),
      specJson(this, props.spec, { anyNamespace }),
    );
    const object = { ...gvk, spec };
    refuseFaults(this, object, faultsOf, (path) => path.replace(/^spec\.(?=provider\b)/, ''));
    this.resource = this.apiObject('Resource', gvk, metadata, { spec });
  }

  referredBy(reader: IConstruct): StoreReference {
    requireSameCluster(reader, 'store', this, 'a store of the same cluster');
    const namespace = namespaceAt(reader);
    if (this.kind === 'SecretStore' && this.namespace !== namespace) {
      refuse(reader, {
        field: 'store',
        value: this.node.path,
        allowed: `a ClusterSecretStore, or a SecretStore of namespace ${namespace}: External Secrets looks for it there`,
        example: 'a ClusterSecretStore',
      });
    }
    reader.node.addDependency(this);
    return { name: this.storeName, kind: this.kind };
  }

  keyOf(reader: IConstruct, field: string, key: string): string {
    return textKey(reader, field, key);
  }
}

/**
 * A store of one namespace, of any provider.
 *
 * @example
 * const team = new SecretStore(shop.directory, 'team', { provider: { gitlab: { projectID: '42', auth: { … } } } });
 */
export class SecretStore extends Store {
  /**
   * A store of any provider that no construct here makes.
   *
   * @example
   * const onepassword = SecretStore.named('onepassword', { kind: 'ClusterSecretStore' });
   */
  static named(name: string, props: NamedStoreProps = {}): SecretStoreHandle<string> {
    return new NamedStore(name, props);
  }

  constructor(scope: Construct, id: string, props: SecretStoreProps) {
    super(scope, id, SecretStoreL1.GVK, props);
  }
}

/**
 * A store that every namespace may use, of any provider. For Vault there is VaultStore, whose paths are typed.
 *
 * @example
 * const onepassword = new ClusterSecretStore(stores.directory, 'onepassword', {
 *   provider: { onepassword: { connectHost: 'http://onepassword-connect.tools.svc:8080', vaults: { home: 1 }, auth: { … } } },
 * });
 */
export class ClusterSecretStore extends Store {
  /** A cluster-wide store of any provider that no construct here makes. */
  static named(name: string, props: Named = {}): SecretStoreHandle<string> {
    return new NamedStore(name, { ...props, kind: 'ClusterSecretStore' });
  }

  constructor(scope: Construct, id: string, props: SecretStoreProps) {
    super(scope, id, ClusterSecretStoreL1.GVK, props);
  }
}

class NamedStore implements SecretStoreHandle<string> {
  constructor(
    readonly storeName: string,
    private readonly props: NamedStoreProps,
  ) {}

  referredBy(reader: IConstruct): StoreReference {
    return referToNamed(reader, this.storeName, this.props);
  }

  keyOf(reader: IConstruct, field: string, key: string): string {
    return textKey(reader, field, key);
  }
}

/** Refers to a store that no construct makes. */
export function referToNamed(
  reader: IConstruct,
  name: string,
  { kind = 'SecretStore', producer }: NamedStoreProps,
): StoreReference {
  requireFormat(reader, 'the name of a store', name, dnsSubdomain);
  if (producer) reader.node.addDependency(producer);
  const inNamespace = kind === 'ClusterSecretStore' ? undefined : namespaceAt(reader);
  addExternal(reader, kind ?? 'SecretStore', inNamespace, name);
  return { name, ...(kind !== null && { kind }) };
}

function textKey(reader: IConstruct, field: string, key: string): string {
  if (typeof key === 'string' && key !== '') return key;
  const value = Construct.isConstruct(key) ? undefined : key;
  refuse(reader, {
    field,
    value,
    allowed: 'the name of a secret in the store, as its provider takes it',
    example: '"shop"',
  });
}

import type { ApiObject, GroupVersionKind } from 'cdk8s';
import { Construct, type IConstruct } from 'constructs';
import type { ClusterSecretStoreSpec, ClusterSecretStoreSpecProvider } from '../../../imports/cluster-secret-store';
import type { JsonObject } from '../../json/json';
import { faultsOf } from '../../systems/external-secrets/admission';
import { type ProviderFacts, providers } from '../../systems/external-secrets/providers';
import { factsOf } from '../../systems/external-secrets/references';
import { requireObject } from '../formats';
import { gvk } from '../gvk';
import { refuse } from '../input-error';
import { merge } from '../merge';
import { type NamedOperator, needOperator } from '../named';
import { refuseFaults } from '../refuse-faults';
import { refuseUnknown, refuseUnknownOption } from '../refuse-unknown';
import { Resource, type ResourceProps } from '../resource';
import { isCluster, namespaceAt, requireSameCluster } from '../scopes';
import { type SpecOf, specJson } from '../spec';
import type { ExternalSecrets } from './external-secrets';
import { NamedStore, type NamedStoreProps, type ProvidedStoreProps } from './named-store';
import type { ProviderName, ProviderSettings, StoreProvider } from './providers';
import {
  keyIn,
  type RemoteSecret,
  remoteAt,
  type StoreKind,
  type StoreOf,
  type StoreReference,
  type UnknownStore,
} from './store-handle';
import { settingsJson } from './store-settings';
import { storesOf } from './stores-kustomization';

export interface SecretStoreProps extends ResourceProps {
  /** The operator that reads the store: the store waits for it. @default none: it is there already */
  readonly operator?: ExternalSecrets | NamedOperator;
  /**
   * The one provider and its settings, under the API's own names, for what the types of a provider do not take: the store then takes
   * any reference. @default the property that is called like the provider
   */
  readonly provider?: SpecOf<ClusterSecretStoreSpecProvider>;
  /** Any other field of spec, such as conditions. @default none */
  readonly spec?: SpecOf<ClusterSecretStoreSpec>;
}

/** The properties of a store, one of which is its provider: `{ doppler: { auth: … } }`. */
export type StoreProps<P extends string> = {
  readonly [K in P]: K extends ProviderName
    ? ProviderSettings<K>
    : K extends keyof SecretStoreProps
      ? SecretStoreProps[K]
      : never;
} & SecretStoreProps & { readonly [K in ProviderName]?: unknown };

type AwsService = Extract<ProviderSettings<'aws'>['service'], string>;

/** What tells apart the services of a provider. */
interface Service<S extends string, E extends string> {
  readonly aws?: { readonly service?: S };
  readonly onepasswordSDK?: { readonly environment?: E };
}

/** The provider of a store by its properties. */
type ProviderIn<P extends string, S extends string, E extends string> = P extends 'aws'
  ? Extract<StoreProvider, 'aws' | `aws/${string}`> & (S extends 'SecretsManager' ? 'aws' : `aws/${S}`)
  : P extends 'onepasswordSDK'
    ? [E] extends [never]
      ? P
      : 'onepasswordSDK/environment'
    : Extract<P, ProviderName>;

/** A construct for a store: `V` is its provider, `never` where `provider` says that. */
export type SecretStore<V extends StoreProvider = never> = StoreConstruct &
  ([V] extends [never] ? UnknownStore : StoreOf<V>);
export type ClusterSecretStore<V extends StoreProvider = never> = SecretStore<V>;

interface StoreConstruct extends Resource {
  /** The L1 beneath. */
  readonly resource: ApiObject;
}

/** The providers by their names in spec.provider. */
const names = Object.keys(providers).filter((name) => !name.includes('/'));

abstract class Store extends Resource implements UnknownStore, StoreConstruct {
  readonly resource: ApiObject;
  readonly storeName: string;
  readonly facts: ProviderFacts | undefined;
  private readonly kind: StoreKind;
  private readonly operator: SecretStoreProps['operator'];

  constructor(scope: Construct, id: string, gvk: GroupVersionKind, props: SecretStoreProps = {}) {
    super(placeOf(scope, id, props), id, props);
    const made = [SecretStore, ClusterSecretStore].find((each) => each === this.constructor);
    refuseUnknown(this, SecretStore, props, made, names);
    this.kind = gvk.kind as StoreKind;
    const metadata = this.metadata(props);
    this.storeName = String(metadata.name);
    this.operator = props.operator;
    if (this.operator) needOperator(this, this.operator);
    const anyNamespace = this.kind === 'ClusterSecretStore';
    const known = Object.entries(props).filter(([name, given]) => names.includes(name) && given !== undefined);
    const settings = known.map(([name, given]) => [name, settingsJson(this, name, given, anyNamespace)] as const);
    if (known.length === 0) {
      requireObject(this, 'provider', props.provider, {
        allowed: 'one provider and its settings',
        example: '{ onepassword: { … } }',
      });
    }
    const spec = merge<JsonObject>(
      { provider: { ...this.loose(props.provider, anyNamespace), ...Object.fromEntries(settings) } },
      specJson(this, props.spec, { anyNamespace }),
    );
    const written = known.length === 0 ? /^spec\.(?=provider\b)/ : /^spec\.(?:provider\.)?/;
    refuseFaults(this, { ...gvk, spec }, faultsOf, (path) => path.replace(written, ''));
    const [one] = settings;
    this.facts = one && factsOf(...one);
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
    if (this.operator) needOperator(reader, this.operator);
    return { name: this.storeName, kind: this.kind };
  }

  keyOf(reader: IConstruct, field: string, key: string): string {
    return keyIn(this, this, reader, field, key);
  }

  at(key: string, options?: Readonly<Record<string, string>>): RemoteSecret {
    return remoteAt(this, this, key, options);
  }

  /** Providers that imports/ knows may have its names for fields. */
  private loose(given: SecretStoreProps['provider'], anyNamespace: boolean): JsonObject {
    const entries = Object.entries(given ?? {}).map(([name, settings]) => {
      const isImported =
        ['vault', 'kubernetes', 'fake'].includes(name) || typeof settings !== 'object' || settings === null;
      if (isImported) return specJson(this, { [name]: settings }, { anyNamespace });
      const [apiName = name] = Object.keys(specJson(this, { [name]: {} }));
      return { [apiName]: settingsJson(this, `provider.${name}`, settings, anyNamespace) };
    });
    return Object.assign({}, ...entries);
  }
}

/** Right below a cluster, a store stands beside the others of its operator. */
function placeOf(scope: Construct, id: string, props: SecretStoreProps): Construct {
  if (!Construct.isConstruct(scope) || !isCluster(scope) || !scope.hasRoot) return scope;
  const operator = props?.operator;
  if (operator && 'namespaceFolder' in operator) return storesOf(operator).directory;
  refuse(scope, {
    field: `operator of the store ${JSON.stringify(id)}`,
    value: operator && 'NamedExternalSecrets',
    allowed: 'the operator that reads it, with whose stores it stands; or a folder as the scope',
    example: "new ExternalSecrets(cluster, { version: '2.9.0' })",
  });
}

interface StoreClass {
  new <const P extends string, const S extends AwsService = never, const E extends string = never>(
    scope: Construct,
    id: string,
    props: StoreProps<P> & Service<S, E>,
  ): SecretStore<ProviderIn<P, S, E>>;
  /**
   * A store that no construct here makes. With its provider, what that cannot do is refused, and `at` names secrets of it.
   *
   * @example
   * const aws = ClusterSecretStore.named('aws', { provider: 'aws' });
   * aws.at('shop/db', { property: 'password' });
   */
  named<const V extends StoreProvider>(name: string, props: NamedStoreProps & ProvidedStoreProps<V>): StoreOf<V>;
  named(name: string, props?: NamedStoreProps): UnknownStore;
}

/**
 * A store of one namespace, of any provider.
 *
 * @example
 * const team = new SecretStore(shop.directory, 'team', { gitlab: { projectID: '42', auth: { SecretRef: { accessToken: token.key('token') } } } });
 */
export const SecretStore = class extends Store {
  // Of an export that is assigned a class has none, and bundlers rename those that have.
  static override readonly name = 'SecretStore';

  static named(name: string, props: NamedStoreProps = {}): NamedStore {
    refuseUnknownOption('SecretStore.named', props);
    return new NamedStore(name, props);
  }

  constructor(scope: Construct, id: string, props: SecretStoreProps) {
    super(scope, id, gvk.SecretStore, props);
  }
} as unknown as StoreClass;

/**
 * A store that every namespace may use, of any provider. Right below a Cluster it stands with the other stores of its operator. For Vault
 * there is VaultStore as well, whose paths follow a convention.
 *
 * @example
 * const aws = new ClusterSecretStore(home, 'aws', { operator: eso, aws: { service: 'SecretsManager', region: 'eu-west-1' } });
 * new ExternalSecret(shop, 'db', { store: aws, data: { PASSWORD: aws.at('shop/db', { property: 'password' }) } });
 */
export const ClusterSecretStore = class extends Store {
  // Of an export that is assigned a class has none, and bundlers rename those that have.
  static override readonly name = 'ClusterSecretStore';

  static named(name: string, props: Omit<NamedStoreProps, 'kind'> = {}): NamedStore {
    refuseUnknownOption('ClusterSecretStore.named', props);
    return new NamedStore(name, { ...props, kind: 'ClusterSecretStore' });
  }

  constructor(scope: Construct, id: string, props: SecretStoreProps) {
    super(scope, id, gvk.ClusterSecretStore, props);
  }
} as unknown as StoreClass;

import type {
  ExternalSecretSpecDataFromExtract,
  ExternalSecretSpecDataFromFind,
  ExternalSecretSpecDataRemoteRef,
} from '../../../imports/external-secret';
import type { SpecOf } from '../spec';
import type { GeneratorKey } from './generator';
import type { FactsOf, FindOf, OptionsOf, StoreProvider, TextOf } from './providers';
import type { RemoteSecret, SecretStoreHandle, StoreReference } from './store-handle';
import type { VaultPath, VaultProperty } from './vault-path';

/*
 * What ExternalSecrets read, and PushSecrets write, as types, by what the store calls its secrets (`Key` of its handle).
 */

/** What tells a reference from what `at` of a store makes, and from a reference to another store. */
interface IsReference {
  readonly sourceRef?: undefined;
  readonly fields?: undefined;
}

/** A reference to a secret of a store with all that External Secrets takes beside its key: version, decodingStrategy, … */
type Reference<Spec, Key> = Omit<SpecOf<Spec>, 'key'> & IsReference & { readonly key: Key };

type Value<Key> = Reference<ExternalSecretSpecDataRemoteRef, Key>;
type Whole<Key> = Reference<ExternalSecretSpecDataFromExtract, Key>;
type Find = SpecOf<ExternalSecretSpecDataFromFind>;

interface OfVault {
  readonly value: VaultPath | VaultProperty | Value<VaultPath>;
  readonly whole: VaultPath | Whole<VaultPath>;
  readonly find: Find;
  readonly push: VaultPath;
  readonly place: VaultProperty | { readonly key: VaultPath; readonly property?: string };
}

interface OfUnknown {
  readonly value: string | RemoteSecret | Value<string>;
  readonly whole: string | RemoteSecret | Whole<string>;
  readonly find: Find;
  readonly push: string | RemoteSecret;
  readonly place: string | RemoteSecret;
}

interface OfProvider<V extends StoreProvider> {
  readonly value: TextOf<V> | RemoteSecret<V> | KnownReference<V>;
  readonly whole: FactsOf<V> extends { readonly extract: false } ? never : OfProvider<V>['value'];
  readonly find: FindOf<V>;
  readonly push: TextOf<V> | RemoteSecret<V>;
  readonly place: TextOf<V> | RemoteSecret<V>;
}

/** In a union with others, what it does not take must be said. */
type KnownReference<V extends StoreProvider> = {
  readonly [K in Exclude<'property' | 'version', keyof OptionsOf<V>>]?: undefined;
} & Omit<OptionsOf<V>, 'type'> &
  IsReference & { readonly key: TextOf<V> };

/** Where no store is named, each secret says its own. */
interface OfEach {
  readonly value: RemoteSecret;
  readonly whole: RemoteSecret;
  readonly find: never;
}

/** What stands for the keys of no store. */
export interface NoStore {
  readonly noStore: never;
}

/** Of a known provider, texts are what its keys are. */
type Taken<Key> = TakenOf<[Extract<Key, RemoteSecret>] extends [never] ? Key : Exclude<Key, string>>;

type TakenOf<Key> = Key extends VaultPath
  ? OfVault
  : Key extends RemoteSecret<infer V>
    ? OfProvider<V>
    : Key extends string
      ? OfUnknown
      : Key extends NoStore
        ? OfEach
        : never;

/** What is read from another store than the ExternalSecret's. */
export type FromStore<OfText, OfVault> =
  | (OfText & { readonly sourceRef: { readonly storeRef: SecretStoreHandle<string> | StoreReference } })
  | (OfVault & { readonly sourceRef: { readonly storeRef: SecretStoreHandle<VaultPath> } });

/** One value of a store, whose key a store of its own may have. */
export type RemoteRef<Key> =
  | Extract<Taken<Key>['value'], { readonly key: unknown }>
  | FromStore<Omit<Value<string>, keyof IsReference>, Omit<Value<VaultPath>, keyof IsReference>>;

/** A value under a key of the Secret: what `at` of its store makes, a secret whole, a reference with all its fields, or a generator's. */
export type Remote<Key> = Taken<Key>['value'] | RemoteRef<Key> | GeneratorKey;

/** A whole secret of a store. */
export type WholeSecret<Key> = Taken<Key>['whole'];

/** What is looked for in a store. */
export type Search<Key> = Taken<Key>['find'];

/** A secret of a store that a Secret is written to, each key as a property of it. */
export type PushTarget<Key> = Extract<Taken<Key>, { readonly push: unknown }>['push'];

/** Where one key of a Secret is written to. */
export type PushPlace<Key> = Extract<Taken<Key>, { readonly place: unknown }>['place'];

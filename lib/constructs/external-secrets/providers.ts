import type { ExternalSecretSpecDataFromFind, ExternalSecretSpecDataRemoteRef } from '../../../imports/external-secret';
import type { SecretStoreProviders } from '../../../imports/external-secrets/store-providers';
import type { providers } from '../../systems/external-secrets/providers';
import type { Handle, HostHandle, NamedConstruct } from '../handles';
import type { SecretKey } from '../secret';
import type { SpecOf } from '../spec';

/*
 * The table of providers as types: what a store cannot say does not compile.
 */

type Table = typeof providers;

/** A provider by its name in spec.provider. */
export type ProviderName = keyof SecretStoreProviders;

/** A provider, or a service of one that differs (`aws/ParameterStore`), as the table of docs/constructs/secret-stores.md has it. */
export type StoreProvider = keyof Table;

/** What a provider does with references. */
export type FactsOf<V extends StoreProvider> = Table[V];

/** The settings of a provider under the API's own names; a Secret's key, or a service account, stands for a reference to it. */
export type ProviderSettings<P extends ProviderName> = Given<Required<SecretStoreProviders>[P]>;

type Given<T> = T extends string
  ? T | (string extends T ? HostHandle : never)
  : T extends readonly (infer Item)[]
    ? readonly Given<Item>[]
    : T extends object
      ? { readonly [K in keyof T]: keyof T extends IsReference ? Field<T[K]> : Given<T[K]> } | Whole<T>
      : T;

type Field<T> = string extends T ? T | Handle : T;

type IsReference = 'name' | 'key' | 'namespace' | 'audiences' | 'type';

/** A spec of whose fields a Secret's key, or a service account, stands for a reference to it. */
export type WithKeys<T> = T extends Handle
  ? T
  : T extends readonly (infer Item)[]
    ? readonly WithKeys<Item>[]
    : T extends object
      ? { readonly [K in keyof T]: WithKeys<T[K]> } | Whole<T>
      : T;

/** What says all fields of a reference. */
type Whole<T> = 'key' | 'name' | 'namespace' extends keyof T
  ? SecretKey
  : 'audiences' | 'name' extends keyof T
    ? NamedConstruct
    : never;

/** What a key of a provider is. */
export type TextOf<V extends StoreProvider> = V extends unknown
  ? Table[V] extends { readonly forms: readonly (infer F)[]; readonly formsOfWhole: readonly (infer W)[] }
    ? Filled<F | W>
    : Table[V] extends { readonly forms: readonly (infer F)[] }
      ? Filled<F>
      : string
  : never;

type Filled<F> = F extends `${infer Before}*${infer After}` ? `${Before}${string}${Filled<After>}` : F;

/** What a reference says beside its key. */
export type OptionsOf<V extends StoreProvider> = V extends unknown
  ? PropertyOf<Table[V]> & VersionOf<Table[V]> & TypeOf<Table[V]> & Policies
  : never;

type Policies = Omit<SpecOf<ExternalSecretSpecDataRemoteRef>, 'key' | 'property' | 'version'>;

type PropertyOf<F> = F extends { readonly properties: readonly (infer Name)[] }
  ? { readonly property?: Name }
  : F extends { readonly property: string } | { readonly propertyOfWhole: string }
    ? { readonly property?: string }
    : unknown;

type VersionOf<F> = F extends { readonly version: string } ? { readonly version?: string } : unknown;

type TypeOf<F> = F extends { readonly types: readonly (infer Name)[] } ? { readonly type?: Name } : unknown;

type Find = SpecOf<ExternalSecretSpecDataFromFind>;

/** What a search of a provider may say. */
export type FindOf<V extends StoreProvider> = V extends unknown
  ? Table[V] extends { readonly find: readonly (infer By)[] }
    ? Omit<Find, Exclude<'name' | 'path' | 'tags', By>>
    : never
  : never;

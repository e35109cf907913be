import type { Construct } from 'constructs';
import type {
  ExternalSecretSpecDataFromExtract,
  ExternalSecretSpecDataFromFind,
  ExternalSecretSpecDataFromRewrite,
  ExternalSecretSpecDataFromSourceRefGeneratorRef,
  ExternalSecretSpecDataRemoteRef,
} from '../../../imports/external-secret';
import { isJsonObject, type JsonObject } from '../../json/json';
import { literal } from '../flux/substitution';
import { requireObject } from '../formats';
import { refuse } from '../input-error';
import { type SpecOf, specJson } from '../spec';
import { PasswordGenerator } from './password-generator';
import type { SecretStoreHandle, StoreReference } from './secret-store';
import { isVaultPath, type VaultPath, type VaultProperty } from './vault-path';

/** A reference to a secret of a store with all that External Secrets takes beside its key: version, decodingStrategy, … */
type Reference<Spec, Key> = Omit<SpecOf<Spec>, 'key'> & { readonly key: Key };

/** A whole secret of a store. */
export type WholeSecret<Key> = Key | Reference<ExternalSecretSpecDataFromExtract, Key>;

/** One value of a store, whose key a store of its own may have. */
export type RemoteRef<Key> =
  | (Reference<ExternalSecretSpecDataRemoteRef, Key> & { readonly sourceRef?: undefined })
  | FromStore<
      Reference<ExternalSecretSpecDataRemoteRef, string>,
      Reference<ExternalSecretSpecDataRemoteRef, VaultPath>
    >;

/** A value under a key of the Secret: a property of a secret in Vault, a secret whole, or a reference with all its fields. */
export type Remote<Key> = Key | (Key extends VaultPath ? VaultProperty : never) | RemoteRef<Key>;

/** A generator: that of a construct, or of any kind, ClusterGenerator among them, by name. */
export type Generator = PasswordGenerator | SpecOf<ExternalSecretSpecDataFromSourceRefGeneratorRef>;

interface Entry<Key> {
  readonly extract?: WholeSecret<Key>;
  readonly find?: SpecOf<ExternalSecretSpecDataFromFind>;
  /** How the keys that it yields are renamed, or their values merged. */
  readonly rewrite?: readonly SpecOf<ExternalSecretSpecDataFromRewrite>[];
}

/** What is read from another store than the ExternalSecret's. */
type FromStore<OfText, OfVault> =
  | (OfText & { readonly sourceRef: { readonly storeRef: SecretStoreHandle<string> | StoreReference } })
  | (OfVault & { readonly sourceRef: { readonly storeRef: SecretStoreHandle<VaultPath> } });

/** An item of dataFrom: one of `extract`, `find` and `sourceRef.generatorRef`. */
export type DataFrom<Key> =
  | (Entry<Key> & { readonly sourceRef?: undefined })
  | { readonly rewrite?: Entry<Key>['rewrite']; readonly sourceRef: { readonly generatorRef: Generator } }
  | FromStore<Entry<string>, Entry<VaultPath>>;

type AnyStore = SecretStoreHandle<never>;
type AnySource = { readonly storeRef?: AnyStore | StoreReference; readonly generatorRef?: Generator };

/** Writes what an ExternalSecret reads from stores and generators; declares that it needs them. */
export class Sources {
  constructor(
    private readonly reader: Construct,
    /** The store of what names none; undefined where everything does. */
    private readonly store: AnyStore | undefined,
  ) {}

  /** An item of spec.dataFrom; `field` is what its own fields are called after. */
  dataFrom(field: string, item: DataFrom<never>): JsonObject {
    const { extract, sourceRef, ...others } = item as Entry<unknown> & { readonly sourceRef?: AnySource };
    return {
      ...(extract !== undefined && { extract: this.reference(`${field}extract`, extract, sourceRef) }),
      ...specJson(this.reader, others),
      ...this.sourceRef(sourceRef),
    };
  }

  /** An item of spec.data. */
  data(secretKey: string, remote: Remote<never>): JsonObject {
    const field = `data.${secretKey}`;
    const value = remote as unknown;
    const missing = {
      allowed: 'a property of a secret in Vault',
      example: "vault.app('shop', 'app').property('token')",
    };
    if (typeof value !== 'string') requireObject(this.reader, field, value as object | undefined, missing);
    if (isProperty(value)) {
      const property = literal(this.reader, value.property);
      return { secretKey, remoteRef: { key: this.keyOf(field, value.path), property } };
    }
    const sourceRef = isVaultPath(value) ? undefined : (value as { readonly sourceRef?: AnySource }).sourceRef;
    return { secretKey, remoteRef: this.reference(field, value, sourceRef), ...this.sourceRef(sourceRef) };
  }

  private reference(field: string, given: unknown, source: AnySource | undefined): JsonObject {
    if (typeof given !== 'object' || given === null || isVaultPath(given))
      return { key: this.keyOf(field, given, source) };
    const { key, sourceRef: _, ...others } = given as { readonly key: unknown; readonly sourceRef?: unknown };
    return { key: this.keyOf(field, key, source), ...specJson(this.reader, others) };
  }

  private keyOf(field: string, key: unknown, source?: AnySource): string {
    const store = source?.storeRef ?? this.store;
    if (store === undefined) {
      refuse(this.reader, {
        field: 'store',
        allowed: 'the store that the values come from, or for each of them sourceRef.storeRef',
        example: "SecretStore.named('onepassword', { kind: 'ClusterSecretStore' })",
      });
    }
    return 'keyOf' in store ? store.keyOf(this.reader, field, key as never) : String(key);
  }

  private sourceRef(source: AnySource | undefined): JsonObject {
    if (source === undefined) return {};
    const { storeRef, generatorRef, ...others } = source;
    return {
      sourceRef: {
        ...(storeRef && {
          storeRef: 'referredBy' in storeRef ? { ...storeRef.referredBy(this.reader) } : { ...storeRef },
        }),
        ...(generatorRef && { generatorRef: generatorJson(this.reader, generatorRef) }),
        ...others,
      },
    };
  }
}

/** How a generator is referred to; declares that the reader needs it. */
export function generatorJson(reader: Construct, generator: Generator): JsonObject {
  if (!(generator instanceof PasswordGenerator)) return specJson(reader, generator);
  reader.node.addDependency(generator);
  const { apiVersion, kind, name } = generator.resource;
  return { apiVersion, kind, name };
}

function isProperty(value: unknown): value is VaultProperty {
  return isJsonObject(value as never) && isVaultPath((value as Partial<VaultProperty>).path);
}

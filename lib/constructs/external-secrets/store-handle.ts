import type { IConstruct } from 'constructs';
import { referenceValues } from '../../systems/external-secrets/spec';
import { oneOf } from '../../systems/format';
import { nearest } from '../../text/nearest';
import { optionalFormat } from '../formats';
import { refuse, where } from '../input-error';
import type { FactsOf, OptionsOf, StoreProvider, TextOf } from './providers';

export type StoreKind = 'SecretStore' | 'ClusterSecretStore';

/** How ExternalSecrets and PushSecrets refer to a store. Without a kind, External Secrets looks for a SecretStore. */
export interface StoreReference {
  readonly name: string;
  readonly kind?: StoreKind;
}

/**
 * A store that ExternalSecrets read and PushSecrets write: a construct, or one that is named.
 *
 * @typeParam Key what its secrets are called: a VaultPath, a text that its provider understands, what its `at` makes
 */
export interface SecretStoreHandle<Key = string> {
  readonly storeName: string;
  /** How to refer to it; declares that the reader needs it. */
  referredBy(reader: IConstruct): StoreReference;
  /** What the API calls a secret of it. @throws EspalierError for a secret of another store */
  keyOf(reader: IConstruct, field: string, key: Key): string;
}

/** A store whose provider is known: what External Secrets cannot do with it is refused. */
export interface StoreOf<V extends StoreProvider> extends SecretStoreHandle<string | RemoteSecret<V>> {
  /** What its provider does with references. */
  readonly facts: FactsOf<V>;
  /**
   * A secret of it, or a part of one. What the key and the options may be, the table of providers says.
   *
   * @example
   * aws.at('shop/db', { property: 'password', version: 'AWSPREVIOUS' });
   */
  at(key: TextOf<V>, options?: OptionsOf<V>): RemoteSecret<V>;
}

/** A store whose provider nobody has said: it takes any reference. */
export interface UnknownStore extends SecretStoreHandle<string> {
  /** A secret of it, or a part of one. */
  at(key: string, options?: Readonly<Record<string, string>>): RemoteSecret;
}

/**
 * A secret of a store, or a part of one: made by `at` of the store, taken by ExternalSecrets (`data`, `extract`) and PushSecrets (`to`).
 *
 * @typeParam V the provider of the store; any where nobody has said it
 */
export class RemoteSecret<V extends StoreProvider = StoreProvider> {
  declare protected readonly provider: V;

  constructor(
    /** The store that made it. */
    readonly store: SecretStoreHandle<never>,
    /** key of a remoteRef. */
    readonly key: string,
    /** Its other fields. */
    readonly fields: Readonly<Record<string, string>>,
  ) {}
}

const options = ['property', 'version', 'type', ...Object.keys(referenceValues)];

/** What `at` of a store makes. @param owner the store, for messages */
export function remoteAt(
  owner: IConstruct,
  store: SecretStoreHandle<never>,
  key: string,
  given: Readonly<Record<string, string | undefined>> = {},
): RemoteSecret {
  const fields: Record<string, string> = {};
  if (typeof given !== 'object' || given === null) {
    refuse(owner, { field: 'at: options', value: given, allowed: 'an object', example: "{ property: 'password' }" });
  }
  requireOptions(owner, 'at', given, options);
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined) continue;
    if (typeof value !== 'string')
      refuse(owner, { field: `at: ${name}`, value, allowed: 'a text', example: JSON.stringify(String(value)) });
    if (name !== 'type') fields[name] = value;
  }
  return new RemoteSecret(store, given.type === undefined ? key : `${given.type}/${key}`, fields);
}

/** @throws EspalierError for fields of a reference that there are not, and values that External Secrets does not know */
export function requireOptions(
  scope: IConstruct,
  field: string,
  given: object,
  allowed: readonly string[] = ['key', 'sourceRef', ...options],
): void {
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined) continue;
    if (!allowed.includes(name)) {
      const near = nearest(name, allowed);
      refuse(scope, {
        field: `${field}: ${name}`,
        value,
        allowed: `one of ${allowed.join(', ')}`,
        ...(near && { example: near }),
      });
    }
    const values = referenceValues[name];
    if (values && typeof value === 'string') optionalFormat(scope, `${field}: ${name}`, value, oneOf(...values));
  }
}

/** The key that a text, or what `at` made, stands for. @throws EspalierError for what another store made */
export function keyIn(
  store: SecretStoreHandle<never>,
  owner: IConstruct,
  reader: IConstruct,
  field: string,
  given: unknown,
): string {
  const key = given instanceof RemoteSecret ? given.key : given;
  if (given instanceof RemoteSecret && given.store !== store) {
    refuse(reader, {
      field,
      value: key,
      allowed: `a secret of the store ${where(owner)}: this one is of the store ${given.store.storeName}`,
      example: 'store: null, where each value is of a store of its own',
    });
  }
  if (typeof key === 'string' && key !== '') return key;
  const isHandle = typeof key === 'object' && key !== null && Object.getPrototypeOf(key) !== Object.prototype;
  refuse(reader, {
    field,
    ...(!isHandle && { value: key }),
    allowed: 'the name of a secret in the store, as its provider takes it',
    example: '"shop"',
  });
}

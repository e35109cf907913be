import type { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import { PushSecret as PushSecretL1, type PushSecretSpec, type PushSecretSpecData } from '../../../imports/push-secret';
import type { JsonObject } from '../../json/json';
import { listAt, textAt } from '../../json/read';
import { pushSecretFaults } from '../../systems/external-secrets/admission/external-secret';
import { values } from '../../systems/external-secrets/spec';
import { vaultProperty } from '../../systems/external-secrets/vault-paths';
import { oneOf } from '../../systems/format';
import { literal } from '../flux/substitution';
import { optionalFormat, requireFormat, requireObject, requireOwn } from '../formats';
import { refuse } from '../input-error';
import { type DeepPartial, merge } from '../merge';
import { refuseFaults } from '../refuse-faults';
import { Resource, type ResourceProps } from '../resource';
import { readSecret, type Secret } from '../secret';
import { type SpecOf, specJson } from '../spec';
import type { SecretStoreHandle } from './store-handle';
import type { VaultPath } from './vault-path';

export interface PushSecretProps<K extends string, Key = VaultPath> extends ResourceProps {
  /** The Secret whose values are pushed; null where `spec.selector` says others, such as a generator. */
  readonly secret: Secret<K> | null;
  /** Where the values go: a store, or several. */
  readonly store: SecretStoreHandle<Key> | readonly SecretStoreHandle<Key>[];
  /** Which secret there they go to. One PushSecret should own a path alone. @default none: `data` or `spec` says it */
  readonly to?: NoInfer<Key>;
  /** Which keys, and under which property each. @default every key, under its own name */
  readonly properties?: Readonly<Partial<Record<K, string>>>;
  /** spec.data as External Secrets has it, instead of `to` and `properties`. @default none */
  readonly data?: readonly SpecOf<PushSecretSpecData>[];
  /** @default 'Replace' */
  readonly updatePolicy?: 'Replace' | 'IfNotExists' | null;
  /** Whether Vault's value goes when this PushSecret goes. @default 'None' */
  readonly deletionPolicy?: 'None' | 'Delete' | null;
  /** @default '1h' */
  readonly refreshInterval?: string | null;
  /** Any other field of spec. @default none */
  readonly spec?: DeepPartial<PushSecretSpec> | SpecOf<PushSecretSpec>;
}

/**
 * Writes a Secret's keys to Vault, each as a property of one secret there, or to any other store.
 *
 * @example
 * new PushSecret(base, 'pushsecret-vault', { secret: credentials.secret, store: vault, to: vault.app('shop', 'db') });
 */
export class PushSecret<const K extends string = never, Key = VaultPath> extends Resource {
  /** The L1 beneath. */
  readonly resource: ApiObject;

  constructor(scope: Construct, id: string, props: PushSecretProps<K, Key>) {
    super(scope, id, props);
    const { secret, store, to } = props;
    if (secret !== null) {
      requireObject(this, 'secret', secret, {
        allowed: 'the Secret whose values are pushed',
        example: 'new GeneratedSecret(…).secret',
      });
      readSecret(this, secret);
    }
    requireObject(this, 'store', store, { allowed: 'the store that the values go to', example: 'a VaultStore' });
    const stores = [store].flat() as readonly SecretStoreHandle<Key>[];
    const selector = secret && { secret: { name: secret.name } };
    const secretStoreRefs = stores.map((each) => ({ ...each.referredBy(this) }));
    const isFree = to === undefined && (props.data !== undefined || props.spec !== undefined);
    const spec = merge<JsonObject>(
      specJson(this, {
        updatePolicy: this.byDefault(props.updatePolicy, 'Replace'),
        deletionPolicy: this.byDefault(props.deletionPolicy, 'None'),
        refreshInterval: this.byDefault(props.refreshInterval, '1h'),
        secretStoreRefs,
        selector: selector ?? undefined,
        data: isFree ? props.data : this.properties(props, stores[0]),
      }),
      specJson(this, props.spec),
    );
    optionalFormat(this, 'updatePolicy', textAt(spec, 'updatePolicy'), oneOf(...values.updatePolicy));
    optionalFormat(this, 'deletionPolicy', textAt(spec, 'deletionPolicy'), oneOf(...values.deletionPolicyOfPush));
    if (!isFree) this.requireProperties(spec);
    refuseFaults(this, spec, pushSecretFaults, (path) => path);
    if (selector) requireOwn(this, 'spec.selector', spec.selector, selector, 'secret');
    requireOwn(this, 'spec.secretStoreRefs', spec.secretStoreRefs, secretStoreRefs, 'store');
    const written = isFree ? spec : { ...spec, data: this.withLiterals(spec) };
    this.resource = this.apiObject('Resource', PushSecretL1.GVK, this.metadata(props), { spec: written });
  }

  /** spec.data of keys that become properties of one secret. */
  private properties(
    { secret, to, data, properties: given }: PushSecretProps<K, Key>,
    store: SecretStoreHandle<Key> | undefined,
  ): JsonObject[] {
    if (data !== undefined || secret === null) {
      refuse(this, {
        field: 'to',
        allowed: 'left out beside data, and without a Secret: data says where each value goes',
        example: "data: [{ match: { secretKey: 'password', remoteRef: { remoteKey: 'shop' } } }]",
      });
    }
    const remoteKey = store?.keyOf(this, 'to', to as Key) ?? '';
    const properties = Object.entries<string | undefined>(
      given ?? Object.fromEntries(secret.keys.map((key) => [key, key])),
    );
    if (properties.length === 0) {
      refuse(this, {
        field: 'properties',
        value: {},
        allowed: 'at least one key of the Secret',
        example: "{ password: 'password' }",
      });
    }
    return properties.map(([key, property]) => ({
      match: { secretKey: secret.key(key as K).key, remoteRef: { remoteKey, property: property as string } },
    }));
  }

  private requireProperties(spec: JsonObject): void {
    const taken = new Map<string, string>();
    for (const item of listAt(spec, 'data')) {
      const remoteKey = textAt(item, 'match', 'remoteRef', 'remoteKey');
      const property = textAt(item, 'match', 'remoteRef', 'property');
      const key = textAt(item, 'match', 'secretKey') ?? '';
      requireFormat(this, `properties.${key}`, property as string, vaultProperty);
      const place = `${property} of ${remoteKey}`;
      const other = taken.get(place);
      if (other !== undefined) {
        refuse(this, {
          field: `properties.${key}`,
          value: property,
          allowed: `a property of its own: ${other} is already pushed there`,
          example: JSON.stringify(key),
        });
      }
      taken.set(place, key);
    }
  }

  /** A property's name may hold a `$` that is not meant for Flux. */
  private withLiterals(spec: JsonObject): JsonObject[] {
    return listAt(spec, 'data').map((item) => {
      const property = textAt(item, 'match', 'remoteRef', 'property');
      if (!property?.includes('$')) return item as JsonObject;
      return merge(item as JsonObject, { match: { remoteRef: { property: literal(this, property) } } });
    });
  }
}

import type { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import type { PushSecretSpec, PushSecretSpecData } from '../../../imports/push-secret';
import { isJsonObject, type JsonObject } from '../../json/json';
import { listAt, objectAt, textAt } from '../../json/read';
import { pushSecretFaults } from '../../systems/external-secrets/admission/external-secret';
import { values } from '../../systems/external-secrets/spec';
import { vaultProperty } from '../../systems/external-secrets/vault-paths';
import { oneOf } from '../../systems/format';
import { secretType } from '../../systems/kubernetes/secret-types';
import { literal } from '../flux/substitution';
import { optionalFormat, requireFormat, requireObject, requireOwn } from '../formats';
import { gvk } from '../gvk';
import { refuse } from '../input-error';
import { type DeepPartial, merge } from '../merge';
import { refuseFaults } from '../refuse-faults';
import { refuseUnknown } from '../refuse-unknown';
import { Resource, type ResourceProps } from '../resource';
import { Secret } from '../secret';
import { type SpecOf, specJson } from '../spec';
import type { ComposedTemplate, SecretTemplate } from './external-secret-props';
import type { GeneratorHandle } from './generator';
import { type PushSource, pushSource } from './push-source';
import type { PushPlace, PushTarget } from './remotes';
import { factsOfStore, requireAbility, requirePolicies, requirePush } from './store-facts';
import { RemoteSecret, type SecretStoreHandle } from './store-handle';
import type { TemplateValues } from './template';
import { isVaultPath, type VaultPath } from './vault-path';

export interface PushSecretProps<K extends string, Key = VaultPath, T extends string = never> extends ResourceProps {
  /** The Secret whose values are pushed, or a generator; null where `spec.selector` says others. */
  readonly secret: Secret<K> | GeneratorHandle<K> | null;
  /** Where the values go: a store, or several. */
  readonly store: (SecretStoreHandle<Key> & Writable) | readonly (SecretStoreHandle<Key> & Writable)[];
  /**
   * Which secret there they go to, each key as a property of it: as JSON, where the provider writes without properties. Or the place of each
   * key. One PushSecret should own a path alone. @default none: `data` or `spec` says it
   */
  readonly to?: NoInfer<PushTarget<Key> | { readonly [Name in K | T]?: PushPlace<Key> }>;
  /**
   * Which keys, and under which property of `to` each. @default every key, under its own name; with `template`, every key that it makes
   */
  readonly properties?: Readonly<Partial<Record<NoInfer<K | T>, string>>>;
  /**
   * Further keys to push: a function of the Secret's keys, whose texts are literal but for the values in them; or a template of your own,
   * written as it stands. The Secret itself stays as it is. @default none
   */
  readonly template?: SecretTemplate<T> | ((values: TemplateValues<NoInfer<K>>) => ComposedTemplate<T>);
  /** spec.data as External Secrets has it, instead of `to` and `properties`. @default none */
  readonly data?: readonly SpecOf<PushSecretSpecData>[];
  /** @default 'Replace'; 'IfNotExists' of a generator whose value is meant to stay: it makes another one at every refresh */
  readonly updatePolicy?: 'Replace' | 'IfNotExists' | null;
  /** Whether Vault's value goes when this PushSecret goes. @default 'None' */
  readonly deletionPolicy?: 'None' | 'Delete' | null;
  /** @default '1h' */
  readonly refreshInterval?: string | null;
  /** Any other field of spec. @default none */
  readonly spec?: DeepPartial<PushSecretSpec> | SpecOf<PushSecretSpec>;
}

/** A store that can be written, as far as is known. */
interface Writable {
  readonly facts?: { readonly title: string; readonly push: object };
}

/**
 * Writes a Secret's keys to Vault, each as a property of one secret there, or to any other store.
 *
 * @example
 * new PushSecret(base, 'pushsecret-vault', { secret: credentials.secret, store: vault, to: vault.app('shop', 'db') });
 * new PushSecret(base, 'to-doppler', { secret, store: doppler, to: { password: doppler.at('DB_PASSWORD') } });
 * new PushSecret(base, 'url-to-vault', {
 *   secret: credentials.secret,
 *   store: vault,
 *   to: vault.app('shop', 'url'),
 *   template: (k) => ({ data: { url: `postgres://${k.username}:${k.password.urlEncode}@db/shop` } }),
 * });
 */
export class PushSecret<
  const K extends string = never,
  Key = VaultPath,
  const T extends string = never,
> extends Resource {
  /** The L1 beneath. */
  readonly resource: ApiObject;

  constructor(scope: Construct, id: string, props: PushSecretProps<K, Key, T>) {
    super(scope, id, props);
    refuseUnknown(this, PushSecret, props);
    const given = props as unknown as PushSecretProps<string, Key, string>;
    const { store, to } = given;
    const source = pushSource(this, given.secret, given.template);
    const { selector } = source;
    requireObject(this, 'store', store, { allowed: 'the store that the values go to', example: 'a VaultStore' });
    const stores = [store].flat() as readonly SecretStoreHandle<never>[];
    for (const each of stores) requireAbility(this, 'store', each, 'push');
    const secretStoreRefs = stores.map((each) => ({ ...each.referredBy(this) }));
    const isFree = to === undefined && (given.data !== undefined || given.spec !== undefined);
    const spec = merge<JsonObject>(
      specJson(this, {
        updatePolicy: this.byDefault(given.updatePolicy, source.isLasting ? 'IfNotExists' : 'Replace'),
        deletionPolicy: this.byDefault(given.deletionPolicy, 'None'),
        refreshInterval: this.byDefault(given.refreshInterval, '1h'),
        secretStoreRefs,
        selector,
        template: source.template,
        data: isFree ? given.data : this.data(given, source, stores[0]),
      }),
      specJson(this, given.spec),
    );
    optionalFormat(this, 'updatePolicy', textAt(spec, 'updatePolicy'), oneOf(...values.updatePolicy));
    optionalFormat(this, 'deletionPolicy', textAt(spec, 'deletionPolicy'), oneOf(...values.deletionPolicyOfPush));
    if (!isFree && isOfProperties(given, stores[0])) this.requireProperties(spec);
    for (const each of stores) {
      this.requireTaken(each, spec, to);
      requirePolicies(this, each, spec);
    }
    refuseFaults(this, spec, pushSecretFaults, (path) => path);
    if (selector) requireOwn(this, 'spec.selector', spec.selector, selector, 'secret');
    requireOwn(this, 'spec.secretStoreRefs', spec.secretStoreRefs, secretStoreRefs, 'store');
    const written = isFree ? spec : { ...spec, data: this.withLiterals(spec) };
    this.resource = this.apiObject('Resource', gvk.PushSecret, this.metadata(given), { spec: written });
  }

  /** spec.data of what `to` and `properties` say. */
  private data(
    props: PushSecretProps<string, Key, string>,
    source: PushSource,
    store: SecretStoreHandle<never> | undefined,
  ): JsonObject[] {
    const { secret, to, data, properties: given } = props;
    if (data !== undefined || secret === null) {
      refuse(this, {
        field: 'to',
        allowed: 'left out beside data, and without a Secret: data says where each value goes',
        example: "data: [{ match: { secretKey: 'password', remoteRef: { remoteKey: 'shop' } } }]",
      });
    }
    const keyOf = (field: string, key: unknown) => store?.keyOf(this, field, key as never) ?? '';
    if (isPlaces(to)) {
      if (Object.keys(to).length === 0) {
        const example = `{ ${source.keys[0] ?? 'password'}: store.at('shop') }`;
        refuse(this, { field: 'to', value: to, allowed: 'the place of at least one key', example });
      }
      if (given !== undefined) {
        const allowed = 'left out: to says the place of each key';
        refuse(this, { field: 'properties', value: given, allowed });
      }
      return Object.entries(to as Readonly<Record<string, unknown>>).map(([key, place]) => {
        const { key: remote, property } = placeOf(this, `to.${key}`, place);
        const remoteRef = { remoteKey: keyOf(`to.${key}`, remote), ...(property !== undefined && { property }) };
        return { match: { secretKey: source.key(key), remoteRef } };
      });
    }
    const whole = placeOf(this, 'to', to);
    if (whole.property !== undefined) {
      refuse(this, {
        field: 'to.property',
        value: whole.property,
        allowed: 'left out where all keys are written: each becomes a property',
        example: `to: { password: store.at('shop', { property: '${whole.property}' }) }`,
      });
    }
    const remoteKey = keyOf('to', whole.key);
    if (!isOfProperties(props, store) && given === undefined) {
      const facts = store && factsOfStore(store);
      if (facts?.push?.whole) return [{ match: { remoteRef: { remoteKey } } }];
      refuse(this, {
        field: 'to',
        value: remoteKey,
        allowed: `the place of each key: External Secrets writes no whole Secret to ${facts?.title}`,
        example: `{ ${source.keys[0] ?? 'password'}: store.at('${remoteKey}') }`,
      });
    }
    const properties = Object.entries<string | undefined>(
      given ?? Object.fromEntries(source.keys.map((key) => [key, key])),
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
      match: { secretKey: source.key(key), remoteRef: { remoteKey, property: property as string } },
    }));
  }

  /** What the store's provider would refuse. */
  private requireTaken(store: SecretStoreHandle<never>, spec: JsonObject, to: unknown): void {
    for (const [i, item] of listAt(spec, 'data').entries()) {
      const { remoteKey: key, ...reference } = objectAt(item, 'match', 'remoteRef') ?? {};
      const secretKey = textAt(item, 'match', 'secretKey') || undefined;
      const field = to === undefined ? `data[${i}].match` : isPlaces(to) ? `to.${secretKey}` : 'to';
      if (key !== undefined) requirePush(this, field, store, secretKey, { key, ...reference });
    }
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

/** Whether each key becomes a property of one secret. */
function isOfProperties(
  {
    to,
    properties,
    template,
    secret,
  }: Pick<PushSecretProps<string>, 'properties' | 'template'> & {
    readonly to?: unknown;
    readonly secret: unknown;
  },
  store: SecretStoreHandle<never> | undefined,
): boolean {
  const { property, whole } = (store && factsOfStore(store)?.push) ?? { property: true };
  // Kubernetes refuses a Secret of a type with the first of its keys alone.
  const isTyped = secret instanceof Secret && secretType(secret.type) !== undefined;
  const isWhole = property === 'needed' && whole && isTyped && properties === undefined && template === undefined;
  return !isPlaces(to) && property !== false && !isWhole;
}

/** Whether it is the place of each key, rather than of all. */
function isPlaces(to: unknown): to is Readonly<Record<string, unknown>> {
  return isJsonObject(to as never) && !isVaultPath(to) && !(to instanceof RemoteSecret);
}

/** A place that one key is written to. */
function placeOf(
  scope: Construct,
  field: string,
  place: unknown,
): { readonly key: unknown; readonly property?: string } {
  if (place instanceof RemoteSecret) {
    for (const name of Object.keys(place.fields)) {
      if (name === 'property') continue;
      refuse(scope, {
        field: `${field}.${name}`,
        value: place.fields[name],
        allowed: 'left out where a value is written',
      });
    }
    return { key: place, property: place.fields.property };
  }
  if (typeof place !== 'object' || place === null || isVaultPath(place)) return { key: place };
  const { path, key = path, property } = place as { path?: unknown; key?: unknown; property?: string };
  return { key, property };
}

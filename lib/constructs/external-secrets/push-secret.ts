import type { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import { PushSecret as PushSecretL1, type PushSecretSpec, toJson_PushSecretSpec } from '../../../imports/push-secret';
import { pushSecretFaults } from '../../systems/external-secrets/admission/external-secret';
import { values } from '../../systems/external-secrets/spec';
import { vaultProperty } from '../../systems/external-secrets/vault-paths';
import { oneOf } from '../../systems/format';
import { literal } from '../flux/substitution';
import { optionalFormat, requireFormat, requireObject, requireOwn } from '../formats';
import { refuse } from '../input-error';
import { type DeepPartial, merge, typed } from '../merge';
import { refuseFaults } from '../refuse-faults';
import { Resource, type ResourceProps } from '../resource';
import { readSecret, type Secret } from '../secret';
import type { VaultPath } from './vault-path';
import type { VaultStore } from './vault-store';

export interface PushSecretProps<K extends string> extends ResourceProps {
  /** The Secret whose values are pushed. */
  readonly secret: Secret<K>;
  readonly store: VaultStore;
  /** Where they go. One PushSecret should own a path alone. */
  readonly to: VaultPath;
  /** Which keys, and under which property each. @default every key, under its own name */
  readonly properties?: Readonly<Partial<Record<K, string>>>;
  /** @default 'Replace' */
  readonly updatePolicy?: 'Replace' | 'IfNotExists';
  /** Whether Vault's value goes when this PushSecret goes. @default 'None' */
  readonly deletionPolicy?: 'None' | 'Delete';
  /** @default '1h' */
  readonly refreshInterval?: string;
  /** Any other field of spec. @default none */
  readonly spec?: DeepPartial<PushSecretSpec>;
}

/**
 * Writes a Secret's keys to Vault, each as a property of one secret there.
 *
 * @example
 * new PushSecret(base, 'pushsecret-vault', { secret: credentials.secret, store: vault, to: vault.app('shop', 'db') });
 */
export class PushSecret<const K extends string> extends Resource {
  /** The L1 beneath. */
  readonly resource: ApiObject;

  constructor(scope: Construct, id: string, props: PushSecretProps<K>) {
    super(scope, id, props);
    const { secret, store } = props;
    requireObject(this, 'secret', secret, {
      allowed: 'the Secret whose values are pushed',
      example: 'new GeneratedSecret(…).secret',
    });
    requireObject(this, 'store', store, { allowed: 'the store that the values go to', example: 'a VaultStore' });
    readSecret(this, secret);
    const remoteKey = store.keyOf(this, 'to', props.to);
    const properties = Object.entries<string | undefined>(
      props.properties ?? Object.fromEntries(secret.keys.map((key) => [key, key])),
    );
    if (properties.length === 0) {
      refuse(this, {
        field: 'properties',
        value: {},
        allowed: 'at least one key of the Secret',
        example: "{ password: 'password' }",
      });
    }
    const selector = { secret: { name: secret.name } };
    const secretStoreRefs = [store.referredBy(this)];
    const spec = merge(
      typed<PushSecretSpec>({
        updatePolicy: props.updatePolicy ?? 'Replace',
        deletionPolicy: props.deletionPolicy ?? 'None',
        refreshInterval: props.refreshInterval ?? '1h',
        secretStoreRefs,
        selector,
        data: properties.map(([key, property]) => ({
          match: { secretKey: secret.key(key as K).key, remoteRef: { remoteKey, property } },
        })),
      }),
      props.spec,
    );
    this.requireAccepted(spec);
    const json = toJson_PushSecretSpec(spec) ?? {};
    refuseFaults(this, json, pushSecretFaults, (path) => path);
    requireOwn(this, 'spec.selector', spec.selector, selector, 'secret');
    requireOwn(this, 'spec.secretStoreRefs', spec.secretStoreRefs, secretStoreRefs, 'store');
    this.resource = this.apiObject('Resource', PushSecretL1.GVK, this.metadata(props), {
      spec: toJson_PushSecretSpec(this.withLiterals(spec)),
    });
  }

  private requireAccepted({ updatePolicy, deletionPolicy, data = [] }: PushSecretSpec): void {
    optionalFormat(this, 'updatePolicy', updatePolicy, oneOf(...values.updatePolicy));
    optionalFormat(this, 'deletionPolicy', deletionPolicy, oneOf(...values.deletionPolicyOfPush));
    const taken = new Map<string, string>();
    for (const { match } of data) {
      const { remoteKey, property } = match.remoteRef;
      const key = match.secretKey ?? '';
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
  private withLiterals(spec: PushSecretSpec): PushSecretSpec {
    if (!spec.data?.some(({ match }) => match.remoteRef.property?.includes('$'))) return spec;
    const data = spec.data.map(({ match, ...rest }) => {
      const { property = '', ...remoteRef } = match.remoteRef;
      return { ...rest, match: { ...match, remoteRef: { ...remoteRef, property: literal(this, property) } } };
    });
    return { ...spec, data };
  }
}

import type { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import { PushSecret as PushSecretL1, type PushSecretSpec, toJson_PushSecretSpec } from '../../../imports/push-secret';
import { duration, requireFormat } from '../formats';
import { refuse } from '../input-error';
import { type DeepPartial, merge } from '../merge';
import { Resource, type ResourceProps } from '../resource';
import { readSecret, type Secret } from '../secret';
import type { VaultPath } from '../vault/vault-path';
import type { VaultStore } from '../vault/vault-store';

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
    super(scope, id);
    const { secret, to } = props;
    readSecret(this, secret);
    if (to.mount !== props.store.mount) {
      refuse(this, {
        field: 'to',
        value: to.display,
        allowed: `a path of the store ${props.store.node.path}, whose mount is ${props.store.mount}`,
      });
    }
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
    const spec = merge(
      {
        updatePolicy: props.updatePolicy ?? 'Replace',
        deletionPolicy: props.deletionPolicy ?? 'None',
        refreshInterval: requireFormat(this, 'refreshInterval', props.refreshInterval ?? '1h', duration),
        secretStoreRefs: [props.store.referredBy(this)],
        selector: { secret: { name: secret.name } },
        data: properties.map(([key, property]) => ({
          match: { secretKey: secret.key(key as K).key, remoteRef: { remoteKey: to.key, property } },
        })),
      } as unknown as PushSecretSpec,
      props.spec,
    );
    this.resource = this.apiObject('Resource', PushSecretL1.GVK, this.metadata(props), {
      spec: toJson_PushSecretSpec(spec),
    });
  }
}

import type { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import {
  ExternalSecret as ExternalSecretL1,
  type ExternalSecretSpec,
  toJson_ExternalSecretSpec,
} from '../../../imports/external-secret';
import { optional, required } from '../../systems/external-secrets/template';
import { dataKey, dnsSubdomain } from '../../systems/kubernetes/names';
import { type Keys, keysDescribedBy, keysOf } from '../description';
import { literal } from '../flux/substitution';
import { requireFormat, requireObject } from '../formats';
import { refuse } from '../input-error';
import { type DeepPartial, merge, typed } from '../merge';
import { Resource, type ResourceProps } from '../resource';
import { Secret } from '../secret';
import { requireAcceptedSpec } from './accepted-spec';
import { ownSecret } from './secret-owners';
import type { VaultPath, VaultProperty } from './vault-path';
import type { VaultStore } from './vault-store';

export type RefreshPolicy = 'Periodic' | 'OnChange' | 'CreatedOnce';
export type CreationPolicy = 'Owner' | 'Orphan' | 'Merge' | 'None' | 'CreateOrMerge';
export type DeletionPolicy = 'Retain' | 'Delete' | 'Merge';

export interface ExternalSecretProps<R extends string, O extends string, D extends string, P extends string>
  extends ResourceProps {
  /** Where the values come from. */
  readonly store: VaultStore;
  /** A whole secret in Vault. Its keys are `required`, `optional` and `defaults`. @default none */
  readonly extract?: VaultPath;
  /**
   * Keys that Vault must hold: without one the Secret is not written. A list, or an object with a line on each, which the pages of
   * `espalier docs` show to whoever fills Vault. @default none
   */
  readonly required?: Keys<R>;
  /** Keys that Vault may hold: empty where it does not. A list, or an object with a line on each. @default none */
  readonly optional?: Keys<O>;
  /** Keys that Vault may hold, and their value where it does not. @default none */
  readonly defaults?: Readonly<Record<D, string>>;
  /** Single properties, each under the key that it gets in the Secret. @default none */
  readonly data?: Readonly<Record<P, VaultProperty>>;
  /** metadata.name of the Secret. @default the ExternalSecret's own name */
  readonly secretName?: string;
  /** The Secret's type. @default Opaque */
  readonly type?: string;
  /** Labels and annotations of the Secret; ESO does not copy the ExternalSecret's. @default none */
  readonly secretLabels?: Readonly<Record<string, string>>;
  readonly secretAnnotations?: Readonly<Record<string, string>>;
  /** @default 'Periodic' */
  readonly refreshPolicy?: RefreshPolicy;
  /** @default '1h' */
  readonly refreshInterval?: string;
  /** @default 'Owner' */
  readonly creationPolicy?: CreationPolicy;
  /** What becomes of the Secret when the values are gone from Vault. @default 'Retain' */
  readonly deletionPolicy?: DeletionPolicy;
  /** Any other field of spec. @default none */
  readonly spec?: DeepPartial<ExternalSecretSpec>;
}

/**
 * A Secret made from Vault by ESO. Its handle, `secret`, knows the keys.
 *
 * Values pass through unchanged, line breaks of a PEM key included. The Secret holds the keys named here and no others.
 *
 * @example
 * const secrets = new ExternalSecret(shop.directory, 'secret', {
 *   store: vault,
 *   extract: vault.app('shop', 'app'),
 *   required: { API_TOKEN: 'Token of the payment provider' },
 *   optional: ['SENTRY_DSN'],
 *   defaults: { LOG_LEVEL: 'info' },
 * });
 * secrets.secret.key('API_TOKEN');
 */
export class ExternalSecret<
  const R extends string = never,
  const O extends string = never,
  const D extends string = never,
  const P extends string = never,
> extends Resource {
  /** The L1 beneath. */
  readonly resource: ApiObject;
  /** The Secret that it makes. */
  readonly secret: Secret<R | O | D | P>;

  constructor(scope: Construct, id: string, props: ExternalSecretProps<R, O, D, P>) {
    super(scope, id, props);
    const required = keysOf(this, 'required', props.required);
    const optional = keysOf(this, 'optional', props.optional);
    const descriptions = [...required.descriptions, ...optional.descriptions];
    const metadata = this.metadata(props, { annotations: keysDescribedBy(this, descriptions) });
    const name = requireFormat(this, 'secretName', props.secretName ?? String(metadata.name), dnsSubdomain);
    const { store } = props;
    requireObject(this, 'store', store, { allowed: 'the store that the values come from', example: 'a VaultStore' });
    const keys = this.keys(props, required.keys, optional.keys);
    const secretStoreRef = store.referredBy(this);
    const spec: ExternalSecretSpec = merge(
      typed<ExternalSecretSpec>({
        refreshPolicy: props.refreshPolicy,
        refreshInterval: props.refreshInterval ?? '1h',
        secretStoreRef,
        target: {
          name,
          creationPolicy: props.creationPolicy ?? 'Owner',
          deletionPolicy: props.deletionPolicy ?? 'Retain',
          template: template(this, props, optional.keys, keys),
        },
        dataFrom: props.extract && [{ extract: { key: store.keyOf(this, 'extract', props.extract) } }],
        data: entries(props.data).map(([secretKey, value]) => ({
          secretKey,
          remoteRef: this.remoteRef(`data.${secretKey}`, value, store),
        })),
      }),
      props.spec,
    );
    requireAcceptedSpec(this, spec, { name, keys });
    if (
      spec.secretStoreRef?.name !== secretStoreRef.name ||
      spec.secretStoreRef.kind !== (secretStoreRef.kind as string)
    ) {
      refuse(this, {
        field: 'spec.secretStoreRef',
        value: spec.secretStoreRef,
        allowed: `${secretStoreRef.kind} ${secretStoreRef.name}, as in the property store: the paths belong to that store`,
        example: 'only the property store',
      });
    }
    ownSecret(this, name, spec.target?.creationPolicy);
    this.resource = this.apiObject('Resource', ExternalSecretL1.GVK, metadata, {
      spec: withoutEmpty(toJson_ExternalSecretSpec(spec)),
    });
    this.secret = new Secret({ name, namespace: this.namespace, keys, producer: this });
  }

  private remoteRef(field: string, value: VaultProperty, store: VaultStore): { key: string; property: string } {
    const { path, property } = requireObject(this, field, value, {
      allowed: 'a property of a secret in Vault',
      example: "vault.app('shop', 'app').property('token')",
    });
    return { key: store.keyOf(this, field, path), property: literal(this, property) };
  }

  /** All keys of the Secret, checked. */
  private keys(
    { extract, defaults, data }: ExternalSecretProps<R, O, D, P>,
    required: readonly R[],
    optional: readonly O[],
  ): (R | O | D | P)[] {
    const extracted = [...required, ...optional, ...entries(defaults).map(([key]) => key as D)];
    const keys = [...extracted, ...entries(data).map(([key]) => key as P)];
    if (keys.length === 0) {
      refuse(this, {
        field: 'keys',
        value: [],
        allowed: 'at least one of required, optional, defaults and data',
        example: "required: ['API_TOKEN']",
      });
    }
    if (extract === undefined && extracted.length > 0) {
      refuse(this, {
        field: 'extract',
        value: undefined,
        allowed: `the Vault path that ${extracted.join(', ')} come from`,
        example: "extract: vault.app('shop', 'app')",
      });
    }
    if (extract !== undefined && extracted.length === 0) {
      refuse(this, {
        field: 'extract',
        value: extract.display,
        allowed: 'a path whose keys are named, so that references to them can be checked',
        example: "required: ['API_TOKEN']",
      });
    }
    for (const [key, value] of entries<unknown>(defaults)) {
      if (typeof value === 'string') continue;
      const example = value === null || value === undefined ? `optional: ['${key}']` : JSON.stringify(String(value));
      refuse(this, { field: `defaults.${key}`, value, allowed: 'a string', example });
    }
    const seen = new Set<string>();
    for (const key of keys) {
      requireFormat(this, 'a key', key, dataKey);
      if (seen.has(key))
        refuse(this, {
          field: 'a key',
          value: key,
          allowed: 'each key only once in required, optional, defaults and data together',
        });
      seen.add(key);
    }
    return keys;
  }
}

/** The Secret's template: with it, the Secret holds the keys named here alone (mergePolicy Replace). */
function template<R extends string, O extends string, D extends string, P extends string>(
  scope: Construct,
  props: ExternalSecretProps<R, O, D, P>,
  optionalKeys: readonly O[],
  keys: readonly string[],
): Record<string, unknown> {
  const values: Record<string, string> = {};
  for (const key of keys) values[key] = required(key);
  for (const key of optionalKeys) values[key] = optional(key);
  // A default may hold a `$` that is not meant for Flux.
  for (const [key, value] of entries(props.defaults)) values[key] = literal(scope, optional(key, value as string));
  const { secretLabels, secretAnnotations } = props;
  const annotations = secretAnnotations && literals(scope, secretAnnotations);
  return {
    engineVersion: 'v2',
    mergePolicy: 'Replace',
    type: props.type,
    metadata: secretLabels || annotations ? { labels: secretLabels, annotations } : undefined,
    data: values,
  };
}

function literals(scope: Construct, texts: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, literal(scope, text)]));
}

function entries<V>(record: Readonly<Record<string, V>> | undefined): [string, V][] {
  return Object.entries(record ?? {});
}

// `data: []` beside dataFrom says nothing; reviewers need not read it.
function withoutEmpty(spec: Record<string, unknown> | undefined): Record<string, unknown> {
  const kept: Record<string, unknown> = {};
  for (const [name, value] of entries(spec)) if (!(Array.isArray(value) && value.length === 0)) kept[name] = value;
  return kept;
}

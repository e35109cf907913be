import type { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import { ExternalSecret as ExternalSecretL1 } from '../../../imports/external-secret';
import type { JsonObject } from '../../json/json';
import { keysAt, objectAt, textAt } from '../../json/read';
import { type Keys as KnownKeys, secretKeys } from '../../systems/external-secrets/keys';
import { targetName } from '../../systems/external-secrets/spec';
import { optional, optionalOperand, required, requiredOperand } from '../../systems/external-secrets/template';
import { dataKey, dnsSubdomain } from '../../systems/kubernetes/names';
import { keysDescribedBy, keysOf } from '../description';
import { literal } from '../flux/substitution';
import { requireFormat, requireObject } from '../formats';
import { refuse } from '../input-error';
import { merge } from '../merge';
import { Resource } from '../resource';
import { clusterOf } from '../scopes';
import { Secret } from '../secret';
import { specJson } from '../spec';
import { requireAcceptedSpec } from './accepted-spec';
import type { AnyExternalSecretProps, ExternalSecretProps, KeysMade } from './external-secret-props';
import { PasswordGenerator } from './password-generator';
import type { NoStore } from './remotes';
import { ownSecret } from './secret-owners';
import { Sources, shown } from './sources';
import { requireAbility } from './store-facts';
import { composeTemplate } from './template';
import type { VaultPath } from './vault-path';

/**
 * A Secret made from Vault, or another store, by ESO. Its handle, `secret`, knows the keys.
 *
 * Values pass through unchanged, line breaks of a PEM key included. The Secret holds the keys named here and no others, unless `template`
 * or `target` says what it holds.
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
  const T extends string = never,
  const X extends string = never,
  Key = VaultPath | NoStore,
> extends Resource {
  /** The L1 beneath. */
  readonly resource: ApiObject;
  /** The Secret that it makes. */
  readonly secret: Secret<KeysMade<R | O | D | P, T, X>>;

  constructor(scope: Construct, id: string, props: ExternalSecretProps<R, O, D, P, T, X, Key>) {
    super(scope, id, props);
    const given = props as unknown as AnyExternalSecretProps;
    const required = keysOf(this, 'required', given.required);
    const optional = keysOf(this, 'optional', given.optional);
    const descriptions = [...required.descriptions, ...optional.descriptions];
    const metadata = this.metadata(given, { annotations: keysDescribedBy(this, descriptions) });
    const name = requireFormat(this, 'secretName', given.secretName ?? String(metadata.name), dnsSubdomain);
    const { store } = given;
    if (store !== null) {
      requireObject(this, 'store', store, { allowed: 'the store that the values come from', example: 'a VaultStore' });
      requireAbility(this, 'store', store, 'read');
    }
    const { defaults } = clusterOf(this);
    const compose = typeof given.template === 'function' ? given.template : undefined;
    const isGiven = (given.template !== undefined && !compose) || given.target !== undefined;
    if (isGiven) this.refuseBesideTemplate(given);
    const isFree = isGiven || !(defaults || compose || asksTemplate.some((property) => given[property] !== undefined));
    const read = isFree ? undefined : this.keys(given, required.keys, optional.keys);
    const template = read && this.template(given, read, optional.keys, compose);
    const keys = template && keysAt(template, 'data');
    const secretStoreRef = store === null ? undefined : { ...store.referredBy(this) };
    const sources = new Sources(this, store ?? undefined);
    const { extract, dataFrom = [] } = given;
    const from = [
      ...(extract === undefined ? [] : [sources.dataFrom('', { extract })]),
      ...dataFrom.map((item, i) => sources.dataFrom(`dataFrom[${i}].`, item)),
    ];
    const target: unknown =
      given.target === undefined
        ? {
            ...((given.secretName === undefined ? defaults : given.secretName !== null) && { name }),
            creationPolicy: this.byDefault(given.creationPolicy, 'Owner'),
            deletionPolicy: this.byDefault(given.deletionPolicy, 'Retain'),
            template: template ?? given.template ?? undefined,
          }
        : given.target;
    const spec = merge<JsonObject>(
      {
        ...specJson(this, {
          refreshPolicy: given.refreshPolicy ?? undefined,
          refreshInterval: this.byDefault(given.refreshInterval, '1h'),
          target: target ?? undefined,
        }),
        ...(secretStoreRef && { secretStoreRef }),
        dataFrom: from,
        data: entries(given.data).map(([secretKey, value]) => sources.data(secretKey, value)),
      },
      specJson(this, given.spec),
    );
    const written = withoutEmpty(spec);
    const handle = keys ? { keys, open: false } : this.freeKeys(written, given.keys);
    requireAcceptedSpec(this, written, keys && { name, keys });
    this.requireOwnStore(written, secretStoreRef);
    const secretName = targetName(written, String(metadata.name));
    ownSecret(this, secretName, textAt(written, 'target', 'creationPolicy'));
    this.resource = this.apiObject('Resource', ExternalSecretL1.GVK, metadata, { spec: written });
    this.secret = new Secret({ name: secretName, ...this.ownNamespace, ...handle, producer: this });
  }

  /** A template of one's own is written as it stands: what else would make one has no effect. */
  private refuseBesideTemplate(props: AnyExternalSecretProps): void {
    const field = props.target === undefined ? 'template' : 'target';
    const ofTarget = ['template', 'secretName', 'creationPolicy', 'deletionPolicy'] as const;
    for (const other of field === 'target' ? [...asksTemplate, ...ofTarget] : asksTemplate) {
      if (props[other] === undefined) continue;
      refuse(this, {
        field: other,
        value: props[other],
        allowed: `left out beside ${field}, which is written as it stands`,
        example: other === 'required' ? "keys: ['API_TOKEN']" : `the field in ${field}`,
      });
    }
  }

  /** The keys that sources and templates yield, as far as they say, and those that the author adds. */
  private freeKeys(spec: JsonObject, named: readonly string[] = []): KnownKeys {
    const generators = this.node.dependencies.filter((each) => each instanceof PasswordGenerator);
    const found = secretKeys(spec, (kind, name) => {
      const own = generators.find(({ resource }) => resource.kind === kind && resource.name === name);
      return own?.resource.toJson();
    });
    for (const key of named) {
      requireFormat(this, 'keys', key, dataKey);
      if (found.open || found.keys.includes(key)) continue;
      refuse(this, {
        field: 'keys',
        value: key,
        allowed: `one of the keys that its sources and its template yield: ${found.keys.join(', ')}`,
      });
    }
    return { keys: [...new Set([...found.keys, ...named])], open: found.open };
  }

  /** The Secret's template: with it, the Secret holds the keys named here alone (mergePolicy Replace). */
  private template(
    { defaults = {}, type, secretLabels, secretAnnotations }: AnyExternalSecretProps,
    keys: readonly string[],
    optionalKeys: readonly string[],
    compose: Compose | undefined,
  ): JsonObject {
    const defaultOf = (key: string) => (defaults as Readonly<Record<string, string>>)[key];
    const mayMiss = (key: string) => optionalKeys.includes(key) || Object.hasOwn(defaults, key);
    const annotations = secretAnnotations && literals(this, secretAnnotations);
    const own = {
      engineVersion: 'v2',
      mergePolicy: 'Replace',
      type,
      metadata: secretLabels || annotations ? { labels: secretLabels, annotations } : undefined,
    };
    if (!compose) {
      const textOf = (key: string) => (mayMiss(key) ? optional(key, defaultOf(key)) : required(key));
      // A default may hold a `$` that is not meant for Flux.
      return specJson(this, { ...own, data: Object.fromEntries(keys.map((key) => [key, literal(this, textOf(key))])) });
    }
    const operandOf = (key: string) => (mayMiss(key) ? optionalOperand(key, defaultOf(key)) : requiredOperand(key));
    const made = composeTemplate(this, new Map(keys.map((key) => [key, operandOf(key)])), compose);
    if (keysAt(made as unknown as JsonObject, 'data').length === 0) {
      refuse(this, {
        field: 'template',
        allowed: 'a function that returns a template with the keys of the Secret in data',
        example: '(k) => ({ data: { URL: `https://${k.user}@db/` } })',
      });
    }
    return merge(specJson(this, own), specJson(this, made));
  }

  private requireOwnStore(spec: JsonObject, own: JsonObject | undefined): void {
    const given = objectAt(spec, 'secretStoreRef');
    if (own === undefined || (given?.name === own.name && given?.kind === own.kind)) return;
    refuse(this, {
      field: 'spec.secretStoreRef',
      value: given,
      allowed: `${own.kind ?? 'SecretStore'} ${own.name}, as in the property store: the paths belong to that store`,
      example: 'only the property store',
    });
  }

  /** All keys of the Secret, checked. */
  private keys(
    { extract, dataFrom = [], defaults, data, keys: named = [] }: AnyExternalSecretProps,
    required: readonly string[],
    optional: readonly string[],
  ): readonly string[] {
    const extracted = [...required, ...optional, ...entries(defaults).map(([key]) => key)];
    const keys = [...extracted, ...entries(data).map(([key]) => key)];
    if (keys.length === 0) {
      refuse(this, {
        field: 'keys',
        value: [],
        allowed: 'at least one of required, optional, defaults and data',
        example: "required: ['API_TOKEN'], or template: null for a Secret of all that the sources yield",
      });
    }
    if (extract === undefined && dataFrom.length === 0 && extracted.length > 0) {
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
        value: shown(extract),
        allowed: 'a path whose keys are named, so that references to them can be checked',
        example: "required: ['API_TOKEN'], or template: null for a Secret of all its keys",
      });
    }
    for (const [key, value] of entries<unknown>(defaults)) {
      if (typeof value === 'string') continue;
      const example = value === null || value === undefined ? `optional: ['${key}']` : JSON.stringify(String(value));
      refuse(this, { field: `defaults.${key}`, value, allowed: 'a string', example });
    }
    if (named.length > 0) {
      refuse(this, {
        field: 'keys',
        value: named,
        allowed:
          'left out without template or target: the Secret has the keys of required, optional, defaults and data alone',
        example: `required: ${JSON.stringify(named)}`,
      });
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

type Compose = Extract<AnyExternalSecretProps['template'], (...given: never) => unknown>;

/** What a template of the construct's own says. */
const asksTemplate = ['required', 'optional', 'defaults', 'type', 'secretLabels', 'secretAnnotations'] as const;

function literals(scope: Construct, texts: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, literal(scope, text)]));
}

function entries<V>(record: Readonly<Record<string, V>> | undefined): [string, V][] {
  return Object.entries(record ?? {});
}

// `data: []` beside dataFrom says nothing, nor does `target: {}`; reviewers need not read them.
function withoutEmpty(spec: JsonObject): JsonObject {
  const isEmpty = (value: unknown) => typeof value === 'object' && value !== null && Object.keys(value).length === 0;
  return Object.fromEntries(Object.entries(spec).filter(([, value]) => !isEmpty(value)));
}

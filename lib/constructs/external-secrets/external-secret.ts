import type { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import type { JsonObject } from '../../json/json';
import { keysAt, objectAt, textAt } from '../../json/read';
import { hoursOf, makesLastingValue } from '../../systems/external-secrets/generators';
import { type Keys as KnownKeys, secretKeys } from '../../systems/external-secrets/keys';
import { targetName } from '../../systems/external-secrets/spec';
import { dataKey, dnsSubdomain } from '../../systems/kubernetes/names';
import { keysDescribedBy, keysOf } from '../description';
import { requireFormat, requireObject } from '../formats';
import { gvk } from '../gvk';
import { refuse } from '../input-error';
import { merge } from '../merge';
import { refuseUnknown } from '../refuse-unknown';
import { Resource } from '../resource';
import { clusterOf } from '../scopes';
import { Secret } from '../secret';
import { specJson } from '../spec';
import { requireAcceptedSpec } from './accepted-spec';
import type { AnyExternalSecretProps, ExternalSecretProps, KeysMade } from './external-secret-props';
import { GeneratorKey, SecretGenerator } from './generator';
import { type MergeTarget, mergeInto } from './merge-target';
import { namedKeys } from './named-keys';
import { ownTemplate } from './own-template';
import type { NoStore, Remote } from './remotes';
import { ownSecret } from './secret-owners';
import { Sources } from './sources';
import { requireAbility } from './store-facts';
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
  const M extends string = never,
> extends Resource {
  /** The L1 beneath. */
  readonly resource: ApiObject;
  /** The Secret that it makes. */
  readonly secret: Secret<KeysMade<R | O | D | P, T, X> | M>;

  constructor(scope: Construct, id: string, props: ExternalSecretProps<R, O, D, P, T, X, Key, M>) {
    super(scope, id, props);
    refuseUnknown(this, ExternalSecret, props);
    const given = props as unknown as AnyExternalSecretProps;
    const required = keysOf(this, 'required', given.required);
    const optional = keysOf(this, 'optional', given.optional);
    const descriptions = [...required.descriptions, ...optional.descriptions];
    const metadata = this.metadata(given, { annotations: keysDescribedBy(this, descriptions) });
    const { store, into, once = false } = given;
    if (once)
      this.refuseBeside('once', given, ['into', 'target', 'creationPolicy', 'refreshPolicy', 'refreshInterval']);
    const addsTo = into && this.addsTo(given, into);
    const ownName = into?.name ?? given.secretName ?? String(metadata.name);
    const name = requireFormat(this, 'secretName', ownName, dnsSubdomain);
    if (store !== null) {
      requireObject(this, 'store', store, { allowed: 'the store that the values come from', example: 'a VaultStore' });
      requireAbility(this, 'store', store, 'read');
    }
    const { defaults } = clusterOf(this);
    const composes = typeof given.template === 'function';
    const isGiven = (given.template !== undefined && !composes) || given.target !== undefined;
    const data = entries<unknown>(given.data);
    const ofGenerators = data.filter(isGenerated);
    if (isGiven) this.refuseBesideTemplate(given, ofGenerators);
    const asks = composes || ofGenerators.length > 0 || asksTemplate.some((property) => given[property] !== undefined);
    const read = isGiven || !(defaults || asks) ? undefined : namedKeys(this, given, required.keys, optional.keys);
    const secretStoreRef = store === null ? undefined : { ...store.referredBy(this) };
    const sources = new Sources(this, store ?? undefined);
    const others = read?.filter((key) => !ofGenerators.some(([name]) => name === key)) ?? [];
    const generated = sources.generated(ofGenerators, others);
    this.requireRefreshPolicy(given, ofGenerators);
    const typed = { ...given, type: given.type ?? addsTo?.type };
    const template = read && ownTemplate(this, typed, { keys: read, optional: optional.keys, calls: generated.calls });
    const keys = template && keysAt(template, 'data');
    const { extract, dataFrom = [] } = given;
    const from = [
      ...(extract === undefined ? [] : [sources.dataFrom('', { extract })]),
      ...dataFrom.map((item, i) => sources.dataFrom(`dataFrom[${i}].`, item)),
      ...generated.dataFrom,
    ];
    const target: unknown =
      given.target === undefined
        ? {
            ...((into || (given.secretName === undefined ? defaults : given.secretName !== null)) && { name }),
            creationPolicy: addsTo?.creationPolicy ?? (once ? 'Orphan' : this.byDefault(given.creationPolicy, 'Owner')),
            deletionPolicy: this.byDefault(given.deletionPolicy, 'Retain'),
            immutable: once || undefined,
            template: template ?? given.template ?? undefined,
          }
        : given.target;
    const spec = merge<JsonObject>(
      {
        ...specJson(this, {
          refreshPolicy: once ? 'CreatedOnce' : (given.refreshPolicy ?? undefined),
          refreshInterval: once
            ? '0s'
            : this.byDefault(given.refreshInterval, expiresSoon(ofGenerators) ? '30m' : '1h'),
          target: target ?? undefined,
        }),
        ...(secretStoreRef && { secretStoreRef }),
        dataFrom: from,
        data: data
          .filter((value) => !isGenerated(value))
          .map(([secretKey, value]) => sources.data(secretKey, value as Remote<never>)),
      },
      specJson(this, given.spec),
    );
    const written = withoutEmpty(spec);
    const handle = keys ? { keys, open: false } : this.freeKeys(written, given.keys);
    requireAcceptedSpec(this, written, keys && { name, keys });
    this.requireOwnStore(written, secretStoreRef);
    const secretName = targetName(written, String(metadata.name));
    ownSecret(this, secretName, textAt(written, 'target', 'creationPolicy'));
    this.resource = this.apiObject('Resource', gvk.ExternalSecret, metadata, { spec: written });
    this.secret = new Secret({
      name: secretName,
      ...this.ownNamespace,
      keys: [...new Set([...(into?.keys ?? []), ...handle.keys])],
      open: handle.open || into?.open === true,
      producer: this,
      type: textAt(written, 'target', 'template', 'type'),
    });
  }

  private addsTo(props: AnyExternalSecretProps, into: Secret): MergeTarget {
    this.refuseBeside('into', props, ['secretName', 'creationPolicy', 'target']);
    return mergeInto(this, into);
  }

  /** What another property says already. */
  private refuseBeside(
    property: 'into' | 'once',
    props: AnyExternalSecretProps,
    others: readonly (keyof AnyExternalSecretProps)[],
  ): void {
    for (const field of others) {
      if (props[field] === undefined) continue;
      const value = props[field] instanceof Secret ? props[field].label : props[field];
      refuse(this, {
        field,
        value,
        allowed: `left out beside ${property}, which says it`,
        example: `${property} alone`,
      });
    }
  }

  /** A template of one's own is written as it stands: what else would make one has no effect. */
  private refuseBesideTemplate(props: AnyExternalSecretProps, [generated]: readonly GeneratedEntry[]): void {
    const field = props.target === undefined ? 'template' : 'target';
    if (generated) {
      refuse(this, {
        field: `data.${generated[0]}`,
        value: `the key ${generated[1].key} of a generator`,
        allowed: `a value of a store beside ${field}: of generators External Secrets takes all keys, and a template chooses`,
        example: 'dataFrom: [{ sourceRef: { generatorRef: generator } }]',
      });
    }
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
    const generators = this.node.dependencies.filter((each) => each instanceof SecretGenerator);
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

  /** At every refresh, a generator makes another value. */
  private requireRefreshPolicy(
    { refreshPolicy, once = false }: AnyExternalSecretProps,
    generated: readonly GeneratedEntry[],
  ): void {
    const lasting = generated.find(([, { generator }]) => makesLastingValue(generator.generates));
    if (lasting === undefined || refreshPolicy !== undefined || once) return;
    refuse(this, {
      field: 'refreshPolicy',
      value: undefined,
      allowed: `set beside a generator: at every refresh it makes another value of ${lasting[0]}`,
      example: "once: true, or refreshPolicy: 'Periodic' where all readers follow",
    });
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
}

type GeneratedEntry = [name: string, value: GeneratorKey];

function isGenerated(entry: [string, unknown]): entry is GeneratedEntry {
  return entry[1] instanceof GeneratorKey;
}

/** Whether a token would expire as it is made anew. */
function expiresSoon(generated: readonly GeneratedEntry[]): boolean {
  return generated.some(([, { generator }]) => hoursOf(generator.generates) === 1);
}

/** What a template of the construct's own says. */
const asksTemplate = ['required', 'optional', 'defaults', 'type', 'secretLabels', 'secretAnnotations'] as const;

function entries<V>(record: Readonly<Record<string, V>> | undefined): [string, V][] {
  return Object.entries(record ?? {});
}

// `data: []` beside dataFrom says nothing, nor does `target: {}`; reviewers need not read them.
function withoutEmpty(spec: JsonObject): JsonObject {
  const isEmpty = (value: unknown) => typeof value === 'object' && value !== null && Object.keys(value).length === 0;
  return Object.fromEntries(Object.entries(spec).filter(([, value]) => !isEmpty(value)));
}

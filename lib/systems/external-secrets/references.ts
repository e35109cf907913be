import type { JsonObject } from '../../json/json';
import { textAt } from '../../json/read';
import { isKnown } from '../../text/symbolic';
import { type FindBy, type ProviderFacts, providers } from './providers';

/** What a reference is for: one value, a whole secret (`extract`), or a place that is written. */
export type Use = 'value' | 'whole' | 'push';

/** What is wrong with one field of a reference, a search, or what is written. */
export interface Misuse {
  readonly field: 'key' | 'property' | 'version' | 'secretKey' | 'updatePolicy' | 'deletionPolicy' | FindBy;
  /** What is allowed, as a phrase. */
  readonly allowed: string;
  readonly example?: string;
  /** Set where nothing fails for sure: the provider may take no notice of it. */
  readonly isIgnored?: true;
}

/**
 * What a provider does, by its settings in spec.provider: AWS has several services, 1Password has vaults and environments.
 *
 * @returns undefined for a provider that is not known
 */
export function factsOf(provider: string, settings: JsonObject | undefined): ProviderFacts | undefined {
  const rows: Readonly<Record<string, ProviderFacts>> = providers;
  const service = textAt(settings, 'service');
  if (provider === 'aws' && service !== undefined && `aws/${service}` in rows) return rows[`aws/${service}`];
  if (provider === 'onepasswordSDK' && textAt(settings, 'environment')) return rows['onepasswordSDK/environment'];
  return Object.hasOwn(rows, provider) ? rows[provider] : undefined;
}

/** What a provider would refuse of a reference, or take no notice of. Texts that Flux fills in are not judged. */
export function* misuses(
  facts: ProviderFacts,
  use: Use,
  reference: { readonly key?: unknown; readonly property?: unknown; readonly version?: unknown },
): Generator<Misuse> {
  const { title } = facts;
  const { key, property, version } = reference;
  const forms = formsOf(facts, use);
  if (isText(key) && forms !== undefined && !forms.some((form) => pattern(form).test(key))) {
    const allowed = `${facts.key}, as ${forms.map((form) => `"${form.replaceAll('*', '…')}"`).join(' or ')}`;
    yield { field: 'key', allowed, example: JSON.stringify(forms[0]?.replace('*', 'shop').replace('*', 'password')) };
  }
  const type = isText(key) ? key.split('/').at(-2) : undefined;
  if (facts.types !== undefined && type !== undefined) {
    const types = use === 'whole' && facts === providers.azurekv ? facts.types.slice(0, 1) : facts.types;
    const allowed = `${facts.key}, with one of these before it: ${types.map((each) => `"${each}/"`).join(', ')}`;
    if (!types.includes(type)) yield { field: 'key', allowed, example: `"${types[0]}/shop"` };
  }
  const picked = use === 'whole' ? (facts.propertyOfWhole ?? facts.property) : facts.property;
  const isPicked = use === 'push' ? facts.push?.property !== false : picked !== undefined;
  if (isText(property) && !isPicked) {
    const what = use === 'push' ? 'writes no properties to' : 'reads no properties of';
    yield { field: 'property', allowed: `left out: External Secrets ${what} ${title}`, isIgnored: true };
  } else if (isText(property) && facts.properties !== undefined && !facts.properties.includes(property)) {
    yield { field: 'property', allowed: `one of ${facts.properties.join(', ')}`, example: `"${facts.properties[0]}"` };
  }
  if (isText(version) && facts.version === undefined)
    yield { field: 'version', allowed: `left out: External Secrets reads no versions of ${title}`, isIgnored: true };
}

/**
 * The same of one item of a PushSecret's data.
 *
 * @param secretKey the key that is written; undefined for the whole Secret
 */
export function* misusesOfPush(
  facts: ProviderFacts,
  secretKey: string | undefined,
  reference: { readonly key?: unknown; readonly property?: unknown },
): Generator<Misuse> {
  yield* misuses(facts, 'push', reference);
  const { title, push } = facts;
  if (secretKey === undefined && push?.whole === false)
    yield {
      field: 'secretKey',
      allowed: `the key that is written: External Secrets writes no whole Secret to ${title}`,
    };
  if (secretKey !== undefined && push?.whole === 'only')
    yield { field: 'secretKey', allowed: `left out: External Secrets writes only whole Secrets to ${title}` };
  if (secretKey !== undefined && push?.property === 'needed' && !reference.property)
    yield {
      field: 'property',
      allowed: `the property that the value becomes: ${title} holds properties`,
      example: `"${secretKey}"`,
    };
}

/**
 * The same of the policies of a PushSecret.
 *
 * @param pushes what it writes
 */
export function* misusesOfPolicies(
  { title, push }: ProviderFacts,
  { updatePolicy, deletionPolicy }: JsonObject,
  pushes: readonly { readonly remoteKey: string; readonly property?: string | undefined }[],
): Generator<Misuse> {
  if (deletionPolicy === 'Delete' && push?.delete === false)
    yield { field: 'deletionPolicy', allowed: `None: External Secrets deletes nothing in ${title}`, example: '"None"' };
  if (updatePolicy !== 'IfNotExists') return;
  if (push?.ifNotExists === false) {
    const allowed = `Replace: External Secrets cannot tell what is there in ${title}; a value that is meant to stay is made once as a Secret, which is pushed`;
    yield { field: 'updatePolicy', allowed };
  } else if (push?.ifNotExists === 'secret') {
    const places = new Set<string>();
    for (const { remoteKey, property } of pushes) {
      if (property && places.has(remoteKey)) {
        const whole = `data: [{ match: { remoteRef: { remoteKey: ${JSON.stringify(remoteKey)} } } }]`;
        const allowed = `Replace, or all of it written as one value: once ${remoteKey} is there, none of its further properties is written`;
        yield { field: 'updatePolicy', allowed, example: whole };
        return;
      }
      places.add(remoteKey);
    }
  }
}

/** What a search says that its provider takes no notice of, or refuses. */
export function* misusesOfFind({ title, find = [] }: ProviderFacts, search: JsonObject): Generator<Misuse> {
  for (const field of ['name', 'path', 'tags'] as const) {
    if (search[field] === undefined || search[field] === null || find.includes(field)) continue;
    const by = find.length === 0 ? 'finds all secrets there are' : `searches only by ${find.join(' and ')}`;
    yield { field, allowed: `left out: in ${title} External Secrets ${by}`, isIgnored: true };
  }
}

/** What External Secrets cannot do with the stores of a provider, as a sentence; undefined where it can. */
export function inability(facts: ProviderFacts, verb: 'read' | 'extract' | 'find' | 'push'): string | undefined {
  const { title, read, extract, find, push } = facts;
  if (verb === 'push') return push ? undefined : `External Secrets does not write to ${title}`;
  if (read === false) return `External Secrets only writes to ${title}`;
  if (verb === 'extract' && extract === false) return `External Secrets reads only single values of ${title}`;
  if (verb === 'find' && find === undefined) return `External Secrets does not search ${title}`;
  return undefined;
}

function formsOf({ forms, formsOfWhole = forms, formsOfPush = forms }: ProviderFacts, use: Use) {
  return use === 'whole' ? formsOfWhole : use === 'push' ? formsOfPush : forms;
}

/** Of `*` before a `/` any text without that, at the end any. */
function pattern(form: string): RegExp {
  return new RegExp(`^${form.replaceAll('*/', '[^/]+/').replace('*', '.+')}$`, 's');
}

/** A text that is known: neither empty nor filled in by Flux. */
function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && isKnown(value) && !value.includes('${');
}

import { listAt, objectAt, textAt } from '../../json/read';
import { hasContent } from '../../systems/external-secrets/keys';
import { dataPath, vaultPath } from '../../systems/external-secrets/vault-paths';
import { TemplateError } from '../../systems/go-template';
import { compareText } from '../../text/compare';
import { groupBy, push } from '../../text/group-by';
import { memoize } from '../../text/memoize';
import type { Cluster } from '../cluster';
import { keyDescriptions } from '../description';
import { type EsoTemplate, templatesIn } from '../external-secrets/templates';
import { identityKey } from '../identity';
import { credentialIn } from '../masking';
import type { Resource } from '../resource';
import { consumersOf, type MadeSecret, madeSecret } from './made-secret';
import { isClear, type VaultAccess } from './vault-access';

/** A key that a secret in Vault is expected to hold. */
export interface ExpectedKey {
  readonly key: string;
  /** Whether the Secret is not written without it. */
  readonly required: boolean;
  /** Whether its template means it to be optional although ESO fails without it. */
  readonly meantOptional: boolean;
  /** What stands in its place where it is absent: '' for nothing; undefined where the tree does not say, or nobody should read it. */
  readonly byDefault: string | undefined;
}

/** How an ExternalSecret reads a secret of a store. */
export type KeyRead = Pick<VaultAccess, 'verb' | 'property' | 'path' | 'fetchesMetadata'>;

/** What is known of the keys of a secret in Vault that an ExternalSecret reads. */
export interface ExpectedKeys {
  readonly keys: readonly ExpectedKey[];
  /** How that is known, where the keys may not be all: a sentence. */
  readonly more: string | undefined;
}

/**
 * The keys that an ExternalSecret's reads of one secret in Vault need there: required ones first, in the order in which they are
 * described, then by name.
 */
export function expectedKeys(cluster: Cluster, made: MadeSecret, accesses: readonly KeyRead[]): ExpectedKeys {
  const all = accesses.map((access) => ofOneRead(cluster, made, access));
  const byKey = groupBy(
    all.flatMap(({ keys }) => keys),
    ({ key }) => key,
  );
  const keys = [...byKey.values()].map((same) => same.find(({ required }) => required) ?? same[0]);
  const more = [...new Set(all.flatMap((one) => one.more ?? []))].join(' ') || undefined;
  const described = [...keyDescriptions(made.resource).keys()];
  const place = ({ key }: ExpectedKey) => (described.includes(key) ? described.indexOf(key) : described.length);
  const sorted = [...keys].sort(
    (a, b) => Number(b.required) - Number(a.required) || place(a) - place(b) || compareText(a.key, b.key),
  );
  return { keys: sorted, more };
}

/** A secret of Vault that ExternalSecrets read. */
export interface ExpectedSecret {
  /** As people name it: `kv/acme/prod/shop`. */
  readonly shown: string;
  /** The keys that have to be there, as far as the tree tells. */
  readonly keys: Set<string>;
  /** Who reads it: at least one. */
  readonly readers: Resource[];
}

/** What has to be in Vault for a cluster's ExternalSecrets, by the path of its values. */
export function expectedIn(cluster: Cluster): Map<string, ExpectedSecret> {
  const found = new Map<string, ExpectedSecret>();
  for (const access of cluster.vault) {
    if (access.verb !== 'read' || !isClear(access)) continue;
    const path = dataPath(access);
    const secret = found.get(path) ?? { shown: vaultPath(access), keys: new Set(), readers: [] };
    found.set(path, secret);
    secret.readers.push(access.resource);
    const made = madeSecret(cluster, access.resource);
    for (const { key, required } of made === undefined ? [] : expectedKeys(cluster, made, [access]).keys) {
      if (required) secret.keys.add(key);
    }
  }
  return found;
}

function ofOneRead(cluster: Cluster, made: MadeSecret, access: KeyRead): ExpectedKeys {
  if (access.fetchesMetadata) {
    return { keys: [], more: 'ESO reads only its metadata (`metadataPolicy: Fetch`).' };
  }
  if (access.verb === 'find') {
    return { keys: [], more: 'ESO reads all matching secrets below it; the tree does not name their keys.' };
  }
  if (access.path[1] === 'data') {
    if (access.property === undefined) return { keys: [], more: 'ESO reads the whole secret, as JSON.' };
    return { keys: [required(access.property)], more: undefined };
  }
  const template = objectAt(made.spec, 'target', 'template');
  if (template === undefined || !hasContent(template)) return passedThrough(made);
  const read = keysRead(cluster, made.resource);
  if (textAt(template, 'mergePolicy') !== 'Merge') return read;
  return { ...read, more: 'All its other keys also become keys of the Secret (`mergePolicy: Merge`).' };
}

/** Without a template, the Secret has the keys that Vault has: whoever reads one of them expects it. */
function passedThrough(made: MadeSecret): ExpectedKeys {
  const own = new Set(listAt(made.spec, 'data').flatMap((item) => textAt(item, 'secretKey') ?? []));
  const named = new Map<string, boolean>();
  for (const { key, optional } of consumersOf(made)) {
    if (key !== undefined && !own.has(key)) named.set(key, (named.get(key) ?? false) || !optional);
  }
  const keys = [...named].map(([key, needed]) => ({ ...required(key), required: needed }));
  return {
    keys,
    more: 'Each of its keys becomes a key of the Secret, because there is no template; this list has those that something in the tree reads by name.',
  };
}

function required(key: string): ExpectedKey {
  return { key, required: true, meantOptional: false, byDefault: undefined };
}

/** The keys that templates read and nothing else gives. */
function keysRead(cluster: Cluster, resource: Resource): ExpectedKeys {
  const found = new Map<string, ExpectedKey[]>();
  let more: string | undefined;
  for (const template of templatesByObject(cluster).get(identityKey(resource)) ?? []) {
    const { reads, given } = template;
    if (reads instanceof TemplateError) {
      more = 'One of the templates cannot be read: `espalier check` says why.';
      continue;
    }
    if (reads.calls.length > 0) more = 'A template uses all its keys at once; there may be others.';
    for (const { key, how, optionalBy } of reads.keys) {
      if (given.keys.includes(key)) continue;
      // `index` of an absent key is empty; `.key` fails, whatever comes after it (missingkey=error).
      const needed = how === 'field' || (optionalBy !== 'default' && reads.functions.has('fail'));
      push(found, key, {
        key,
        required: needed,
        meantOptional: how === 'field' && optionalBy !== undefined,
        byDefault: needed ? undefined : defaultOf(template, key),
      });
    }
  }
  const keys = [...found.values()].map((all): ExpectedKey => {
    const needing = all.filter((one) => one.required);
    const [first, ...others] = needing.length > 0 ? needing : all;
    const same = others.every(({ byDefault }) => byDefault === first?.byDefault);
    return {
      ...(first as ExpectedKey),
      meantOptional: needing.length > 0 && needing.every(({ meantOptional }) => meantOptional),
      byDefault: same ? first?.byDefault : undefined,
    };
  });
  return { keys, more };
}

/** What a template that reads one key has in its place, where that is no secret itself. */
function defaultOf({ text, reads }: EsoTemplate, key: string): string | undefined {
  if (reads instanceof TemplateError || new Set(reads.keys.map((read) => read.key)).size !== 1) return undefined;
  const [, quoted] = /^\{\{-?\s*index\s+\.\s+"[^"]*"\s*\|\s*default\s+("(?:[^"\\]|\\.)*")\s*-?\}\}$/.exec(text) ?? [];
  if (quoted === undefined) return undefined;
  try {
    const value = String(JSON.parse(quoted));
    if (value === '') return '';
    const secret = /pass|pwd|secret|token|key|cred|private|auth|dsn|salt/i.test(key) || credentialIn(key, value);
    return secret || value.length > 60 ? undefined : value;
  } catch {
    return undefined;
  }
}

const templatesByObject = memoize((cluster: Cluster) =>
  groupBy(templatesIn(cluster), ({ asked }) => identityKey(asked.resource)),
);

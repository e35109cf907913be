import { isJsonObject, type Json, type JsonObject } from '../../json/json';
import { groupVersion } from '../../systems/api-version';
import { memoizeText } from '../../text/memoize';
import { nearest } from '../../text/nearest';
import type { SourceDocument } from '../../tree/source/source';
import type { Resource } from '../resource';
import { saysName } from './names';
import { databaseClient, optionBefore } from './text';

/**
 * A place in an object: what is decided of the values in it. Every command and format shows an object through `mask`, which steps
 * from place to place; what is told of single values goes the same way.
 */
export interface MaskContext {
  /** What a value here is called: the last field, the variable, the option before it. */
  readonly name: string;
  /** Whether it is an item of a list that is called so. */
  readonly isItem?: boolean;
  /** The API group of the object that it is in. */
  readonly group: string;
  /** Whether all below is hidden; `labels` where names may be seen. */
  readonly hidden: boolean | 'labels';
  /** What the values below belong to, where that makes them credentials. */
  readonly below: 'secrets' | 'auths' | 'literals' | 'provider' | 'secretMetadata' | undefined;
}

/** The top of an object, or of a document. */
export const top: MaskContext = { name: '', group: '', hidden: false, below: undefined };
/** What SOPS has encrypted. */
const encrypted: MaskContext = { ...top, hidden: true };

/** Where an object begins of which nothing is known but what is in it. */
export function topOf({ document }: Pick<Resource, 'document'>): MaskContext {
  return document.encrypted ? encrypted : top;
}

/** The places below the fields of an object that stands at a place. */
export function below(place: MaskContext, holder: JsonObject): (key: string) => MaskContext {
  const kind = kindOf(holder);
  const group = kind === undefined ? place.group : kind.group;
  const { name: own } = place;
  if (place.hidden === true || place.hidden === 'labels') {
    return (key) =>
      own === '' && /^(?:apiVersion|kind|metadata)$/.test(key) && kind !== undefined
        ? { ...top, name: key, group, below: key === 'metadata' ? 'secretMetadata' : undefined }
        : { ...place, name: key, group };
  }
  const secret = isSecretObject(holder);
  return (key) => {
    const name = key === 'value' ? (calledBy(holder) ?? (saysName(own) ? own : key)) : key;
    const is = secret ? inSecret(key) : inObject(key, place, holder, kind);
    return { name, group, hidden: is.hidden ?? false, below: is.below ?? place.below };
  };
}

type Below = Partial<Pick<MaskContext, 'hidden' | 'below'>>;
const nothing: Below = {};
const allHidden: Below = { hidden: true };

function inSecret(key: string): Below {
  if (key === 'metadata') return { below: 'secretMetadata' };
  return /^(?:type|immutable|apiVersion|kind)$/.test(key) ? nothing : allHidden;
}

function inObject(key: string, place: MaskContext, holder: JsonObject, kind: Kind | undefined): Below {
  if (place.below === 'secretMetadata' && /^(?:annotations|labels)$/.test(key)) {
    return { hidden: key === 'labels' ? 'labels' : true };
  }
  switch (key) {
    // A patch of a Secret: its target stands beside it, or its paths say so.
    case 'patch':
      return isJsonObject(holder.target) && holder.target.kind === 'Secret' ? allHidden : nothing;
    case 'value': {
      const { path } = holder;
      return typeof path === 'string' && /^\/(?:stringData|binaryData)\//.test(path) ? allHidden : nothing;
    }
    case 'sourceValue':
      return Array.isArray(holder.targets) && holder.targets.some(isOfSecret) ? allHidden : nothing;
    case 'fakeSpec':
      return allHidden;
    case 'secretGenerator':
      return { below: 'literals' };
    case 'secrets':
    case 'auths':
    case 'provider':
      return { below: key };
  }
  if (key === 'spec' && kind?.kind === 'Fake') return allHidden;
  if (key === 'fake' && place.below === 'provider') return allHidden;
  if (key === 'literals' && place.name === 'secretGenerator') return { below: 'literals' };
  if (!isJsonObject(holder[key])) return nothing;
  if (/^(?:stringData|binaryData|encryptedData)$/.test(key)) return allHidden;
  const isSecretMap = secretMap.test(key) || (place.name === 'secret' && /^(?:data|values|env)$/.test(key));
  return isSecretMap ? { below: 'secrets' } : nothing;
}

/** What values of charts call the map of which they make a Secret, beside `secret.data` and `secrets`. */
const secretMap = /^(?:\w*S|s)ecrets?(?:Data|Env|Envs|EnvVars|Vars|Values|Strings)$/;

/** Whether a replacement's target is a Secret. */
function isOfSecret(target: Json): boolean {
  return isJsonObject(target) && isJsonObject(target.select) && target.select.kind === 'Secret';
}

/** The place of an item of a list. */
export function within(place: MaskContext, items: readonly Json[], i: number): MaskContext {
  // Of a client of a database, whatever follows -p at once.
  const item = items[i];
  if (
    typeof item === 'string' &&
    /^-p\S/.test(item) &&
    items.some((one) => typeof one === 'string' && databaseClient.test(one))
  ) {
    return { ...place, name: '-pX' };
  }
  const option = optionBefore(items, i);
  if (option === '-a' && items.some((one) => typeof one === 'string' && /^(?:\S*\/)?redis-cli$/.test(one)))
    return { ...place, name: '--pass' };
  return option === undefined ? { ...place, isItem: true } : { ...place, name: option };
}

/** What a value is called by what stands beside it: a variable, a header, what a JSON patch sets. */
function calledBy(holder: JsonObject): string | undefined {
  const { name, key, path, op, header } = holder;
  if (typeof op === 'string' && typeof path === 'string') return path.split('/').at(-1);
  return [name, key, header].find((text) => typeof text === 'string');
}

interface Kind {
  readonly group: string;
  readonly kind: string;
}

function kindOf({ apiVersion, kind }: JsonObject): Kind | undefined {
  if (typeof apiVersion !== 'string' || typeof kind !== 'string') return undefined;
  return { group: groupVersion(apiVersion).group, kind };
}

/**
 * Whether an object is a Secret, however its kind is spelt: the values of one that Kubernetes refuses are no less secret. What only
 * refers to one has a kind, too, but neither metadata nor data.
 */
export function isSecretObject(value: Json): boolean {
  if (!isJsonObject(value)) return false;
  const { kind, metadata, data, stringData } = value;
  if (isJsonObject(stringData)) return kind !== undefined;
  return typeof kind === 'string' && isSecretKind(kind) && (metadata !== undefined || data !== undefined);
}

/** `secret`, `Secert`, `Secrets`. Asked at every field of every object. */
export const isSecretKind = memoizeText(
  (kind) => Math.abs(kind.length - 6) <= 3 && nearest(kind.trim().toLowerCase(), ['secret']) !== undefined,
);

/** Whether all that a document holds is secret: a Secret, and whatever SOPS has encrypted. */
export function isSecret({ value, encrypted: isEncrypted }: Pick<SourceDocument, 'value' | 'encrypted'>): boolean {
  return isEncrypted || isSecretObject(value);
}

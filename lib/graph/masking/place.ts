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

/** The place below a field. */
export function below(place: MaskContext, key: string, holder: JsonObject): MaskContext {
  const kind = kindOf(holder);
  const group = kind === undefined ? place.group : kind.group;
  if (place.hidden === true || place.hidden === 'labels') {
    return place.name === '' && /^(?:apiVersion|kind|metadata)$/.test(key) && kind !== undefined
      ? { ...top, name: key, group, below: key === 'metadata' ? 'secretMetadata' : undefined }
      : { ...place, name: key, group };
  }
  const name = key === 'value' ? (calledBy(holder) ?? (saysName(place.name) ? place.name : key)) : key;
  const next: MaskContext = { name, group, hidden: false, below: place.below };
  if (isSecretObject(holder)) {
    if (key === 'metadata') return { ...next, below: 'secretMetadata' };
    return /^(?:type|immutable|apiVersion|kind)$/.test(key) ? next : { ...next, hidden: true };
  }
  if (place.below === 'secretMetadata' && /^(?:annotations|labels)$/.test(key)) {
    return { ...next, hidden: key === 'labels' ? 'labels' : true };
  }
  // A patch of a Secret: its target stands beside it, or its paths say so.
  if (key === 'patch' && isJsonObject(holder.target) && holder.target.kind === 'Secret')
    return { ...next, hidden: true };
  if (key === 'value' && typeof holder.path === 'string' && /^\/(?:stringData|binaryData)\//.test(holder.path)) {
    return { ...next, hidden: true };
  }
  if (key === 'sourceValue' && Array.isArray(holder.targets) && holder.targets.some(isOfSecret)) {
    return { ...next, hidden: true };
  }
  if (kind?.kind === 'Fake' && key === 'spec') return { ...next, hidden: true };
  if (key === 'fakeSpec' || (key === 'fake' && place.below === 'provider')) return { ...next, hidden: true };
  if (/^(?:stringData|binaryData|encryptedData)$/.test(key) && isJsonObject(holder[key]))
    return { ...next, hidden: true };
  if (key === 'secretGenerator' || (key === 'literals' && place.name === 'secretGenerator'))
    return { ...next, below: 'literals' };
  if (key === 'secrets' || key === 'auths' || key === 'provider') return { ...next, below: key };
  if (
    isJsonObject(holder[key]) &&
    (secretMap.test(key) || (place.name === 'secret' && /^(?:data|values|env)$/.test(key)))
  )
    return { ...next, below: 'secrets' };
  return next;
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

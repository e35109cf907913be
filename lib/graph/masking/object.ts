import { isJsonObject, type Json, type JsonObject } from '../../json/json';
import { memoizeText } from '../../text/memoize';
import { spotAt } from '../../tree/source/locate';
import { parseFile } from '../../tree/source/parse';
import type { SourceFile } from '../../tree/source/source';
import type { Resource } from '../resource';
import { display } from '../substitution';
import { maskForms } from './forms';
import { isCredentialValue, isNameLike, saysName } from './names';
import { below, type MaskContext, topOf, within } from './place';
import { hidden, hideLines, isReference } from './reference';
import { isOptionValue, maskLines, maskNamed } from './text';

/** An annotation that holds a whole object as JSON, its secrets included. */
const copiesObject = /last-applied-configuration$/;
/** Annotations that people write for people: what stands there is prose, whatever names it tells of. */
const prose: ReadonlySet<string> = new Set(['kubernetes.io/description', 'espalier/keys', 'description']);
const ofExternalSecrets = /(?:^|\.)external-secrets\.io$/;
/** Fields below `secrets` that say where a secret is, not what. */
const refers =
  /(?:^|_|-)(?:name|names|namespace|key|keys|property|type|kind|apiVersion|path|file|store|enabled|provider|engine|role|version|image|labels|secret|class|mode|policy|interval|prefix|suffix|description|annotations|repository|region|mountPath|subPath|defaultMode)$|(?:Name|Ref|Path|Key|Secret|Type|Kind|Version|Mode|Policy|Interval|Class|File)$/;

/**
 * A value as it may be shown: `(hidden)` for credentials. What substitution leaves unknown is as its author wrote it.
 * Rather more is hidden than less.
 */
export function mask(value: Json, place: MaskContext): Json {
  if (typeof value === 'string' || typeof value === 'number') {
    const shown = maskValue(value, place);
    return typeof shown === 'string' ? display(shown) : shown;
  }
  if (Array.isArray(value)) {
    return (value as readonly Json[]).map((item, i) => mask(item, within(place, value, i)));
  }
  if (!isJsonObject(value)) return place.hidden === true && typeof value === 'boolean' ? hidden : value;
  const placeOf = below(place, value);
  return Object.fromEntries(Object.entries(value).map(([key, field]) => [display(key), mask(field, placeOf(key))]));
}

/** Told of each value that is hidden, in whole or in part. */
export type OnHidden = (path: readonly (string | number)[], value: string, shown: string) => void;

/** Goes through a value, and tells what is hidden of it. */
export function forEachHidden(
  value: Json,
  place: MaskContext,
  onHidden: OnHidden,
  path: (string | number)[] = [],
): void {
  if (typeof value === 'string' || typeof value === 'number') {
    const shown = maskValue(value, place);
    if (shown !== value) onHidden([...path], String(value), String(shown));
  } else if (Array.isArray(value)) {
    for (const [i, item] of (value as readonly Json[]).entries()) {
      path.push(i);
      forEachHidden(item, within(place, value, i), onHidden, path);
      path.pop();
    }
  } else if (isJsonObject(value)) {
    const placeOf = below(place, value);
    for (const key of Object.keys(value)) {
      path.push(key);
      forEachHidden(value[key] ?? null, placeOf(key), onHidden, path);
      path.pop();
    }
  }
}

/** One text or number at its place. */
function maskValue(value: string | number, place: MaskContext): Json {
  const { name, group } = place;
  const text = String(value);
  if (place.hidden === true) return hidden;
  // What a list under such a name holds may be names, too: of claims, of keys.
  if (place.isItem === true && name !== 'literals' && isNameLike(text)) return value;
  if (place.hidden === 'labels') return isNameLike(text) ? value : hidden;
  if (typeof value === 'number') return saysName(name) === 'credential' && !isReference(text) ? hidden : value;
  if (copiesObject.test(name)) return hidden;
  if (prose.has(name)) return maskForms(value);
  if (name === 'literals') return maskLiteral(value, place.below === 'literals');
  if (place.below === 'secrets' && !isReference(value) && !refers.test(name)) {
    if (name !== 'secrets' || !isNameLike(value)) return hidden;
  }
  if (place.below === 'auths' && /^(?:auth|identitytoken|registrytoken)$/.test(name)) return hidden;
  if (/^secretKeys?$/.test(name) && ofExternalSecrets.test(group)) return value;
  if (/^(?:-p|-u|--user|--proxy-user|--basic-auth|-pX)$/.test(name)) return maskOption(name, value);
  // Most texts are a word, in which nothing stands behind anything.
  if (/^[\w./][\w./-]*$/.test(value)) {
    return isCredentialValue(name, value) ? hidden : value.length < 15 ? value : maskForms(value);
  }
  return value.includes('\n') ? maskLong(`${name}\0${value}`) : (maskEmbedded(value, name) ?? maskNamed(name, value));
}

/** A name and a text of several lines: every cluster that applies a generated ConfigMap has its own copy of the same text. */
const maskLong = memoizeText((named) => {
  const end = named.indexOf('\0');
  const [name, text] = [named.slice(0, end), named.slice(end + 1)];
  return maskEmbedded(text, name) ?? maskNamed(name, text);
});

/** An entry of a generator: `KEY=value`; of one of Secrets, what lacks its key is a value. */
function maskLiteral(text: string, isSecret: boolean): string {
  if (isSecret && !text.includes('=')) return hidden;
  const [, key = '', value = ''] = /^([^=]*)=([\s\S]*)$/.exec(text) ?? [];
  return (isSecret && value !== '') || isCredentialValue(key, value) ? `${key}=${hidden}` : maskNamed('', text);
}

function maskOption(name: string, value: string): string {
  if (name === '-pX') return `-p${hidden}`;
  if (name !== '-p') return value.replace(/^([^:\s]+):(?!\d{1,5}$)([^\s]+)$/, `$1:${hidden}`);
  return isOptionValue(name, value) ? hidden : maskNamed('', value);
}

/** An object as it may be shown. */
export function redact(resource: Pick<Resource, 'value' | 'document'>): JsonObject {
  return mask(resource.value, topOf(resource)) as JsonObject;
}

/** Longer texts are not read as YAML: dashboards and the like, of whose lines each is looked at. */
const longest = 200_000;

/** What may hold a credential whose place must be known: most texts are looked at line by line. */
const suspicious = /pass|pwd|secret|token|key|cred|auth|stringData|binaryData|private|salt|fake|kind/i;

/**
 * A text that is YAML or JSON itself, a patch, a file of settings, an object in a chart's values, as it may be shown: what is hidden
 * there is what is hidden in a document. Undefined where it is none.
 */
function maskEmbedded(text: string, name: string): string | undefined {
  if (text.length > longest || !suspicious.test(text) || !/^\s*[[{]|^[ \t-]*["']?[\w./-]+["']?:(?:\s|$)/m.test(text))
    return undefined;
  if (!text.includes('\n') && !/^\s*[[{]/.test(text)) return undefined;
  const file = parseFile(name, text);
  const [first] = file.documents;
  if (
    file.faults.some(({ kind }) => kind !== 'duplicate-key' && kind !== 'key-type') ||
    typeof first?.value !== 'object'
  )
    return undefined;
  return maskedText(file);
}

/** The text of a file without what is hidden in its documents, of as many lines. */
export function maskedText(file: SourceFile): string {
  const cuts: Cut[] = [];
  for (const document of file.documents) {
    forEachHidden(document.value, topOf({ document }), (path, value, shown) => {
      const spot = spotAt(document, path);
      if (spot?.end !== undefined && spot.start >= 0) cuts.push({ start: spot.start, end: spot.end, value, shown });
    });
  }
  cuts.sort((a, b) => a.start - b.start);
  const pieces: string[] = [];
  let from = 0;
  for (const cut of cuts) {
    // What several aliases repeat stands there once.
    if (cut.start < from) continue;
    pieces.push(file.text.slice(from, cut.start), shownCut(file.text.slice(cut.start, cut.end), cut));
    from = cut.end;
  }
  const text = pieces.join('') + file.text.slice(from);
  // Comments, and what a mistake keeps from being read.
  return file.faults.length > 0 ? maskLines(text) : text.replace(/(^|[ \t])#.*$/gm, (comment) => maskLines(comment));
}

/** A value in a file, from its first character to its last. */
interface Cut {
  readonly start: number;
  readonly end: number;
  readonly value: string;
  readonly shown: string;
}

/** What stands in a value's place: of a text of several lines what is left of each, where that can be told. */
function shownCut(raw: string, { value, shown }: Cut): string {
  const lines = raw.split('\n');
  const [old, now] = [value.replace(/\n$/, '').split('\n'), shown.replace(/\n$/, '').split('\n')];
  const written = raw.replace(/\n+$/, '').split('\n');
  if (
    shown !== hidden &&
    old.length === now.length &&
    written.length === old.length &&
    written.every((line, i) => line.trim() === (old[i] ?? '').trim())
  ) {
    const rest = lines.slice(written.length).map(() => '');
    return [...written.map((line, i) => (/^\s*/.exec(line)?.[0] ?? '') + (now[i] ?? '').trimStart()), ...rest].join(
      '\n',
    );
  }
  if (lines.length > 1 || shown === hidden || shown.includes('\n')) return hideLines(raw);
  const quote = /^["']/.exec(raw)?.[0] ?? '';
  return quote + quoted(shown, quote) + quote;
}

function quoted(text: string, quote: string): string {
  return quote === '"' ? JSON.stringify(text).slice(1, -1) : quote === "'" ? text.replaceAll("'", "''") : text;
}

import type { ScalarEvent } from 'js-yaml';
import { yaml } from './events';
import { type Reader, resolvePlain, type Scalar, time } from './scalar';

/** Why a document cannot be read; thrown and caught while its value is made. The message quotes nothing of it. */
export class DocumentFault extends Error {
  constructor(
    readonly offset: number,
    message: string,
  ) {
    super(message);
  }
}

const plain = 1;
const doubleQuoted = 3;
const literal = 4;
const folded = 5;

/** Where a scalar is written, its quotation mark included; 0 for one that is not (`key:`). */
export function startOf(event: ScalarEvent): number {
  const quotes = event.style === 2 || event.style === doubleQuoted ? 1 : 0;
  return Math.max(event.valueStart - quotes, 0);
}

/** A scalar's value. @throws DocumentFault for what JSON or Kubernetes does not have */
export function readScalar(event: ScalarEvent, text: string, reader: Reader): Scalar {
  const value = textOf(event, text);
  if (event.tagStart >= 0) return tagged(event, value, text, reader);
  if (event.style >= literal) return blockText(value, event, text, reader);
  if (event.style !== plain) return value;
  const scalar = resolvePlain(value, reader);
  if (typeof scalar === 'number' && !Number.isFinite(scalar)) throw noNumber(event);
  return scalar;
}

/**
 * A block scalar as it comes out of kustomize. A last line that nothing ends ends with nothing. What is folded, Go's YAML package
 * writes with a line too many before a line that is indented further (yaml_emitter_write_folded_scalar of go.yaml.in/yaml/v3,
 * which looks at the first character of the text in place of the next), and that is read back.
 */
function blockText(value: string, { style, valueEnd }: ScalarEvent, text: string, reader: Reader): string {
  const isCut = valueEnd >= text.length && !text.endsWith('\n') && value.endsWith('\n');
  const whole = isCut ? value.slice(0, -1) : value;
  if (style !== folded || reader !== 'resource' || !/^\n*[^ \t\n]/.test(whole)) return whole;
  // With a space at the end of a line it is written in quotes.
  if (/ (?:\n|$)/.test(whole)) return whole;
  return whole.replace(/(?<=(?:^|\n)[^ \t\n].*)\n+(?=[ \t])/g, '$&\n').replace(/(?<=(?:^|\n)[^ \t\n].*)\n\n+$/, '$&\n');
}

/**
 * A key that was read before, with nothing wrong: the same text, not another that is like it. Trees have few keys, each thousands of
 * times, and V8 finds a field at once by a text that it has seen as a field's name.
 */
export function usualKey(event: ScalarEvent, text: string, reader: Reader): string | undefined {
  return isBare(event) ? usual[reader].get(text.slice(event.valueStart, event.valueEnd)) : undefined;
}

/** Notes a key with which nothing is wrong. */
export function noteKey(event: ScalarEvent, key: string, reader: Reader): void {
  // In quotes it may mean another.
  if (isBare(event) && key.length <= longestUsual && usual[reader].size < mostUsual) usual[reader].set(key, key);
}

function isBare({ fast, style, tagStart }: ScalarEvent): boolean {
  return fast && style === plain && tagStart < 0;
}

const usual = { resource: new Map<string, string>(), kustomization: new Map<string, string>() };
const mostUsual = 5000;
const longestUsual = 60;

/** A mapping's key. Keys are texts: `wrong` says what it is otherwise, if its reader minds. */
export function readKey(
  event: ScalarEvent,
  text: string,
  reader: Reader,
): { readonly text: string; readonly offset: number; readonly isMerge: boolean; readonly wrong: string | undefined } {
  const key = textOf(event, text);
  const offset = startOf(event);
  const isMerge = key === '<<' && event.style === plain;
  if (event.style !== plain || reader !== 'resource' || isMerge || event.tagStart >= 0) {
    return { text: key, offset, isMerge, wrong: undefined };
  }
  const scalar = resolvePlain(key, reader);
  // A text that is not itself any more is a date.
  const wrong =
    scalar === key ? undefined : scalar === null ? 'null' : `a ${typeof scalar === 'string' ? 'date' : typeof scalar}`;
  return { text: key, offset, isMerge, wrong };
}

function textOf(event: ScalarEvent, text: string): string {
  if (event.fast) return text.slice(event.valueStart, event.valueEnd);
  const value = yaml().getScalarValue(text, event);
  if (event.style === doubleQuoted && /\p{Surrogate}/u.test(value)) {
    throw new DocumentFault(startOf(event), 'an escape that stands for no character');
  }
  return value;
}

const prefix = 'tag:yaml.org,2002:';

function tagged(event: ScalarEvent, value: string, text: string, reader: Reader): Scalar {
  const raw = text.slice(event.tagStart, event.tagEnd);
  const tag = raw.startsWith('!!')
    ? raw.slice(2)
    : raw.startsWith(`!<${prefix}`)
      ? raw.slice(prefix.length + 2, -1)
      : '';
  if (tag === 'binary') {
    if (!/^(?:[A-Za-z\d+/]{4})*(?:[A-Za-z\d+/]{2}==|[A-Za-z\d+/]{3}=)?$/.test(value.replace(/[\r\n]/g, ''))) {
      throw new DocumentFault(event.tagStart, 'a !!binary that is no base64');
    }
    return Buffer.from(value, 'base64').toString();
  }
  // Every other tag is the author's own: Go takes the scalar for a text.
  if (!['int', 'float', 'bool', 'null', 'timestamp'].includes(tag)) return value;
  const scalar = tag === 'timestamp' ? time(value) : resolvePlain(value, reader);
  if (typeof scalar === 'number' && !Number.isFinite(scalar)) throw noNumber(event);
  const fits = {
    int: typeof scalar === 'number' && !/^[^xX]*[.eE]/.test(value),
    float: typeof scalar === 'number',
    bool: typeof scalar === 'boolean',
    null: scalar === null,
    timestamp: scalar !== value || /^\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[-+][\d:]+)$/.test(value),
  }[tag];
  if (fits !== true) throw new DocumentFault(event.tagStart, `a !!${tag} that is none`);
  return tag === 'timestamp' && reader !== 'resource' ? value : scalar;
}

function noNumber(event: ScalarEvent): DocumentFault {
  return new DocumentFault(startOf(event), 'a number that JSON does not have (.inf, .nan); put it in quotes');
}

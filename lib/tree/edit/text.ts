import type { Scalar } from 'yaml';
import type { Json } from '../../json/json';
import { scalar as printed } from '../yaml/scalar';
import type { TextEdit } from './change';

/** Where a value is put. */
export interface Around {
  /** Whether brackets or braces are around it: `[a, b]`. */
  readonly flow: boolean;
  /** The line end of the file. */
  readonly eol: string;
  /** What lines that belong to it begin with. */
  readonly indent: string;
}

/** A scalar as it is written on a line of its own style. */
export function printScalar(value: Json, { flow, eol, indent }: Around): string {
  if (typeof value !== 'string') return JSON.stringify(value);
  if (flow) return isPlain(value, true) ? value : JSON.stringify(value);
  return printed(value, indent).replaceAll('\n', eol);
}

function isPlain(value: string, flow: boolean): boolean {
  return printed(value, '') === value && !/\n/.test(value) && !(flow && /[,[\]{}]/.test(value));
}

/** What a scalar is to say instead, with as little changed as can be; undefined where it is not clear how. */
export function scalarEdit(source: string, node: Scalar, value: Json, around: Around): TextEdit | undefined {
  const [start, end] = node.range ?? [0, 0];
  const raw = source.slice(start, end);
  const whole = (text: string): TextEdit => ({ start, end, text });
  const before = node.value;
  const style = node.type ?? 'PLAIN';
  if (typeof value !== 'string') return style.startsWith('BLOCK') ? undefined : whole(printScalar(value, around));
  // Of a number that is a text, the digits as they are written.
  if (typeof before !== 'string') return whole(raw === value ? JSON.stringify(value) : printScalar(value, around));
  if (style === 'PLAIN' && !isPlain(value, around.flow)) return whole(printScalar(value, { ...around, indent: '' }));
  return partEdit(raw, start, style, before, value, around);
}

/** Where two texts differ: from where to where in the first, and what the other has there. */
function difference(before: string, after: string): TextEdit {
  let start = 0;
  const shorter = Math.min(before.length, after.length);
  while (start < shorter && before[start] === after[start]) start += 1;
  let tail = 0;
  while (tail < shorter - start && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail += 1;
  return { start, end: before.length - tail, text: after.slice(start, after.length - tail) };
}

function partEdit(
  raw: string,
  offset: number,
  style: Scalar.Type,
  before: string,
  after: string,
  { eol, indent }: Around,
): TextEdit | undefined {
  const places = placesIn(raw, style, before);
  if (places === undefined) return undefined;
  const { start, end, text } = difference(before, after);
  const isBlock = style.startsWith('BLOCK');
  const isLineStart = isBlock && (start === 0 || before[start - 1] === '\n');
  const own = /\n( *)\S/.exec(raw)?.[1] ?? indent;
  // Whole lines come and go with their indentation.
  if (isLineStart && /^(?:|[\s\S]*\n)$/.test(text) && (end === start || before[end - 1] === '\n')) {
    const from = lineStartIn(raw, placeOf(places, start, raw));
    const to = end === start ? from : (places[end - 1]?.end ?? 0);
    const lines = text === '' ? '' : own + text.slice(0, -1).replaceAll('\n', eol + own) + eol;
    return { start: offset + from, end: offset + to, text: lines };
  }
  // Behind what stands before it, rather than before what comes after: a line break and its indentation may lie between.
  const from = isLineStart || end > start || start === 0 ? placeOf(places, start, raw) : (places[start - 1]?.end ?? 0);
  const to = end > start ? (places[end - 1]?.end ?? 0) : from;
  const escaped =
    style === 'QUOTE_SINGLE'
      ? text.replaceAll("'", "''")
      : style === 'QUOTE_DOUBLE'
        ? JSON.stringify(text).slice(1, -1)
        : text.replaceAll('\n', eol + own);
  return { start: offset + from, end: offset + to, text: escaped };
}

function lineStartIn(raw: string, at: number): number {
  return raw.lastIndexOf('\n', at - 1) + 1;
}

interface Place {
  readonly start: number;
  readonly end: number;
}

function placeOf(places: readonly Place[], index: number, raw: string): number {
  return places[index]?.start ?? raw.length;
}

/**
 * Where each character of a scalar's value is written; undefined where that is not told by going along both: what is folded may
 * have lost line ends. Who edits by it reads the result again.
 */
function placesIn(raw: string, style: Scalar.Type, value: string): readonly Place[] | undefined {
  const places: Place[] = [];
  let at = style === 'PLAIN' ? 0 : style.startsWith('BLOCK') ? raw.indexOf('\n') + 1 : 1;
  const indent = style.startsWith('BLOCK')
    ? (/^ */.exec(raw.slice(at).replace(/^(?: *\r?\n)+/, ''))?.[0].length ?? 0)
    : 0;
  let isLineStart = true;
  for (const character of value.split('')) {
    if (indent > 0 && isLineStart) {
      const space = /^ */.exec(raw.slice(at, at + indent))?.[0].length ?? 0;
      at += space;
    }
    const width = widthAt(raw, at, style, character);
    if (width === undefined) {
      // A line break within what is folded, with the spaces around it, is one space or break.
      const gap = /^[ \t]*\r?\n[ \t\r\n]*/.exec(raw.slice(at, at + 1000))?.[0].length ?? 0;
      if (gap === 0 || !/\s/.test(character)) return undefined;
      places.push({ start: at, end: at + gap });
      at += gap;
      isLineStart = false;
      continue;
    }
    places.push({ start: at, end: at + width });
    at += width;
    isLineStart = character === '\n';
  }
  return places;
}

/** How many characters a character is written with at a place; undefined where it is not there. */
function widthAt(raw: string, at: number, style: Scalar.Type, character: string): number | undefined {
  const there = raw[at];
  if (style === 'QUOTE_SINGLE' && character === "'") return raw.startsWith("''", at) ? 2 : undefined;
  if (style === 'QUOTE_DOUBLE' && there === '\\') {
    const sequence = /^\\(?:x..|u.{4}|U.{8}|.)/s.exec(raw.slice(at, at + 10))?.[0] ?? '';
    return escapes[sequence] === character || /^\\[xuU]/.test(sequence) ? sequence.length : undefined;
  }
  if (character === '\n' && raw.startsWith('\r\n', at) && style === 'BLOCK_LITERAL') return 2;
  return there === character && !(character === '\n' && style !== 'BLOCK_LITERAL') ? 1 : undefined;
}

const escapes: Readonly<Record<string, string>> = {
  '\\n': '\n',
  '\\t': '\t',
  '\\r': '\r',
  '\\"': '"',
  '\\\\': '\\',
  '\\/': '/',
  '\\0': '\0',
  '\\ ': ' ',
};

import type { Node, Pair, Scalar, YAMLMap, YAMLSeq } from 'yaml';
import { isJsonObject, type Json } from '../../json/json';
import { key as printKey } from '../yaml/scalar';
import type { TextEdit } from './change';
import { type Around, printScalar } from './text';

/** How a file is laid out. */
export interface Layout {
  readonly eol: string;
  /** How much further the fields of a mapping stand than the mapping's key. */
  readonly step: number;
  /** How much further the items of a list stand than the list's key. */
  readonly listStep: number;
  /** Whether keys and texts stand in quotes, as JSON has them. */
  readonly json: boolean;
}

/** As the file does it, as far as it shows: where it has no list below a key, as most people do. */
export function layoutOf(source: string, json: boolean): Layout {
  const step = /^( *)(?:- )?[^\s#-][^\n]*:[ \t]*(?:#.*)?\r?\n\1( +)[^\s#-]/m.exec(source)?.[2]?.length ?? 2;
  const list = /^( *)[^\s#-][^\n]*:[ \t]*(?:#.*)?\r?\n\1( *)- /m.exec(source)?.[2]?.length;
  return { eol: /\r?\n/.exec(source)?.[0] ?? '\n', step: Math.min(step, 8), listStep: Math.min(list ?? step, 8), json };
}

/** Adds a field to a mapping; undefined where it is not clear how. */
export function insertEntry(
  source: string,
  map: YAMLMap,
  key: string,
  value: Json,
  after: readonly string[],
  layout: Layout,
): TextEdit | undefined {
  const pairs = map.items as Pair<Scalar, Node | null>[];
  const sibling = after.map((name) => pairs.find((pair) => pair.key.value === name)).find((it) => it !== undefined);
  const last = sibling ?? pairs[pairs.length - 1];
  if (map.flow || last === undefined) {
    const text = layout.json
      ? `${JSON.stringify(key)}: ${JSON.stringify(value)}`
      : `${printKey(key)}: ${flowText(value, layout)}`;
    return intoFlow(source, map, last && { start: last.key.range?.[0] ?? 0, end: endOf(last) }, text, layout);
  }
  const indent = ' '.repeat(columnOf(source, pairs[0]?.key.range?.[0] ?? 0));
  return insertLines(source, endOf(last), entryLines(key, value, indent, layout), layout);
}

/** Adds an item to the end of a list. */
export function insertItem(source: string, list: YAMLSeq, value: Json, layout: Layout): TextEdit | undefined {
  const last = list.items[list.items.length - 1] as Node | undefined;
  if (list.flow || last === undefined) {
    const text = layout.json ? JSON.stringify(value) : flowText(value, layout);
    return intoFlow(source, list, last && { start: last.range?.[0] ?? 0, end: endOfNode(last) }, text, layout);
  }
  const first = list.range?.[0] ?? 0;
  const indent = ' '.repeat(columnOf(source, first));
  return insertLines(source, endOfNode(last), itemLines(value, indent, layout), layout);
}

/** Fills what is written as nothing: `key:`. */
export function fillEntry(source: string, key: Scalar, value: Json, layout: Layout): TextEdit | undefined {
  const [start = 0, end = 0] = key.range ?? [];
  const colon = source.indexOf(':', end);
  const indent = ' '.repeat(columnOf(source, start));
  const lines = entryLines('', value, indent, layout).slice(1);
  if (lines.length === 0) return undefined;
  return insertLines(source, colon + 1, lines, layout);
}

/** Takes a field away, with the rest of its line. */
export function removeEntry(source: string, map: YAMLMap, index: number): TextEdit | undefined {
  const pairs = map.items as Pair<Scalar, Node | null>[];
  const [pair, next, last] = [pairs[index], pairs[index + 1], pairs[index - 1]];
  const start = pair?.key.range?.[0];
  if (pair === undefined || start === undefined) return undefined;
  if (map.flow || !/^\s*$/.test(source.slice(lineStart(source, start), start))) {
    // A comment behind what stands before it stays.
    if (last !== undefined && !source.slice(endOf(last), start).includes('#'))
      return { start: endOf(last), end: endOf(pair), text: '' };
    return next?.key.range ? { start, end: next.key.range[0], text: '' } : undefined;
  }
  const end = lineEnd(source, endOf(pair));
  return end === undefined ? undefined : { start: lineStart(source, start), end, text: '' };
}

function endOf({ key, value }: Pair<Scalar, Node | null>): number {
  const written = value?.range && value.range[1] > (key.range?.[1] ?? 0) ? value : undefined;
  return written === undefined ? (key.range?.[1] ?? 0) : endOfNode(written);
}

function endOfNode(node: Node): number {
  const { items, flow } = node as Partial<YAMLMap> & { items?: unknown[] };
  const last = flow ? undefined : items?.[items.length - 1];
  if (last === undefined || last === null) return node.range?.[1] ?? 0;
  return 'key' in (last as object)
    ? endOf(last as unknown as Pair<Scalar, Node | null>)
    : endOfNode(last as unknown as Node);
}

/** Behind an entry of what stands in brackets, on a line of its own where that has one, or into empty ones. */
function intoFlow(
  source: string,
  node: YAMLMap | YAMLSeq,
  sibling: { readonly start: number; readonly end: number } | undefined,
  text: string,
  { eol }: Layout,
): TextEdit | undefined {
  if (sibling !== undefined) {
    const { start, end } = sibling;
    const before = source.slice(lineStart(source, start), start);
    return { start: end, end, text: /^\s+$/.test(before) ? `,${eol}${before}${text}` : `, ${text}` };
  }
  const [from = 0, to = 0] = node.range ?? [];
  if (!/^[[{]\s*[\]}]$/.test(source.slice(from, to))) return undefined;
  const inner = isMapping(node) ? `{ ${text} }` : `[${text}]`;
  return { start: from, end: to, text: inner };
}

function isMapping(node: YAMLMap | YAMLSeq): boolean {
  const { isMap } = require('yaml') as typeof import('yaml');
  return isMap(node);
}

/** Whole lines behind the line that something ends on. */
function insertLines(source: string, at: number, lines: readonly string[], { eol }: Layout): TextEdit | undefined {
  const end = lineEnd(source, at);
  if (end === undefined) return undefined;
  const text = lines.join(eol);
  const isOpen = end > 0 && source[end - 1] !== '\n';
  return { start: end, end, text: isOpen ? eol + text : text + eol };
}

/** Where the line ends on which something does, behind its comment; undefined where more stands there. */
function lineEnd(source: string, at: number): number | undefined {
  // A block's text ends with its line.
  if (at > 0 && source[at - 1] === '\n') return at;
  const rest = /^:?[ \t]*(?:#[^\n]*)?(?:\r?\n|$)/.exec(
    source.slice(at, source.indexOf('\n', at) + 1 || undefined),
  )?.[0];
  return rest === undefined ? undefined : at + rest.length;
}

function lineStart(source: string, at: number): number {
  return source.lastIndexOf('\n', at - 1) + 1;
}

function columnOf(source: string, at: number): number {
  return at - lineStart(source, at);
}

function entryLines(key: string, value: Json, indent: string, layout: Layout): readonly string[] {
  const lead = `${indent}${key === '' ? '' : printKey(key)}:`;
  const inner = indent + ' '.repeat(layout.step);
  if (Array.isArray(value) && value.length > 0) {
    const items = indent + ' '.repeat(layout.listStep);
    return [lead, ...value.flatMap((item) => itemLines(item as Json, items, layout))];
  }
  if (isJsonObject(value) && Object.keys(value).length > 0) {
    return [lead, ...Object.entries(value).flatMap(([name, item]) => entryLines(name, item, inner, layout))];
  }
  return [`${lead} ${leaf(value, { flow: false, eol: layout.eol, indent: inner })}`];
}

function itemLines(value: Json, indent: string, layout: Layout): readonly string[] {
  const inner = `${indent}  `;
  if (!isJsonObject(value) || Object.keys(value).length === 0) {
    return [`${indent}- ${leaf(value, { flow: false, eol: layout.eol, indent: inner })}`];
  }
  const lines = Object.entries(value).flatMap(([name, item]) => entryLines(name, item, inner, layout));
  return lines.map((line, i) => (i === 0 ? `${indent}- ${line.slice(inner.length)}` : line));
}

function flowText(value: Json, layout: Layout): string {
  if (Array.isArray(value)) return `[${value.map((item) => flowText(item as Json, layout)).join(', ')}]`;
  if (!isJsonObject(value)) return leaf(value, { flow: true, eol: layout.eol, indent: '' });
  const fields = Object.entries(value).map(([name, item]) => `${printKey(name)}: ${flowText(item, layout)}`);
  return fields.length === 0 ? '{}' : `{ ${fields.join(', ')} }`;
}

function leaf(value: Json, around: Around): string {
  if (typeof value === 'object' && value !== null) return Array.isArray(value) ? '[]' : '{}';
  return printScalar(value, around);
}

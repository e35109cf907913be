import type { Event } from 'js-yaml';
import { maximumDepth } from '../yaml/refuse';
import type { Position, SyntaxFault } from './source';

/** Loaded when the first file is read: commands that read none do not wait for it. */
let library: typeof import('js-yaml') | undefined;

export function yaml(): typeof import('js-yaml') {
  library ??= require('js-yaml') as typeof import('js-yaml');
  return library;
}

/** The library's EVENT_ID, as constants: it is not loaded yet when this is. */
export const eventType = { document: 1, sequence: 2, mapping: 3, scalar: 4, alias: 5, pop: 6 } as const;

/** A run of whole documents and what stands in them. */
export interface Part {
  readonly text: string;
  /** Where it begins in the file. */
  readonly start: number;
  readonly events: readonly Event[];
  /** How many documents of the file come before it. */
  readonly index: number;
}

/**
 * A file's documents as events; normally in one part. When some cannot be read, each is read on its own, as kustomize does, so
 * that a mistake hides one document only.
 */
export function readParts(text: string): { readonly parts: readonly Part[]; readonly faults: readonly SyntaxFault[] } {
  const whole = read(text, text, 0);
  if (!('message' in whole)) return { parts: [{ text, start: 0, events: whole.events, index: 0 }], faults: [] };
  const parts: Part[] = [];
  const faults: SyntaxFault[] = [];
  let index = 0;
  for (const start of documentStarts(text)) {
    const part = text.slice(start.from, start.to);
    const result = read(part, text, start.from);
    if ('message' in result) {
      faults.push(result);
      index += 1;
    } else {
      parts.push({ text: part, start: start.from, events: result.events, index });
      index += result.events.filter((event) => event.type === eventType.document).length;
    }
  }
  return { parts, faults };
}

function read(part: string, text: string, start: number): { readonly events: Event[] } | SyntaxFault {
  try {
    return { events: yaml().parseEvents(part, { maxDepth: maximumDepth }) };
  } catch (error) {
    return { kind: 'syntax', ...positionAt(text, start + offsetOf(error)), message: reasonOf(error) };
  }
}

/** From one line `---` to the next; comments and directives before the first belong to it. */
function documentStarts(text: string): { from: number; to: number }[] {
  const starts: number[] = [];
  for (const match of text.matchAll(/^---(?=\s|$)/gm)) starts.push(match.index);
  if (starts.length === 0 || !/^\uFEFF?(?:[ \t]*(?:#.*)?\r?\n|%.*\r?\n)*$/.test(text.slice(0, starts[0])))
    starts.unshift(0);
  else starts[0] = 0;
  return starts.map((from, i) => ({ from, to: starts[i + 1] ?? text.length }));
}

/** js-yaml's reason, without what it quotes from the file: that may be secret. */
function reasonOf(error: unknown): string {
  if (typeof error !== 'object' || error === null || !('reason' in error)) return 'cannot be read as YAML';
  const reason = String(error.reason);
  if (reason.startsWith('nesting exceeded')) return `more than ${maximumDepth} levels, which no resource needs`;
  return reason.replace(/(?:: | ").*$/s, '');
}

function offsetOf(error: unknown): number {
  if (typeof error !== 'object' || error === null || !('mark' in error)) return 0;
  const { mark } = error;
  if (typeof mark !== 'object' || mark === null || !('position' in mark)) return 0;
  return Number(mark.position);
}

/** The line and column of an offset. Walks the text: for what is reported, not for every value. */
export function positionAt(text: string, offset: number): Position {
  let line = 1;
  let start = 0;
  for (let at = 0; at < offset && at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code !== 10 && (code !== 13 || text.charCodeAt(at + 1) === 10)) continue;
    line += 1;
    start = at + 1;
  }
  return { line, column: Math.max(1, Math.min(offset, text.length) - start + 1) };
}

import type { Event } from 'js-yaml';
import { maximumDepth } from '../yaml/refuse';
import { explain, mend, withoutQuotation } from './recover';
import type { SyntaxFault } from './source';

/** Loaded when the first file is read: commands that read none do not wait for it. */
let library: typeof import('js-yaml') | undefined;

export function yaml(): typeof import('js-yaml') {
  library ??= require('js-yaml') as typeof import('js-yaml');
  return library;
}

/** The library's EVENT_ID, as constants: it is not loaded yet when this is. */
export const eventType = { document: 1, sequence: 2, mapping: 3, scalar: 4, alias: 5, pop: 6 } as const;

/** What is wrong, and where in the file. */
export interface Fault {
  readonly kind: SyntaxFault['kind'];
  readonly offset: number;
  readonly message: string;
}

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
export function readParts(text: string): { readonly parts: readonly Part[]; readonly faults: readonly Fault[] } {
  const whole = read(text, 0);
  if (!('message' in whole)) return { parts: [{ text, start: 0, events: whole.events, index: 0 }], faults: [] };
  const starts = documentStarts(text);
  if (starts.length === 1) return { parts: [], faults: [whole] };
  const parts: Part[] = [];
  const faults: Fault[] = [];
  let index = 0;
  for (const start of starts) {
    const part = text.slice(start.from, start.to);
    const result = read(part, start.from);
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

/** Each takes another reading: enough for what a hand has written. A document with more of them is refused. */
const maximumMends = 20;

/** How many characters are read again, at most. */
const maximumRereading = 20_000_000;

function read(part: string, start: number): { readonly events: Event[] } | Fault {
  let readable = part;
  for (let mends = 0; ; mends++) {
    try {
      const events = yaml().parseEvents(readable, { maxDepth: maximumDepth });
      if (mends > 0) unfold(events, part);
      return { events };
    } catch (error) {
      const { reason, offset } = failure(error);
      const mayMend = mends < maximumMends && mends * part.length < maximumRereading;
      const mended = mayMend ? mend(readable, offset, reason, mends === 0) : undefined;
      if (mended === undefined) return faultOf(reason, offset, part, start);
      readable = mended;
    }
  }
}

/** The values are read from the text itself, in which what was mended has several lines. */
function unfold(events: Event[], part: string): void {
  for (const event of events) {
    if (event.type === eventType.scalar && event.fast && /[\r\n]/.test(part.slice(event.valueStart, event.valueEnd))) {
      event.fast = false;
    }
  }
}

function faultOf(reason: string, offset: number, part: string, start: number): Fault {
  if (reason.startsWith('nesting exceeded')) {
    const message = `more than ${maximumDepth} levels, which no resource needs`;
    return { kind: 'syntax', offset: start + offset, message };
  }
  const explained = explain(part);
  const message = explained?.message ?? withoutQuotation(reason);
  return { kind: 'syntax', offset: start + (explained?.offset ?? offset), message };
}

/** A YAMLException's fields, told by their shape: a test runner has classes of its own. */
function failure(error: unknown): { readonly reason: string; readonly offset: number } {
  const { reason, mark } = error as { reason?: unknown; mark?: { position?: unknown } };
  if (typeof reason !== 'string') return { reason: 'cannot be read as YAML', offset: 0 };
  return { reason, offset: Number(mark?.position ?? 0) };
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

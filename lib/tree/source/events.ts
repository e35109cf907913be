import type { Event } from 'js-yaml';
import { maximumDepth } from '../yaml/refuse';
import { explain, repair, withoutQuotation } from './recover';
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
  const whole = eventsOf(text);
  if (Array.isArray(whole)) return { parts: [{ text, start: 0, events: whole, index: 0 }], faults: [] };
  const parts: Part[] = [];
  const faults: Fault[] = [];
  const rereading = { left: maximumRereading };
  let index = 0;
  for (const { from, to } of documentBounds(text)) {
    const part = text.slice(from, to);
    const events = repairedEventsOf(part, rereading);
    if (Array.isArray(events)) {
      parts.push({ text: part, start: from, events, index });
      index += events.filter((event) => event.type === eventType.document).length;
    } else {
      faults.push(faultOf(events, part, from, faults.length < maximumExplained));
      index += 1;
      if (faults.length === maximumBroken) break;
    }
  }
  return { parts, faults };
}

/** After as many documents that cannot be read, the rest of the file is left alone. */
const maximumBroken = 100;

/** How many of a file's faults get a better word than js-yaml's, which takes as long again. */
const maximumExplained = 20;

/** Each takes another reading: a definition that was wrapped by a tool has some hundred. A document with more of them is refused. */
const maximumRepairs = 300;

/** How many characters of a file are read again, at most. */
const maximumRereading = 50_000_000;

/** Why js-yaml stopped, and where. */
interface Stop {
  readonly reason: string;
  readonly offset: number;
}

function eventsOf(text: string): Event[] | Stop {
  try {
    return yaml().parseEvents(text, { maxDepth: maximumDepth });
  } catch (error) {
    // A YAMLException, told by its shape: a test runner has classes of its own.
    const { reason, mark } = error as { reason?: unknown; mark?: { position?: unknown } };
    if (typeof reason !== 'string') return { reason: 'cannot be read as YAML', offset: 0 };
    return { reason, offset: Number(mark?.position ?? 0) };
  }
}

/** @param rereading how many characters of the file may still be read again */
function repairedEventsOf(part: string, rereading: { left: number }): Event[] | Stop {
  let readable = part;
  for (let repairs = 0; ; repairs++) {
    const events = eventsOf(readable);
    if (Array.isArray(events)) {
      if (repairs > 0) readAgain(events, part);
      return events;
    }
    if (repairs === maximumRepairs || part.length > rereading.left) return events;
    rereading.left -= part.length;
    const repaired = repair(readable, events.offset, events.reason, repairs === 0);
    if (repaired === undefined) return events;
    readable = repaired;
  }
}

/** The values are read from the text itself, in which what was repaired has several lines. */
function readAgain(events: Event[], part: string): void {
  for (const event of events) {
    if (event.type === eventType.scalar && event.fast && /[\r\n]/.test(part.slice(event.valueStart, event.valueEnd))) {
      event.fast = false;
    }
  }
}

function faultOf({ reason, offset }: Stop, part: string, start: number, mayExplain: boolean): Fault {
  if (reason.startsWith('nesting exceeded')) {
    const message = `more than ${maximumDepth} levels, which no resource needs`;
    return { kind: 'syntax', offset: start + offset, message };
  }
  const explained = mayExplain ? explain(part) : undefined;
  const message = explained?.message ?? withoutQuotation(reason);
  return { kind: 'syntax', offset: start + (explained?.offset ?? offset), message };
}

/** From one line `---` to the next; comments and directives before the first belong to it. */
function documentBounds(text: string): { from: number; to: number }[] {
  const starts: number[] = [];
  for (const match of text.matchAll(/^---(?=\s|$)/gm)) starts.push(match.index);
  const first = starts[0];
  const begin = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  if (first === undefined || (firstContent(text) < first && text[firstContent(text)] !== '%')) starts.unshift(begin);
  else starts[0] = begin;
  return starts.map((from, i) => ({ from, to: starts[i + 1] ?? text.length }));
}

/** Where the first line begins that is neither empty nor a comment. By lines: a pattern would run out of stack. */
export function firstContent(text: string): number {
  const line = /[^\S\r\n]*(?:#.*)?(?:\r?\n|\r|$)/y;
  let at = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  while (at < text.length) {
    line.lastIndex = at;
    if (!line.test(text)) return at;
    at = line.lastIndex;
  }
  return at;
}

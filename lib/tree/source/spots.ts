import type { Event, ScalarEvent } from 'js-yaml';
import { eventType, type Part, readParts, yaml } from './events';
import { lineStarts } from './lines';
import { startOf } from './node';
import type { SourceFile } from './source';

/** Where a value stands in its file, and what is in it. */
export interface Spot {
  /** Where its key begins; -1 for an item of a list. */
  readonly key: number;
  /** Where it begins itself; -1 when nothing is written (`key:`). */
  readonly start: number;
  /** Of a text, number or switch: where it ends, its quotes included. */
  readonly end?: number;
  readonly fields?: Map<string, Spot>;
  readonly items?: Spot[];
  /** What its keys `<<` merge into it. */
  readonly merges?: Spot[];
  /** Of an alias: what it repeats. */
  readonly target?: Spot | undefined;
}

const spotsByFile = new WeakMap<SourceFile, ReadonlyMap<number, Spot>>();
const startsByFile = new WeakMap<SourceFile, readonly number[]>();

/** The documents of a file, by index. Made when they are first asked for: most files have nothing to report. */
export function spotsOf(file: SourceFile): ReadonlyMap<number, Spot> {
  let spots = spotsByFile.get(file);
  if (spots === undefined) {
    // Where nothing was read, nothing is looked for: it may be what is too much to be read.
    spots = file.documents.length === 0 ? new Map() : collect(file.text);
    spotsByFile.set(file, spots);
  }
  return spots;
}

/** Where each line of a file begins. */
export function startsOf(file: SourceFile): readonly number[] {
  let starts = startsByFile.get(file);
  if (starts === undefined) {
    starts = lineStarts(file.text);
    startsByFile.set(file, starts);
  }
  return starts;
}

function collect(text: string): Map<number, Spot> {
  const spots = new Map<number, Spot>();
  for (const part of readParts(text).parts) new Collector(part, spots);
  return spots;
}

class Collector {
  private readonly stack: { readonly spot: Spot; key: { text: string; offset: number } | undefined }[] = [];
  private readonly anchors = new Map<string, Spot>();
  /** What is anchored, where it is a scalar: keys may be aliases. */
  private readonly scalars = new Map<string, string>();

  constructor(
    private readonly part: Part,
    private readonly spots: Map<number, Spot>,
  ) {
    let index = part.index - 1;
    for (const event of part.events) {
      if (event.type === eventType.document) {
        index += 1;
        this.anchors.clear();
        this.scalars.clear();
      } else if (event.type === eventType.pop) this.stack.pop();
      else this.take(event, index);
    }
  }

  private take(event: Exclude<Event, { type: 1 | 6 }>, index: number): void {
    const { text, start } = this.part;
    const top = this.stack[this.stack.length - 1];
    const anchor = event.anchorStart < 0 ? '' : text.slice(event.anchorStart, event.anchorEnd);
    if (event.type === eventType.scalar && anchor !== '') this.scalars.set(anchor, yaml().getScalarValue(text, event));
    if (top?.spot.fields !== undefined && top.key === undefined) {
      const isScalar = event.type === eventType.scalar;
      top.key = isScalar
        ? { text: yaml().getScalarValue(text, event), offset: start + startOf(event) }
        : 'start' in event
          ? { text: '', offset: start + event.start }
          : { text: this.scalars.get(anchor) ?? '', offset: start + event.anchorStart - 1 };
      // A key that is a collection: its parts are nobody's.
      if ('start' in event) this.stack.push({ spot: { key: -1, start: -1, items: [] }, key: undefined });
      return;
    }
    const key = top?.key?.offset ?? -1;
    const spot = this.spotOf(event, key);
    if (event.type !== eventType.alias && anchor !== '') this.anchors.set(anchor, spot);
    if (top === undefined) this.spots.set(index, spot);
    else if (top.spot.items !== undefined) top.spot.items.push(spot);
    else if (top.key?.text === '<<') top.spot.merges?.push(spot);
    else if (top.key !== undefined) top.spot.fields?.set(top.key.text, spot);
    if (top !== undefined) top.key = undefined;
    if (event.type === eventType.mapping || event.type === eventType.sequence)
      this.stack.push({ spot, key: undefined });
  }

  private spotOf(event: Exclude<Event, { type: 1 | 6 }>, key: number): Spot {
    const { text, start } = this.part;
    switch (event.type) {
      case eventType.mapping:
        return { key, start: start + event.start, fields: new Map(), merges: [] };
      case eventType.sequence:
        return { key, start: start + event.start, items: [] };
      case eventType.alias:
        return {
          key,
          start: start + event.anchorStart - 1,
          target: this.anchors.get(text.slice(event.anchorStart, event.anchorEnd)),
        };
      case eventType.scalar:
        return contentStart(event) < 0
          ? { key, start: -1 }
          : { key, start: start + contentStart(event), end: start + contentEnd(event) };
    }
  }
}

/** A block's text rather than the indentation before it. */
function contentStart(event: ScalarEvent): number {
  if (event.valueStart < 0 || (event.valueEnd === event.valueStart && event.style > 3)) return -1;
  return event.style > 3 ? Math.min(event.valueStart + Math.max(event.indent, 0), event.valueEnd) : startOf(event);
}

function contentEnd(event: ScalarEvent): number {
  return event.style > 3 ? event.valueEnd : event.valueEnd + event.valueStart - startOf(event);
}

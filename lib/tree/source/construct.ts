import type { AliasEvent, Event, ScalarEvent } from 'js-yaml';
import type { Json } from '../../json/json';
import { maximumDepth } from '../yaml/refuse';
import { eventType, type Fault, type Part } from './events';
import { type Frame, Mapping, merge, mergeMark, mergeSources } from './frame';
import { DocumentFault, noteKey, readKey, readScalar, startOf, usualKey } from './node';
import type { Reader } from './scalar';

/** As many values as Go's yaml lets aliases repeat in a document (decode.go, alias_ratio_range_low), here in a whole file. */
const maximumRepeated = 400_000;

interface Anchored {
  readonly value: Json;
  readonly size: number;
  readonly height: number;
}

/** Makes the values of a part's documents, without recursion: an input's depth is never the stack's. */
export class Construction {
  readonly documents: { readonly value: Json; readonly index: number }[] = [];
  /** Their offsets count from the part's start. */
  readonly faults: Fault[] = [];

  private readonly stack: Frame[] = [];
  /** By name; undefined while what it names is still open. */
  private readonly anchors = new Map<string, Anchored | undefined>();
  private root: Json = null;

  /** @param repeated how many values aliases have repeated in the parts before; then, in this one too */
  constructor(
    private readonly part: Part,
    private readonly reader: Reader,
    public repeated: number,
  ) {
    const { events } = part;
    let index = part.index - 1;
    for (let i = 0; i < events.length; i++) {
      const event = events[i];
      if (event === undefined) continue;
      if (event.type === eventType.document) {
        index += 1;
        this.root = null;
        this.anchors.clear();
        continue;
      }
      try {
        if (this.stack.length > 0 || event.type !== eventType.pop) this.take(event);
        else if (this.root !== null) this.documents.push({ value: this.root, index });
      } catch (error) {
        if (!(error instanceof DocumentFault)) throw error;
        this.faults.push({ kind: 'syntax', offset: error.offset, message: error.message });
        this.stack.length = 0;
        while (i + 1 < events.length && events[i + 1]?.type !== eventType.document) i += 1;
      }
    }
  }

  private take(event: Event): void {
    switch (event.type) {
      case eventType.scalar:
        this.scalar(event);
        break;
      case eventType.mapping:
        this.open(undefined, new Mapping(), event.start, this.textAt(event.anchorStart, event.anchorEnd));
        break;
      case eventType.sequence:
        this.open([], undefined, event.start, this.textAt(event.anchorStart, event.anchorEnd));
        break;
      case eventType.alias:
        this.alias(event);
        break;
      case eventType.pop:
        this.close();
        break;
    }
  }

  private scalar(event: ScalarEvent): void {
    const { text } = this.part;
    const parent = this.awaitingKey();
    if (parent === undefined) this.add(readScalar(event, text, this.reader), startOf(event), 1, 0);
    else if (!this.takesUsualKey(parent, event)) {
      const key = readKey(event, text, this.reader);
      // The outermost mapping's keys it takes as they stand.
      if (key.wrong !== undefined && this.stack.length > 1) {
        const message = `a key is ${key.wrong}, and kustomize fails on keys that are not text; put it in quotes`;
        this.faults.push({ kind: 'key-type', offset: key.offset, message });
      }
      this.key(parent, key.isMerge ? mergeMark : key.text, key.offset);
      if (key.wrong === undefined && !key.isMerge) noteKey(event, key.text, this.reader);
    }
    if (event.anchorStart < 0) return;
    const value = readScalar(event, text, this.reader);
    this.anchors.set(this.textAt(event.anchorStart, event.anchorEnd), { value, size: 1, height: 0 });
  }

  private takesUsualKey(parent: Frame, event: ScalarEvent): boolean {
    const key = usualKey(event, this.part.text, this.reader);
    if (key !== undefined) this.key(parent, key, event.valueStart);
    return key !== undefined;
  }

  private alias(event: AliasEvent): void {
    const name = this.textAt(event.anchorStart, event.anchorEnd);
    const offset = event.anchorStart - 1;
    const anchored = this.anchors.get(name);
    if (anchored === undefined) {
      const where = this.anchors.has(name) ? 'that stands within what it repeats' : 'with no anchor before it';
      throw new DocumentFault(offset, `an alias ${where}; a text that begins with * needs quotes`);
    }
    this.repeated += anchored.size;
    if (this.repeated > maximumRepeated) {
      throw new DocumentFault(offset, `aliases that repeat more than ${maximumRepeated} values`);
    }
    const parent = this.awaitingKey();
    if (parent === undefined) this.add(anchored.value, offset, anchored.size, anchored.height);
    else if (typeof anchored.value === 'string') this.key(parent, anchored.value, offset);
    else throw new DocumentFault(offset, 'an alias as a key, and it stands for no text');
  }

  private open(list: Json[] | undefined, mapping: Frame['mapping'], offset: number, anchor: string): void {
    if (this.awaitingKey() !== undefined)
      throw new DocumentFault(offset, 'a key that is a mapping or a list, not a text');
    if (anchor !== '') this.anchors.set(anchor, undefined);
    this.stack.push({ list, mapping, anchor, key: undefined, offset, merges: undefined, size: 1, height: 1 });
  }

  private close(): void {
    const frame = this.stack.pop();
    if (frame === undefined) return;
    const { mapping, merges, anchor, size, height, offset } = frame;
    if (mapping !== undefined && merges !== undefined) merge(mapping, merges);
    const value: Json = frame.list ?? mapping ?? null;
    if (anchor !== '') this.anchors.set(anchor, { value, size, height });
    this.add(value, offset, size, height);
  }

  /** Puts a value where it belongs, with how many values and levels it has. */
  private add(value: Json, offset: number, size: number, height: number): void {
    const parent = this.stack[this.stack.length - 1];
    if (parent === undefined) {
      this.root = value;
      return;
    }
    parent.size += size;
    if (height >= parent.height) parent.height = height + 1;
    if (this.stack.length + height > maximumDepth) {
      throw new DocumentFault(offset, `more than ${maximumDepth} levels, which no resource needs`);
    }
    if (parent.list !== undefined) parent.list.push(value);
    else if (parent.key === mergeMark) {
      if (parent.merges !== undefined)
        throw new DocumentFault(offset, 'a second key << in one mapping; give one a list');
      parent.merges = mergeSources(value, offset);
    } else if (parent.mapping !== undefined && parent.key !== undefined) parent.mapping[parent.key] = value;
    parent.key = undefined;
  }

  private key(parent: Frame, key: string, offset: number): void {
    parent.key = key;
    // No key is inherited (see Mapping), and no value undefined.
    if (parent.mapping === undefined || parent.mapping[key] === undefined) return;
    const shown = JSON.stringify(key.length > 60 ? `${key.slice(0, 60)}…` : key);
    // sigs.k8s.io/yaml, with which kustomize reads its own file, refuses none (seen with kustomize 5.8.1 and Flux's generator).
    const then = this.reader === 'resource' ? 'refuses it' : 'keeps the last and drops the first without a message';
    const message = `the key ${shown} appears twice in one mapping, and kustomize ${then}; remove one`;
    this.faults.push({ kind: 'duplicate-key', offset, message });
  }

  private awaitingKey(): Frame | undefined {
    const top = this.stack[this.stack.length - 1];
    return top?.mapping !== undefined && top.key === undefined ? top : undefined;
  }

  private textAt(start: number, end: number): string {
    return start < 0 ? '' : this.part.text.slice(start, end);
  }
}

import { isJsonObject, type Json, type JsonObject } from '../../json/json';
import { isWritten } from '../source/locate';
import { entriesPlaced, knownPlace, type Place } from './origin';
import { PatchFault } from './patch-fault';

/** A value while patches are put into it: it can be changed, and knows where it is written. */
export type Writable = WritableMap | WritableList | WritableScalar;

export interface WritableMap extends Whereabouts {
  readonly kind: 'map';
  readonly fields: Map<string, Writable>;
}

export interface WritableList extends Whereabouts {
  readonly kind: 'list';
  items: Writable[];
}

export interface WritableScalar extends Whereabouts {
  readonly kind: 'scalar';
  readonly value: string | number | boolean | null;
}

/** Where a value is written: at a place of its own, or at a step below what it was read in. */
interface Whereabouts {
  readonly place?: Place | undefined;
  readonly owner?: Writable | undefined;
  readonly step?: string | number | undefined;
  /** What it was made of. */
  readonly source?: Json;
  /** The same, while nobody has looked into it. */
  readonly untouched?: Json | undefined;
}

/** A value, to be changed. Most of an object no patch looks at: what is in a map or list is made when it is asked for. */
export function thaw(value: Json, at: Whereabouts): Writable {
  if (Array.isArray(value)) return new ThawedList(value, at);
  if (isJsonObject(value)) return new ThawedMap(value, at);
  const { place, owner, step } = at;
  return { kind: 'scalar', value: value as WritableScalar['value'], place, owner, step };
}

abstract class Thawed<S extends Json> implements Whereabouts {
  readonly place: Place | undefined;
  readonly owner: Writable | undefined;
  readonly step: string | number | undefined;

  constructor(
    readonly source: S,
    { place, owner, step }: Whereabouts,
  ) {
    this.place = place;
    this.owner = owner;
    this.step = step;
  }
}

class ThawedMap extends Thawed<JsonObject> implements WritableMap {
  readonly kind = 'map';
  private made: Map<string, Writable> | undefined;

  get untouched(): JsonObject | undefined {
    return this.made === undefined ? this.source : undefined;
  }

  get fields(): Map<string, Writable> {
    if (this.made !== undefined) return this.made;
    this.made = new Map();
    for (const key of Object.keys(this.source)) {
      const place = knownPlace(this.source, key);
      this.made.set(key, thaw(this.source[key] as Json, { owner: this, step: key, place }));
    }
    return this.made;
  }
}

class ThawedList extends Thawed<readonly Json[]> implements WritableList {
  readonly kind = 'list';
  private made: Writable[] | undefined;

  get untouched(): readonly Json[] | undefined {
    return this.made === undefined ? this.source : undefined;
  }

  get items(): Writable[] {
    this.made ??= this.source.map((each, i) => thaw(each, { owner: this, step: i, place: knownPlace(this.source, i) }));
    return this.made;
  }

  set items(items: Writable[]) {
    this.made = items;
  }
}

/** What became of a value: the same map or list where nothing in it changed. Its entries are found where they are written. */
export function freeze(node: Writable): Json {
  if (node.kind === 'scalar') return node.value;
  if (node.untouched !== undefined) return node.untouched;
  const nodes: readonly (readonly [string | number, Writable])[] =
    node.kind === 'map' ? [...node.fields] : node.items.map((item, i) => [i, item]);
  const values = nodes.map(([, each]) => freeze(each));
  const { source } = node;
  if (typeof source === 'object' && source !== null) {
    const size = Array.isArray(source) ? source.length : Object.keys(source).length;
    const isSame = ([key, each]: readonly [string | number, Writable], i: number): boolean =>
      isOwn(each, node, key) && (source as { readonly [key: string]: Json })[key] === values[i];
    if (size === nodes.length && nodes.every(isSame)) return source;
  }
  const made = node.kind === 'list' ? values : Object.fromEntries(nodes.map(([key], i) => [key, values[i] as Json]));
  const moved = nodes.filter(([key, each]) => each.place !== undefined || !isOwn(each, node, key));
  return entriesPlaced(
    made,
    moved.map(([key, each]) => [key, placeOf(each)]),
  );
}

export function placeOf({ place, owner, step }: Writable): Place {
  if (place !== undefined) return place;
  if (owner === undefined || step === undefined) throw new Error('A value that is patched has no place.');
  const at = placeOf(owner);
  return { document: at.document, path: [...at.path, step] };
}

export function isNull(node: Writable | undefined): node is (WritableScalar & { readonly value: null }) | undefined {
  return node === undefined || (node.kind === 'scalar' && node.value === null);
}

/** Whether a list leaves an item out when it is merged. */
export function isEmpty(node: Writable | undefined): boolean {
  return isNull(node) || (node.kind === 'map' && node.fields.size === 0);
}

/** A plain value as the text that keys are compared by: `null`, where it is written; '' for a map or list. */
export function textOf(node: Writable | undefined): string | undefined {
  if (node?.kind !== 'scalar') return node === undefined ? undefined : '';
  return isNull(node) && !isSpelled(node) ? '' : String(node.value);
}

/** Whether a null is written as one: that of `key:` is not. */
export function isSpelled(node: Writable): boolean {
  const { document, path } = placeOf(node);
  return isWritten(document, path);
}

/** @param problem as in "is a list, and what it patches is a map" */
export function misfit(node: Writable, problem: string): PatchFault {
  const at = placeOf(node);
  return new PatchFault(at, `${String(at.path.at(-1) ?? 'it')} ${problem}`);
}

/** A copy that is written where the value is. */
export function copyOf(node: Writable): Writable {
  return thaw(freeze(node), { place: placeOf(node) });
}

function isOwn(each: Writable, owner: Writable, step: string | number): boolean {
  return each.owner === owner && each.step === step;
}

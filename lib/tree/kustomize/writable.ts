import { isJsonObject, type Json } from '../../json/json';
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
}

/** A value, to be changed. */
export function thaw(value: Json, { place, owner, step }: Whereabouts): Writable {
  if (Array.isArray(value)) {
    const list: WritableList = { kind: 'list', items: [], source: value, place, owner, step };
    list.items = value.map((each, i) => thaw(each, { owner: list, step: i, place: knownPlace(value, i) }));
    return list;
  }
  if (!isJsonObject(value)) return { kind: 'scalar', value: value as WritableScalar['value'], place, owner, step };
  const map: WritableMap = { kind: 'map', fields: new Map(), source: value, place, owner, step };
  for (const [key, each] of Object.entries(value)) {
    map.fields.set(key, thaw(each, { owner: map, step: key, place: knownPlace(value, key) }));
  }
  return map;
}

/** What became of a value: the same map or list where nothing in it changed. Its entries are found where they are written. */
export function freeze(node: Writable): Json {
  if (node.kind === 'scalar') return node.value;
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

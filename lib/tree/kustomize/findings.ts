import { push } from '../../text/group-by';
import { memoize } from '../../text/memoize';
import type { SourceDocument } from '../source/source';
import type { BuildFault, Unresolved } from './built';
import { type Config, defaultConfig } from './config';
import { type Id, type Item, isSame, nameOf, placeOf } from './item';
import type { Place } from './origin';

/** A var of kustomize, which is written as `$(NAME)`. */
export interface Var {
  readonly name: string;
  readonly fieldPath: string;
  /** Where it is written. */
  readonly at: Place;
}

/** How much more may be done to objects, counted in steps of one thing done to one object. */
export interface Work {
  /** In the build that goes on. */
  left: number;
  /** In all builds of the tree. */
  total: number;
}

/** What a kustomization yields, and what was met on the way. Sets: a base that several share is told once. */
export interface Yield {
  items: Item[];
  readonly faults: Set<BuildFault>;
  readonly open: Set<Unresolved>;
  readonly files: Set<string>;
  /** The files that generators read, whatever they hold. */
  readonly inputs: Set<string>;
  readonly kustomizations: Set<SourceDocument>;
  /** The folders that it reached: what comes back to one of them runs in a circle. */
  readonly folders: Set<string>;
  /** That it has more objects than are built, told once; the items are then none. */
  tooMany: BuildFault | undefined;
  readonly work: Work;
  /** The fields that transformers set. */
  config: Config;
  vars: readonly Var[];
}

/** No build that a person wrote takes so many; thousands of patches times thousands of objects would take minutes. */
const maximumWork = 300_000;

export function newWork(): Work {
  return { left: maximumWork, total: 5 * maximumWork };
}

/** Begins another build: one that was too large leaves the others what they need. */
export function nextWork(work: Work): void {
  work.left = Math.min(maximumWork, work.total);
}

export function newYield(work: Work): Yield {
  return {
    work,
    items: [],
    faults: new Set(),
    open: new Set(),
    files: new Set(),
    inputs: new Set(),
    kustomizations: new Set(),
    folders: new Set(),
    tooMany: undefined,
    config: defaultConfig,
    vars: [],
  };
}

/** The same to go on with: what is done to it does not change the other. */
export function copyOf(other: Yield): Yield {
  const copy = newYield(other.work);
  takeFindings(copy, other);
  return { ...copy, items: [...other.items], config: other.config, vars: other.vars };
}

/** Takes over what was met in another, without its items, configuration and vars. */
export function takeFindings(into: Yield, from: Yield): void {
  for (const set of ['faults', 'open', 'files', 'inputs', 'kustomizations', 'folders'] as const) {
    for (const each of from[set]) (into[set] as Set<unknown>).add(each);
  }
  into.tooMany ??= from.tooMany;
}

/** Whether objects may be missing from what was built so far. */
export function hidesObjects({ open, faults, tooMany }: Yield): boolean {
  return tooMany !== undefined || [...open].some((each) => each.hidesObjects) || [...faults].some(({ fails }) => fails);
}

/** No build that a person wrote has so many objects; a base that lists itself twice through others has twice as many a level. */
const maxObjects = 20_000;

/**
 * Takes steps from what may still be done.
 *
 * @returns false, with the reason told at `at` and no items left, where that is too little
 */
export function affords(into: Yield, steps: number, { document, path }: Place): boolean {
  if (into.work.left >= steps) {
    into.work.left -= steps;
    into.work.total -= steps;
    return true;
  }
  into.items = [];
  const most = maximumWork.toLocaleString('en');
  const message = `patches, replacements and transformers times objects are more than ${most} in a build, and espalier builds no more`;
  into.tooMany ??= { kind: 'failed', document, path, message, fails: true };
  return false;
}

/** Adds items; one that is there already is a fault at `at`, the entry that brings it. */
export function addItems(
  into: Yield,
  items: readonly Item[],
  at: { readonly document: SourceDocument; readonly path: BuildFault['path'] } | undefined,
): void {
  if (into.items.length + items.length > maxObjects) {
    // None is kept: nothing that follows would be right, and it would take long.
    into.items = [];
    const message = `the build has more than ${maxObjects.toLocaleString('en')} objects, and espalier builds no more`;
    const { document, path } = at ?? (items[0] as Item);
    into.tooMany ??= { kind: 'failed', document, path, message, fails: true };
    return;
  }
  // Most kustomizations list a file of one object after another: the index is kept, not made anew.
  const index = indexOf(into.items);
  for (const item of items) {
    const other = find(index, item.id);
    if (other === undefined) {
      push(index, keyOf(item.id), item);
      into.items.push(item);
      continue;
    }
    const where = at ?? item;
    const message = `${nameOf(item.id)} exists twice: in ${placeOf(other)} and in ${placeOf(item)}; keep one of them`;
    into.faults.add({ kind: 'duplicate', document: where.document, path: where.path, message, fails: true });
  }
}

/** By namespace and name; few kinds share one. */
type Index = Map<string, Item[]>;

const indexOf = memoize((items: readonly Item[]): Index => {
  const index: Index = new Map();
  for (const item of items) push(index, keyOf(item.id), item);
  return index;
});

function keyOf({ namespace, name }: Id): string {
  return `${namespace}/${name}`;
}

function find(index: Index, id: Id): Item | undefined {
  return index.get(keyOf(id))?.findLast((item) => isSame(item.id, id));
}

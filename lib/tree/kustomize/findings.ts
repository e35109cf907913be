import { onceFor } from '../../once-for';
import type { SourceDocument } from '../source/source';
import type { BuildFault, Unresolved } from './built';
import { type Id, type Item, isSame, nameOf } from './item';

/** What a kustomization yields, and what was met on the way. Sets: a base that several share is told once. */
export interface Yield {
  items: Item[];
  readonly faults: Set<BuildFault>;
  readonly open: Set<Unresolved>;
  readonly files: Set<string>;
  readonly kustomizations: Set<SourceDocument>;
  /** The folders that it reached: what comes back to one of them runs in a circle. */
  readonly folders: Set<string>;
}

export function newYield(): Yield {
  return {
    items: [],
    faults: new Set(),
    open: new Set(),
    files: new Set(),
    kustomizations: new Set(),
    folders: new Set(),
  };
}

/** Takes over what was met in another, without its items. */
export function takeFindings(into: Yield, from: Yield): void {
  for (const set of ['faults', 'open', 'files', 'kustomizations', 'folders'] as const) {
    for (const each of from[set]) (into[set] as Set<unknown>).add(each);
  }
}

/** Whether objects may be missing from what was built so far. */
export function hidesObjects({ open, faults }: Yield): boolean {
  return [...open].some((each) => each.hidesObjects) || [...faults].some(({ fails }) => fails);
}

/** Adds items; one that is there already is a fault at `at`, the entry that brings it. */
export function addItems(
  into: Yield,
  items: readonly Item[],
  at: { readonly document: SourceDocument; readonly path: BuildFault['path'] } | undefined,
): void {
  // Most kustomizations list a file of one object after another: the index is kept, not made anew.
  const index = indexOf(into.items);
  for (const item of items) {
    const other = find(index, item.id);
    if (other === undefined) {
      note(index, item);
      into.items.push(item);
      continue;
    }
    const where = at ?? item;
    const message = `${nameOf(item.id)} is there twice: in ${placeOf(other)} and in ${placeOf(item)}; keep one of them`;
    into.faults.add({ kind: 'duplicate', document: where.document, path: where.path, message, fails: true });
  }
}

/** Adds a generated item: it must not be called as another is, or ever was (resWrangler.appendReplaceOrMerge). */
export function addGenerated(into: Yield, item: Item, at: Pick<BuildFault, 'document' | 'path'>): void {
  const other = into.items.find(({ previous }) => previous.some((id) => isSame(id, item.id)));
  if (other === undefined) {
    addItems(into, [item], at);
    return;
  }
  const message = `${nameOf(item.id)} is what ${placeOf(other)} is called at first; give one of them another name`;
  into.faults.add({ kind: 'duplicate', document: at.document, path: at.path, message, fails: true });
}

/** By namespace, then by name: no text is put together for each look. Few kinds share a name. */
type Index = Map<string, Map<string, [Item, ...Item[]]>>;

const indexOf = onceFor((items: readonly Item[]): Index => {
  const index: Index = new Map();
  for (const item of items) note(index, item);
  return index;
});

function note(index: Index, item: Item): void {
  const { namespace, name } = item.id;
  const names = index.get(namespace);
  const known = names?.get(name);
  if (known !== undefined) known.push(item);
  else if (names !== undefined) names.set(name, [item]);
  else index.set(namespace, new Map([[name, [item]]]));
}

function find(index: Index, id: Id): Item | undefined {
  return index
    .get(id.namespace)
    ?.get(id.name)
    ?.findLast((item) => isSame(item.id, id));
}

function placeOf({ document }: Item): string {
  return document.index === 0 ? document.file.path : `${document.file.path} (document ${document.index + 1})`;
}

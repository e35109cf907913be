import { cyclicComponents } from '../text/components';
import { groupBy, push } from '../text/group-by';
import type { Build, Built } from '../tree/kustomize/built';
import { folderOf, foldersOf, isPutAside } from '../tree/paths';
import type { SourceDocument } from '../tree/source/source';
import { nameOf, rootResource } from './apply';
import { isFluxKustomization, isSourced } from './flux/objects';
import { kustomizationIn, syncIn } from './flux/sync';
import { isObject } from './identity';
import type { Listing } from './listing';
import type { Resource } from './resource';
import { resourceOf } from './resource-of';
import { mergeNested, mergeWaiting, type RootGroup } from './root-groups';

/** A document that says what to apply: a Flux Kustomization as it is written, or what has the Flux Operator make one. */
export interface Written {
  readonly document: SourceDocument;
  /** What it builds; undefined where that is not in the tree. */
  readonly built: Built | undefined;
}

/**
 * Finds the first Kustomizations of each cluster of a tree: what `flux bootstrap` writes applies itself, and so does, by way of others,
 * what the Flux Operator syncs; others are applied by hand, and nothing in the tree applies them. Those that one folder lists, or
 * that lie in one, are one cluster.
 */
export function rootGroups(kustomizations: readonly Written[], listing: Listing, build: Build): RootGroup[] {
  const groups = new Map<string, { roots: Map<string, Resource>; folders: Set<string> }>();
  const isAnySourced = kustomizations.some(({ document }) => isSourced(kustomizationIn(document) ?? {}));
  const add = (folder: string, by: string | undefined, all: readonly Resource[]) => {
    const roots = all.filter(({ value }) => !isAnySourced || isSourced(value));
    if (roots.length === 0) return;
    const group = groups.get(folder) ?? { roots: new Map(), folders: new Set() };
    groups.set(folder, group);
    // What the Flux Operator syncs may be said twice: where the operator finds it, and where a script does that starts the cluster.
    for (const root of roots) if (!group.roots.has(nameOf(root))) group.roots.set(nameOf(root), root);
    if (by !== undefined) group.folders.add(by);
  };
  // An archive may keep what has applied, once, what others apply now.
  const [aside, inUse] = parted(kustomizations, ({ document }) => isPutAside(folderOf(document.file.path)));
  for (const { document, built, appliesItself } of [...firstOf(inUse), ...firstOf(aside)]) {
    const own = folderOf(document.file.path);
    const asWritten = [rootResource(document)].filter((root) => root !== undefined);
    if (syncIn(document) !== undefined) {
      add(built?.folder ?? own, appliesItself || !isObject(document.value) ? undefined : own, asWritten);
      continue;
    }
    const tops = listing.topsOf(document.file.path);
    for (const top of tops) {
      const applied = build(top).objects.filter((object) => object.document === document);
      const roots = applied.flatMap(({ value, ...of }) => resourceOf(value, of) ?? []);
      add(top, top, roots.length > 0 ? roots : asWritten);
    }
    if (tops.length === 0) add(own, appliesItself ? undefined : own, asWritten);
  }
  const written = new Map(kustomizations.map((one) => [one.document, one]));
  const leads = ({ roots }: RootGroup) => roots.some(({ document }) => appliesOthers(written.get(document)));
  const all = [...groups].map(([folder, { roots, folders }]) => ({
    folder,
    roots: [...roots.values()],
    folders: [...folders],
  }));
  return mergeNested(mergeWaiting(all, leads));
}

function parted<T>(items: readonly T[], test: (item: T) => boolean): readonly [T[], T[]] {
  return [items.filter(test), items.filter((item) => !test(item))];
}

/** Those that nobody applies but themselves, directly or in a circle; of each circle one. */
function firstOf(kustomizations: readonly Written[]): readonly (Written & { readonly appliesItself: boolean })[] {
  const byDocument = new Map(kustomizations.map((written) => [written.document, written]));
  // A file of values is no object: it is known by its path.
  const values = groupBy(
    kustomizations.filter(({ document }) => !isObject(document.value)),
    ({ document }) => document.file.path,
  );
  const applied = new Map<Written, ReadonlySet<Written>>();
  const appliers = new Map<Written, Written[]>();
  const builders = new Map<string, Written[]>();
  for (const written of kustomizations) {
    const { built } = written;
    if (built === undefined) continue;
    const found = new Set<Written>();
    for (const { document } of built.objects) {
      const one = byDocument.get(document);
      if (one !== undefined) found.add(one);
    }
    if (values.size > 0) for (const path of built.files) for (const one of values.get(path) ?? []) found.add(one);
    applied.set(written, found);
    for (const one of found) push(appliers, one, written);
    push(builders, built.folder, written);
  }
  const circleOf = new Map<Written, readonly Written[]>();
  for (const circle of cyclicComponents(kustomizations, (written) => [...(applied.get(written) ?? [])])) {
    for (const member of circle) circleOf.set(member, circle);
  }
  // What is left out applies nothing, though it may name all of the tree, as one without a path does.
  const leftOut = new Set(kustomizations.filter((one) => !appliers.has(one) && isForgotten(one, builders)));
  const inUse = (by: Written) => !leftOut.has(by);
  for (const [folder, by] of builders) builders.set(folder, by.filter(inUse));
  const isFirst = (written: Written): boolean => {
    if (leftOut.has(written)) return false;
    const by = (appliers.get(written) ?? []).filter(inUse);
    const circle = circleOf.get(written);
    if (circle === undefined) return by.length === 0 && !isForgotten(written, builders);
    if (circle.some((member) => appliers.get(member)?.some((one) => inUse(one) && !circle.includes(one)))) return false;
    return written === beginningOf(circle, applied);
  };
  return kustomizations.filter(isFirst).map((first) => ({ ...first, appliesItself: circleOf.has(first) }));
}

/** Where a circle begins: with what the Flux Operator syncs, else with what applies itself. */
function beginningOf(
  circle: readonly Written[],
  applied: ReadonlyMap<Written, ReadonlySet<Written>>,
): Written | undefined {
  return (
    circle.find(({ document }) => syncIn(document) !== undefined) ??
    circle.find((written) => applied.get(written)?.has(written)) ??
    circle[0]
  );
}

/** Whether it lies in a folder that another builds, and is left out of it. */
function isForgotten(written: Written, builders: ReadonlyMap<string, readonly Written[]>): boolean {
  const above = foldersOf(written.document.file.path).flatMap((folder) => builders.get(folder) ?? []);
  return above.some((builder) => builder !== written);
}

/** Whether a Kustomization applies others. */
export function appliesOthers(written: Written | undefined): boolean {
  return written?.built?.objects.some(({ value }) => isFluxKustomization(value)) === true;
}

import { posix } from 'node:path';
import { listAt } from '../json/read';
import { compareText } from '../text/compare';
import { groupBy } from '../text/group-by';
import { folderOf, foldersOf } from '../tree/paths';
import type { Draft } from './draft';
import type { Survey, WrittenObject } from './survey';

/** Where something stands among all that was written, as one reads it: lower comes first. */
type Positions = ReadonlyMap<WrittenObject | string, number>;

/**
 * Constructions in the order in which their originals are read: of what stands in a folder, that of its kustomization.yaml; of what
 * stands in a file, that of the file; what a Kustomization applies after it. What stands in a construct follows that.
 */
export function inWrittenOrder(drafts: readonly Draft[], survey: Survey): Draft[] {
  const positions = positionsOf(survey);
  const inside = groupBy(drafts, ({ scope }) => scope && (('className' in scope ? scope : scope.of) as Draft));
  const found = new Map<Draft, number>();
  const positionOf = (draft: Draft): number => {
    const known = found.get(draft) ?? ownPosition(draft, positions);
    // A folder that nothing lists comes where the first of what is in it does.
    const position = known ?? Math.min(...(inside.get(draft) ?? []).map(positionOf));
    found.set(draft, position);
    return position;
  };
  const ordered: Draft[] = [];
  const visit = (scope: Draft | undefined) => {
    const ones = (inside.get(scope) ?? []).map((draft) => [positionOf(draft), draft] as const);
    for (const [, draft] of ones.sort(([a], [b]) => (a === b ? 0 : a - b))) {
      ordered.push(draft);
      visit(draft);
    }
  };
  visit(undefined);
  return ordered;
}

function ownPosition({ of, at }: Draft, positions: Positions): number | undefined {
  return (of && positions.get(of as WrittenObject)) ?? (at === undefined ? undefined : positions.get(at));
}

/**
 * The positions of files and folders by path, and of objects. Every kustomization.yaml is followed from entry to entry, every Flux
 * Kustomization to what it applies, other folders in the order of the alphabet; components come last.
 */
function positionsOf({ graph, files, applied }: Survey): Positions {
  const objectsIn = new Map(files.map(({ path, objects }) => [path, objects]));
  const kustomized = graph.builds.flatMap(({ kustomizations }) => kustomizations);
  const listed = (field: string) =>
    new Map(
      kustomized.map(({ file, value }) => {
        const folder = folderOf(file.path);
        return [folder, listAt(value, field).map((entry) => posix.join(folder, String(entry)).replace(/\/$/, ''))];
      }),
    );
  const resources = listed('resources');
  const inside = childrenOf([...objectsIn.keys(), ...resources.keys()]);
  const later = [
    ...[...resources.values()].flat(),
    ...files.flatMap(({ objects }) => objects.flatMap((object) => applied(object) ?? [])),
    ...[...listed('components').values()].flat(),
  ];
  const isLater = new Set(later);
  const positions = new Map<WrittenObject | string, number>();
  const visit = (path: string) => {
    if (positions.has(path)) return;
    positions.set(path, positions.size);
    for (const entry of resources.get(path) ?? []) visit(entry);
    for (const object of objectsIn.get(path) ?? []) {
      positions.set(object, positions.size);
      const folder = applied(object);
      if (folder !== undefined) visit(folder);
    }
    for (const child of inside.get(path) ?? []) if (!isLater.has(child)) visit(child);
  };
  for (const path of ['', ...later]) visit(path);
  return positions;
}

/** By folder, the files and folders right in it. */
function childrenOf(paths: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const all = new Set(paths.flatMap((path) => [...foldersOf(path), path]).filter((path) => path !== ''));
  return groupBy([...all].sort(compareText), folderOf);
}

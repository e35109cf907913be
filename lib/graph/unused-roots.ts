import { lazy } from '../text/memoize';
import { folderOf, foldersOf, isPutAside } from '../tree/paths';
import type { SourceDocument } from '../tree/source/source';
import { nameOf, neededBy, rootResource } from './apply';
import type { RootGroup } from './root-groups';
import { appliesOthers, type Written } from './roots';

/** The roots of clusters, and what a tree keeps for another time: an archive, an app that was taken out. Nothing applies that. */
export interface UsedRoots {
  readonly clusters: readonly RootGroup[];
  readonly unused: readonly SourceDocument[];
}

/**
 * Tells roots that are unused from clusters that are applied by hand. What was put aside is unused, if there is anything else. Where
 * some Kustomization applies others, that is how this tree's clusters begin: of those that apply none, one is unused when
 * nothing that it applies is in the tree, or when it waits for a Kustomization that only others have.
 */
export function withoutUnusedRoots(groups: readonly RootGroup[], kustomizations: readonly Written[]): UsedRoots {
  const written = new Map(kustomizations.map((one) => [one.document, one]));
  const leads = (group: RootGroup) => group.roots.some(({ document }) => appliesOthers(written.get(document)));
  const names = lazy(() => new Set(kustomizations.flatMap(({ document }) => namesIn(document))));
  const among = lazy(() => amongOthers(groups.filter(leads), kustomizations));
  const isAnyInUse = groups.some(({ folder }) => !isPutAside(folder));
  const isLed = groups.some((group) => !isPutAside(group.folder) && leads(group));

  const isUnused = (group: RootGroup): boolean => {
    if (isPutAside(group.folder)) return isAnyInUse;
    if (!isLed || leads(group)) return false;
    const own = new Set(group.roots.map(nameOf));
    return (
      among()(group) ||
      group.roots.every(({ document }) => written.get(document)?.built === undefined) ||
      group.roots.some((root) => neededBy(root).some((name) => names().has(name) && !own.has(name)))
    );
  };
  const unused = new Set(groups.filter(isUnused));
  return {
    clusters: groups.filter((group) => !unused.has(group)),
    unused: [...unused].flatMap(({ roots }) => roots.map(({ document }) => document)),
  };
}

/**
 * Tells whether a group lies among what others apply, in a folder that none of the led clusters begins in: an app that is not listed
 * beside apps that are.
 */
function amongOthers(led: readonly RootGroup[], kustomizations: readonly Written[]): (group: RootGroup) => boolean {
  const beginnings = new Set(
    led.flatMap(({ folder, roots }) =>
      [folder, ...roots.map(({ document }) => folderOf(document.file.path))].flatMap(above),
    ),
  );
  const appliers = new Map<string, Set<SourceDocument>>();
  for (const { document, built } of kustomizations) {
    if (built === undefined || isPutAside(folderOf(document.file.path))) continue;
    const folders = new Set(built.objects.map((object) => folderOf(object.document.file.path)));
    for (const folder of new Set([...folders].flatMap(above))) {
      const by = appliers.get(folder) ?? new Set();
      appliers.set(folder, by.add(document));
    }
  }
  return ({ folder, roots }) => {
    const own = new Set(roots.map(({ document }) => document));
    return above(folder).some(
      (each) => !beginnings.has(each) && [...(appliers.get(each) ?? [])].some((by) => !own.has(by)),
    );
  };
}

/** A folder and those above it, but for the tree's own. */
function above(folder: string): string[] {
  return folder === '' ? [] : foldersOf(`${folder}/`);
}

function namesIn(document: SourceDocument): string[] {
  const resource = rootResource(document);
  return resource === undefined ? [] : [nameOf(resource)];
}

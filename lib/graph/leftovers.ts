import { once } from '../once';
import type { SourceDocument } from '../tree/source/source';
import { isFluxKustomization } from './flux-objects';
import { listAt, textAt } from './json';
import type { Resource } from './resource';
import type { RootGroup, Written } from './roots';
import { rootResource } from './unfold';

/** What a tree keeps for another time: an archive, an app that was taken out. Nothing applies it, and it is no cluster. */
export interface Leftovers {
  readonly clusters: readonly RootGroup[];
  readonly left: readonly SourceDocument[];
}

/**
 * Tells leftovers from clusters that are applied by hand. What was put aside is one, if there is anything else. Where
 * some Kustomization applies others, that is how this tree's clusters begin: of those that apply none, one is a leftover when
 * nothing that it applies is in the tree, or when it waits for a Kustomization that only others have.
 */
export function withoutLeftovers(groups: readonly RootGroup[], kustomizations: readonly Written[]): Leftovers {
  const written = new Map(kustomizations.map((one) => [one.document, one]));
  const leads = (group: RootGroup) => group.roots.some(({ document }) => appliesOthers(written.get(document)));
  const names = once(() => new Set(kustomizations.flatMap(({ document }) => namesIn(document))));
  const isAnyInUse = groups.some(({ folder }) => !isPutAside(folder));
  const isLed = groups.some((group) => !isPutAside(group.folder) && leads(group));

  const isLeftover = (group: RootGroup): boolean => {
    if (isPutAside(group.folder)) return isAnyInUse;
    if (!isLed || leads(group)) return false;
    const own = new Set(group.roots.map(nameOf));
    return (
      group.roots.every(({ document }) => written.get(document)?.built === undefined) ||
      group.roots.some((root) => neededBy(root).some((name) => names().has(name) && !own.has(name)))
    );
  };
  const left = new Set(groups.filter(isLeftover));
  return {
    clusters: groups.filter((group) => !left.has(group)),
    left: [...left].flatMap(({ roots }) => roots.map(({ document }) => document)),
  };
}

/** Whether some folder on the way is hidden or says that it is an archive: `.old/apps`, `_archive`. */
export function isPutAside(folder: string): boolean {
  return folder.split('/').some((segment) => /^(?:\..*|[_-]?(?:archived?|disabled|unused|deprecated))$/i.test(segment));
}

function appliesOthers(written: Written | undefined): boolean {
  return written?.built?.objects.some(({ value }) => isFluxKustomization(value)) === true;
}

function neededBy({ value, namespace }: Resource): string[] {
  return listAt(value, 'spec', 'dependsOn').map(
    (needed) => `${textAt(needed, 'namespace') ?? namespace}/${textAt(needed, 'name') ?? ''}`,
  );
}

function namesIn(document: SourceDocument): string[] {
  const resource = rootResource(document);
  return resource === undefined ? [] : [nameOf(resource)];
}

function nameOf({ namespace, name }: Resource): string {
  return `${namespace}/${name}`;
}

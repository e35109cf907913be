import { kustomizationNames } from '../systems/flux/kustomization-names';
import type { Build, BuiltObject } from '../tree/kustomize/built';
import { isPutAside } from '../tree/paths';
import type { SourceDocument, SourceTree } from '../tree/source/source';
import { isObject } from './identity';
import type { Resource } from './resource';
import { resourceOf } from './resource-of';
import type { RootGroup } from './root-groups';

/**
 * What whoever begins a cluster applies by hand: its first Kustomizations with their folder, be it what its kustomization.yaml lists
 * or, where it has none, all that is in it and that no Kustomization applies.
 *
 * @param applied what some Kustomization applies
 */
export function bootstrapObjects(
  { roots, folders }: RootGroup,
  tree: SourceTree,
  build: Build,
  applied: ReadonlySet<SourceDocument>,
): Resource[] {
  const isRoot = new Set(roots.map(({ document }) => document));
  const objects = folders.flatMap((folder) => {
    if (!hasKustomization(tree, folder)) return loose(tree, folder).filter(({ document }) => !applied.has(document));
    const { objects } = build(folder);
    return objects.some(({ document }) => isRoot.has(document)) ? objects : [];
  });
  const others = objects.flatMap(({ value, ...of }) => {
    if (isRoot.has(of.document)) return [];
    // Nobody knows what is filled in.
    return resourceOf(value, { ...of, uncertain: of.uncertain || of.document.file.text.includes('${') }) ?? [];
  });
  return [...roots, ...others];
}

/** The objects of a folder and of those below that are part of it; of the tree's own only those in it. */
function loose(tree: SourceTree, folder: string): BuiltObject[] {
  return (tree.list(folder) ?? []).flatMap(({ name, type }) => {
    const path = folder === '' ? name : `${folder}/${name}`;
    if (type === 'file') return (tree.files.get(path)?.documents ?? []).flatMap(written);
    return folder === '' || isPutAside(path) || hasKustomization(tree, path) ? [] : loose(tree, path);
  });
}

function written(document: SourceDocument): BuiltObject[] {
  const { value } = document;
  return isObject(value) ? [{ value, document, generated: false, uncertain: false }] : [];
}

function hasKustomization(tree: SourceTree, folder: string): boolean {
  return tree.list(folder)?.some(({ name }) => kustomizationNames.includes(name)) === true;
}

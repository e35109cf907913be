import type { Build, BuiltObject } from '../tree/kustomize/built';
import type { SourceDocument, SourceTree } from '../tree/source/source';
import { isFluxKustomization } from './flux-objects';
import { isObject } from './identity';
import { isPutAside } from './leftovers';
import type { Resource } from './resource';
import { folderOf } from './roots';
import { resourceOf } from './unfold';

/**
 * What lies beside first Kustomizations that nothing in the tree applies. Whoever applies those, by hand or by a FluxInstance in
 * the values of a chart, applies their folder: what its kustomization.yaml lists or, where it has none, all that is in it.
 *
 * @param applied what some Kustomization applies
 */
export function beside(
  roots: readonly SourceDocument[],
  tree: SourceTree,
  build: Build,
  applied: ReadonlySet<SourceDocument>,
): Resource[] {
  const isRoot = new Set(roots);
  const folders = new Set(roots.filter((root) => !applied.has(root)).map(folderOf));
  const objects = [...folders].flatMap((folder) => {
    if (!hasKustomization(tree, folder)) return loose(tree, folder);
    const { objects } = build(folder);
    return objects.some(({ document }) => isRoot.has(document)) ? objects : [];
  });
  return objects.flatMap(({ value, ...of }) => {
    const { document } = of;
    if (isRoot.has(document) || applied.has(document) || isFluxKustomization(value)) return [];
    // Nobody knows what is filled in.
    return resourceOf(value, { ...of, uncertain: of.uncertain || document.file.text.includes('${') }) ?? [];
  });
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
  return tree.list(folder)?.some(({ name }) => /^(?:kustomization\.ya?ml|Kustomization)$/.test(name)) === true;
}

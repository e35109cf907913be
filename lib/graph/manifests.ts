import { isKustomizationFile } from '../systems/flux/kustomization-names';
import type { Build } from '../tree/kustomize/built';
import { folderOf } from '../tree/paths';
import type { SourceTree } from '../tree/source/source';
import { isObject } from './identity';
import type { Resource } from './resource';
import { resourceOf } from './resource-of';

/** A set of manifests that no Kustomization of Flux applies. */
export interface Manifests {
  readonly name: string;
  readonly resources: readonly Resource[];
}

/**
 * The sets of manifests in a tree without Flux: each kustomization.yaml that no other refers to, built, and the rest together.
 */
export function manifests(tree: SourceTree, build: Build): Manifests[] {
  const folders = [...tree.files.values()]
    .filter(({ path }) => isKustomizationFile(path))
    .map(({ path }) => folderOf(path));
  const built = new Map(folders.map((folder) => [folder, build(folder)]));
  const taken = new Set<string>();
  const partOf = new Set<string>();
  for (const [folder, { files }] of built) {
    for (const path of files) {
      taken.add(path);
      if (isKustomizationFile(path) && folderOf(path) !== folder) partOf.add(folderOf(path));
    }
  }
  const sets: Manifests[] = [...built]
    .filter(([folder]) => !partOf.has(folder))
    .map(([folder, { objects }]) => ({
      name: folder,
      resources: objects.flatMap(({ value, ...of }) => resourceOf(value, of) ?? []),
    }));
  const rest = [...tree.files.values()]
    .filter(({ path }) => !taken.has(path))
    .flatMap(({ documents }) => documents)
    .flatMap((document) => (isObject(document.value) ? (resourceOf(document.value, { document }) ?? []) : []));
  return rest.length > 0 ? [...sets, { name: '', resources: rest }] : sets;
}

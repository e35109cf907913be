import { posix } from 'node:path';
import { isJsonObject } from '../json/json';
import { push } from '../text/group-by';
import { folderOf } from '../tree/paths';
import type { SourceDocument } from '../tree/source/source';
import type { Demotions } from './demotions';
import type { KustomizedFolder, ObjectFile, Survey } from './survey';

/** What may lie where constructs put it by themselves, rather than where it lies. */
export type Moving = ReadonlySet<ObjectFile | KustomizedFolder>;

/**
 * What nothing names but the kustomization.yaml that code makes for it, and is applied by a Kustomization of the tree: of others nobody
 * knows what finds them.
 *
 * @param mentions what else in the repository names a file, such as a workflow
 * @returns why others keep their places, too
 */
export function movable(
  { graph, files, folders }: Survey,
  demotions: Demotions,
  mentions: (path: string) => string | undefined,
): { readonly moving: Moving; readonly kept: ReadonlyMap<ObjectFile, string> } {
  const made = new Set(folders.filter((folder) => !demotions.has(folder)).map(({ document }) => document));
  const naming = new Map<string, string[]>();
  for (const document of new Set(graph.builds.flatMap(({ kustomizations }) => kustomizations))) {
    for (const path of namedIn(document, made.has(document))) push(naming, path, document.file.path);
  }
  const kept = new Map<ObjectFile, string>();
  for (const file of files) {
    const by = naming.get(file.path)?.[0] ?? mentions(file.path);
    if (by !== undefined) kept.set(file, `${by} names it`);
    else if (file.objects.some(({ resources }) => !resources.some(({ appliedBy }) => appliedBy)))
      kept.set(file, 'no Kustomization of the tree applies it');
  }
  return { moving: new Set([...files.filter((file) => !kept.has(file)), ...folders]), kept };
}

/** The paths that a kustomization.yaml names, but for the resources below its folder where code lists these. */
function namedIn({ value, file }: SourceDocument, isMade: boolean): string[] {
  const folder = folderOf(file.path);
  const { resources, ...others } = isJsonObject(value) ? value : {};
  const outside = (path: string) => !isMade || !path.startsWith(folder === '' ? '' : `${folder}/`);
  const resolved = (text: string) => posix.join(folder, text.replace(/^[^=/]*=/, ''));
  return [
    ...textsIn(others).map(resolved),
    ...textsIn(resources ?? [])
      .map(resolved)
      .filter(outside),
  ];
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

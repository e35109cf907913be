import { shownPath } from '../graph/shown-path';
import type { SourceTree } from '../tree/source/source';

/** A text without the folder that was asked for in its paths: of two folders that hold the same, it is the same. */
export function withoutFolder(text: string, tree: SourceTree): string {
  const folders = [shownPath(tree, tree.below).replace(/\/$/, ''), tree.below].filter((folder) => folder !== '');
  return folders.reduce((rest, folder) => rest.replace(inPaths(folder), ''), text);
}

/** The folder where a path begins, not amid one. */
function inPaths(folder: string): RegExp {
  return new RegExp(`(?<![\\w./-])${folder.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}/`, 'g');
}

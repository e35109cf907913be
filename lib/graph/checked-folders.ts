import type { SourceTree } from '../tree/source/source';

/**
 * The folders in which to look for what belongs to a tree and is no manifest: the one that holds all files that are checked, and
 * the one above it where it holds nothing but folders (`kubernetes/` beside `vault/`).
 */
export function checkedFolders(tree: SourceTree): readonly [string, ...string[]] {
  const folders = [...tree.files.keys()].map((path) => path.split('/').slice(0, -1));
  const shared = folders.reduce((a, b) => {
    const end = a.findIndex((segment, i) => segment !== b[i]);
    return end < 0 ? a : a.slice(0, end);
  }, folders[0] ?? []);
  const hasFiles = folders.some((folder) => folder.length === shared.length);
  return hasFiles || shared.length === 0 ? [shared.join('/')] : [shared.join('/'), shared.slice(0, -1).join('/')];
}

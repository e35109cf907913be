import { memoize } from '../text/memoize';
import { folderOf } from '../tree/paths';
import type { SourceTree } from '../tree/source/source';

/**
 * The folders in which to look for what belongs to a tree and is no manifest: the one that holds all files that are checked, and
 * the one above it where it holds nothing but folders (`kubernetes/` beside `vault/`).
 */
export const checkedFolders = memoize((tree: SourceTree): readonly [string, ...string[]] => {
  const [first = ''] = tree.files.keys();
  let shared = folderOf(first);
  for (const path of tree.files.keys())
    while (shared !== '' && !path.startsWith(`${shared}/`)) shared = folderOf(shared);
  const hasFiles = [...tree.files.keys()].some((path) => folderOf(path) === shared);
  return hasFiles || shared === '' ? [shared] : [shared, folderOf(shared)];
});

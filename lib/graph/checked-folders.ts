import type { SourceTree } from '../tree/source/source';

/**
 * The folders in which to look for what belongs to a tree and is no manifest: the one that holds all files that are checked, and
 * the one above it where it holds nothing but folders (`kubernetes/` beside `vault/`).
 */
export function checkedFolders(tree: SourceTree): readonly [string, ...string[]] {
  const known = foldersOf.get(tree);
  if (known !== undefined) return known;
  const [first = ''] = tree.files.keys();
  let shared = above(first);
  for (const path of tree.files.keys()) while (shared !== '' && !path.startsWith(`${shared}/`)) shared = above(shared);
  const hasFiles = [...tree.files.keys()].some((path) => above(path) === shared);
  const folders: [string, ...string[]] = hasFiles || shared === '' ? [shared] : [shared, above(shared)];
  foldersOf.set(tree, folders);
  return folders;
}

/** Found once: several rules ask. */
const foldersOf = new WeakMap<SourceTree, readonly [string, ...string[]]>();

function above(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

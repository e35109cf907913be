import type { SourceTree } from '../tree/source/source';

/** A Kustomization's path as the folder of its source that it names: no `./`, no `/` at either end; '' for the root. */
export function normalised(path: string): string | undefined {
  const segments: string[] = [];
  for (const segment of path.split('/')) {
    if (segment === '' || segment === '.') continue;
    if (segment === '..') {
      if (segments.pop() === undefined) return undefined;
    } else segments.push(segment);
  }
  return segments.join('/');
}

/** Tells which folder of the tree a Kustomization's path means. */
export type FolderOf = (path: string) => string | undefined;

/**
 * Kustomizations name folders from the root of their source: the repository, or the folder that was pushed as an artifact. What is
 * checked may be that root, a folder below it (`espalier check dist` where paths begin with `./dist`) or one above it. The
 * reading under which most paths exist is taken.
 */
export function sourceRoot(tree: SourceTree, paths: readonly string[]): FolderOf {
  // The root itself exists in every reading.
  const wanted = [...new Set(paths.flatMap((path) => normalised(path) || []))];
  let best: FolderOf = normalised;
  let most = -1;
  for (const reading of readings(tree, wanted)) {
    const hits = wanted.filter((path) => {
      const folder = reading(path);
      return folder !== undefined && tree.list(folder) !== undefined;
    }).length;
    if (hits > most) [best, most] = [reading, hits];
  }
  return best;
}

function* readings(tree: SourceTree, wanted: readonly string[]): Generator<FolderOf> {
  yield normalised;
  // The tree's own last segments, repeated by the paths: `dist` in ./dist/apps, checked as dist/.
  const above = tree.location.split('/').filter((segment) => segment !== '');
  for (let count = 1; count <= above.length; count += 1) {
    const prefix = above.slice(-count).join('/');
    if (wanted.some((path) => startsWith(path, prefix))) yield (path) => without(normalised(path), prefix);
  }
  // A folder of the tree as the root of an artifact: those above the files that are checked.
  for (const prefix of foldersAbove(tree)) yield (path) => join(prefix, normalised(path));
}

/** The folders above all files that are checked, and the first folders of the tree. */
function foldersAbove(tree: SourceTree): string[] {
  const folders = [...tree.files.keys()].map((path) => path.split('/').slice(0, -1));
  const common = folders.reduce((above, folder) => {
    const end = above.findIndex((segment, i) => segment !== folder[i]);
    return end < 0 ? above : above.slice(0, end);
  }, folders[0] ?? []);
  const ancestors = common.map((_, i) => common.slice(0, i + 1).join('/'));
  const first = new Set(folders.flatMap(([segment]) => segment ?? []));
  return [...new Set([...ancestors, ...[...first].sort()])];
}

function startsWith(path: string, prefix: string): boolean {
  return path === prefix || path.startsWith(`${prefix}/`);
}

function without(path: string | undefined, prefix: string): string | undefined {
  if (path === undefined || !startsWith(path, prefix)) return undefined;
  return path.slice(prefix.length + 1);
}

function join(prefix: string, path: string | undefined): string | undefined {
  if (path === undefined) return undefined;
  return path === '' ? prefix : `${prefix}/${path}`;
}

import { relative } from 'node:path';
import { newFoldersOf } from '../paths';
import { ignoredByGit, readStorage, resolveStart, rootAround } from './folder';
import { slashes } from './seen-from';
import type { SourceTree } from './source';
import { type Content, type Storage, sourceTree } from './storage';

/** A folder that is read again and again while somebody edits its files. */
export interface OpenFolder {
  /** The absolute path of the tree's root: of the Git work tree, where there is one. */
  readonly root: string;
  /**
   * The tree with the texts of an editor, by path below the root, in place of those on the disk or besides them, but for what Git
   * ignores. The disk is as it was last looked at. Files that say what they said before are the same objects. Paths are spoken of as they are below the root.
   */
  tree(texts: ReadonlyMap<string, string>): SourceTree;
  /** Has the disk looked at again. */
  forget(): void;
}

/**
 * Opens a folder, or one file.
 *
 * @param above as for readFolder
 * @throws EspalierError when there is no such folder or file
 */
export function openFolder(path: string, above = ''): OpenFolder {
  const { folder, file } = resolveStart(path);
  const root = rootAround(folder, above);
  const below = slashes(relative(root, file ?? folder));
  let disk: Storage | undefined;
  let listed: ReadonlySet<string> = new Set();
  /** Of files that the disk did not list, whether Git ignores them. */
  const ignored = new Map<string, boolean>();
  const added = (path: string): boolean => {
    if (listed.has(path)) return true;
    const known = ignored.get(path) ?? ignoredByGit(root, [path]).has(path);
    ignored.set(path, known);
    return !known;
  };
  return {
    root,
    tree: (texts) => {
      if (disk === undefined) {
        disk = remembered(readStorage(root, below, file !== undefined));
        listed = new Set(disk.paths);
        ignored.clear();
      }
      const laid = new Map([...texts].filter(([path]) => added(path)));
      return sourceTree(laidOver(disk, laid), { prefix: '', location: root, below });
    },
    forget: () => {
      disk = undefined;
    },
  };
}

/** Asks a storage for everything once. */
function remembered(storage: Storage): Storage {
  const contents = new Map<string, Content>();
  const there = new Map<string, boolean>();
  return {
    ...storage,
    read: (path) => {
      if (!contents.has(path)) contents.set(path, storage.read(path));
      return contents.get(path);
    },
    exists: (path, type) => {
      const key = `${type} ${path}`;
      const known = there.get(key) ?? storage.exists(path, type);
      there.set(key, known);
      return known;
    },
  };
}

function laidOver(disk: Storage, texts: ReadonlyMap<string, string>): Storage {
  const folders = new Set<string>();
  for (const path of texts.keys()) newFoldersOf(path, folders);
  return {
    ...disk,
    paths: [...new Set([...disk.paths, ...texts.keys()])],
    read: (path) => {
      const text = texts.get(path);
      return text === undefined ? disk.read(path) : Buffer.from(text);
    },
    exists: (path, type) => (type === 'file' ? texts.has(path) : folders.has(path)) || disk.exists(path, type),
  };
}

import { type Dirent, existsSync, type FSWatcher, lstatSync, readdirSync, type Stats, statSync, watch } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { EspalierError } from '../../errors';
import { ownershipFile } from '../../tree';
import type { LoadedFile } from './answer';
import { hashOf } from './hash';

/** Editors write a file in several steps, many files in one go: wait until nothing happened for so many milliseconds. */
const settled = 10;
/** A file that is gone or empty may be about to be written: a save in two steps takes a moment. */
const unfinished = 50;
/** How often a folder that is gone is looked for. */
const looking = 250;

/** Files that an app may be made of, where it is not known which they are. */
const source = /\.(?:[cm]?[jt]sx?|json)$/;
const elsewhere = /^(?:node_modules|\..*)$/;

/**
 * Says which files have another content than they had: saves that change nothing are not spoken of.
 *
 * Folders are watched rather than files, since many editors save by putting a new file in the old one's place.
 */
export class FileWatch {
  private readonly hashes = new Map<string, string | undefined>();
  private readonly folders = new Map<string, { readonly watcher: FSWatcher; readonly inode: number }>();
  private readonly lost = new Map<string, NodeJS.Timeout>();
  private readonly touched = new Set<string>();
  private timer: NodeJS.Timeout | undefined;
  private wide = false;
  private touchedAt = 0;

  /**
   * @param changed what changed, and when the first of it was noticed (performance.now)
   * @param failed what is to be said where folders cannot be watched
   */
  constructor(
    private readonly changed: (files: readonly string[], since: number) => void,
    private readonly failed: (error: EspalierError) => void,
  ) {}

  /** How many files are watched, without those that are not there. */
  get size(): number {
    return [...this.hashes.values()].filter((hash) => hash !== undefined).length;
  }

  /**
   * Watches files from now on. One that is another now than it was when it was loaded counts as changed.
   *
   * @param since so does one that changed after this (Date.now): something that began then may have seen it as it was before
   */
  add(files: readonly LoadedFile[], since = Number.POSITIVE_INFINITY): void {
    for (const [path, hash] of files) {
      if (!this.hashes.has(path)) this.hashes.set(path, isNewer(path, since) ? 'another one' : hash);
      this.watchFolder(dirname(path));
      // It may have changed before its folder was watched. What is known already stays, or its change would never be told.
      if (hashOf(path) !== this.hashes.get(path)) this.touch(path);
    }
  }

  /** Whether any source file below a folder counts, known or not: while main.ts cannot be loaded, what it lacks may be anywhere. */
  watchAll(folder: string, wide: boolean): void {
    this.wide = wide;
    // An output folder may hold thousands of folders, and no source.
    if (!wide || existsSync(join(folder, ownershipFile))) return;
    const entries = entriesOf(folder);
    if (entries === undefined) return;
    this.watchFolder(folder);
    for (const entry of entries) {
      if (entry.isDirectory() && !elsewhere.test(entry.name)) this.watchAll(join(folder, entry.name), true);
    }
  }

  close(): void {
    clearTimeout(this.timer);
    for (const timer of this.lost.values()) clearInterval(timer);
    for (const { watcher } of this.folders.values()) watcher.close();
  }

  private watchFolder(folder: string): void {
    if (this.folders.has(folder)) return;
    try {
      const watcher = watch(folder, (_event, name) => this.noticed(folder, name));
      watcher.on('error', () => this.lose(folder));
      this.folders.set(folder, { watcher, inode: statSync(folder).ino });
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      // Gone, or a file stands where a folder above it was.
      if (code === 'ENOENT' || code === 'ENOTDIR') return;
      this.failed(
        new EspalierError(`${folder} cannot be watched (${code ?? String(error)}).${remedies[code ?? ''] ?? ''}`),
      );
    }
  }

  private noticed(folder: string, name: string | null): void {
    const path = name === null ? undefined : join(folder, name);
    if (path !== undefined && this.hashes.has(path)) this.touch(path);
    else if (this.wide && path !== undefined && source.test(path)) this.touch(path);
    else if (this.wide && path !== undefined) this.watchNew(folder, path);
    // The folder itself was taken away, or is another one: a checkout does so.
    if (statOf(folder)?.ino !== this.folders.get(folder)?.inode) this.lose(folder);
  }

  /** A folder that came into being, by the time that this is known perhaps with files in it. */
  private watchNew(parent: string, path: string): void {
    if (this.folders.has(path) || elsewhere.test(basename(path))) return;
    if (!isFolder(path) || entriesOf(path) === undefined) return;
    if ([parent, path].some((folder) => existsSync(join(folder, ownershipFile)))) return;
    this.watchFolder(path);
    for (const { name } of entriesOf(path) ?? []) this.noticed(path, name);
  }

  private touch(path: string): void {
    if (this.touched.size === 0) this.touchedAt = performance.now();
    this.touched.add(path);
    this.wait(settled);
  }

  private wait(milliseconds: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.tell(), milliseconds);
  }

  private tell(): void {
    const paths = [...this.touched];
    const hashes = new Map(paths.map((path) => [path, hashOf(path)]));
    if (paths.some(isUnfinished) && performance.now() - this.touchedAt < unfinished) {
      this.wait(unfinished);
      return;
    }
    this.touched.clear();
    const changed = paths.filter((path) => hashes.get(path) !== this.hashes.get(path));
    for (const path of changed) this.hashes.set(path, hashes.get(path));
    if (changed.length > 0) this.changed(changed, this.touchedAt);
  }

  /** Looks for a folder until it is there again; its files may be others then. */
  private lose(folder: string): void {
    this.folders.get(folder)?.watcher.close();
    this.folders.delete(folder);
    if (this.lost.has(folder)) return;
    const look = () => {
      for (const path of this.hashes.keys()) if (dirname(path) === folder) this.touch(path);
      this.watchFolder(folder);
      if (!this.folders.has(folder)) return;
      clearInterval(this.lost.get(folder));
      this.lost.delete(folder);
    };
    this.lost.set(folder, setInterval(look, looking));
    look();
  }
}

const remedies: { readonly [code: string]: string } = {
  ENOSPC: ' Raise fs.inotify.max_user_watches (sysctl).',
  EMFILE: ' Raise fs.inotify.max_user_instances (sysctl), or how many files may be open (ulimit -n).',
};

/** What is in a folder; undefined for one that is gone or somebody else's. */
function entriesOf(folder: string): Dirent[] | undefined {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return undefined;
  }
}

/** A file in the place of a folder above it is an error to Node, also where a file that is not there is none. */
function statOf(path: string): Stats | undefined {
  try {
    return statSync(path);
  } catch {
    return undefined;
  }
}

/** Whether it is a folder, and no link to one. */
function isFolder(path: string): boolean {
  try {
    return lstatSync(path).isDirectory();
  } catch {
    return false;
  }
}

function isUnfinished(path: string): boolean {
  return (statOf(path)?.size ?? 0) === 0;
}

/** By the time that nothing sets back: a file put in place by renaming keeps the other. */
function isNewer(path: string, since: number): boolean {
  return (statOf(path)?.ctimeMs ?? 0) >= since;
}

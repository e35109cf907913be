import { randomBytes } from 'node:crypto';
import {
  type Dirent,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { lazy } from '../../text/memoize';
import { sha256 } from './pack';

/** What is kept, a folder each: archives by their digest, what sources were found to be, what charts render to. */
const kinds = ['archives', 'sources', 'rendered'] as const;
export type CacheKind = (typeof kinds)[number];

/** So many bytes are kept. */
const mostBytes = 1_000_000_000;

/** After so many bytes are written, what is there is counted again. */
const portion = 100_000_000;

/** Files that are looked at are younger than others; the clock need not be exact. */
const aDay = 86_400_000;

/**
 * The user's cache of charts: `$XDG_CACHE_HOME/espalier`, else where the system has such folders.
 */
export function defaultCacheFolder(env: NodeJS.ProcessEnv = process.env, platform = process.platform): string {
  // One that is not absolute does not count (XDG Base Directory Specification 0.8).
  if (env.XDG_CACHE_HOME && isAbsolute(env.XDG_CACHE_HOME)) return join(env.XDG_CACHE_HOME, 'espalier');
  if (platform === 'win32') return join(env.LOCALAPPDATA || join(homedir(), 'AppData', 'Local'), 'espalier');
  if (platform === 'darwin') return join(homedir(), 'Library', 'Caches', 'espalier');
  return join(homedir(), '.cache', 'espalier');
}

/**
 * Charts, and what became of them, from one run to the next. Several runs may share it: each file is put into its place whole. One
 * that is damaged counts for none, and a folder that cannot be written costs time alone: nothing here throws.
 */
export class ChartCache {
  private written = portion;

  constructor(readonly folder: string = defaultCacheFolder()) {}

  /** The path of an archive, which is what its digest says. */
  archive(digest: string): string | undefined {
    if (!/^sha256:[\da-f]{64}$/.test(digest)) return undefined;
    const path = this.archivePath(digest);
    const content = quietly(() => readFileSync(path));
    if (content === undefined || sha256(content) !== digest) return undefined;
    touch(path);
    return path;
  }

  /** Keeps an archive, for this run alone where the folder cannot be written. */
  keepArchive(content: Uint8Array): string {
    const digest = sha256(content);
    const path = this.archivePath(digest);
    if (this.put(path, content)) return path;
    const own = join(temporaryFolder(), `${digest.replace(':', '-')}.tgz`);
    writeFileSync(own, content, { mode: 0o600 });
    return own;
  }

  /** A text that was kept under a key. */
  read(kind: Exclude<CacheKind, 'archives'>, key: string): string | undefined {
    const content = quietly(() => readFileSync(this.textPath(kind, key), 'utf8'));
    if (content === undefined) return undefined;
    const end = content.indexOf('\n');
    const [mark, day] = content.slice(0, Math.max(end, 0)).split(' ');
    const text = content.slice(end + 1);
    if (mark !== markOf(key, text)) return undefined;
    // Its own day says when it was used last: to ask for the time of each file takes long.
    if (day !== this.today()) this.write(kind, key, text);
    return text;
  }

  write(kind: Exclude<CacheKind, 'archives'>, key: string, text: string): void {
    this.put(this.textPath(kind, key), `${markOf(key, text)} ${this.today()}\n${text}`);
  }

  private readonly today = lazy(() => new Date().toISOString().slice(0, 10));

  /** How many files there are, and bytes in them. */
  size(): { readonly files: number; readonly bytes: number } {
    const kept = this.kept();
    return { files: kept.length, bytes: sum(kept) };
  }

  /**
   * Deletes the files that were not looked at for longest, until no more than so many bytes are left.
   *
   * @returns what was deleted
   */
  prune(bytes: number = mostBytes): { readonly files: number; readonly bytes: number } {
    const kept = this.kept().sort((a, b) => a.used - b.used);
    let left = sum(kept);
    const deleted: Kept[] = [];
    for (const file of kept) {
      if (left <= bytes) break;
      rmSync(file.path, { force: true });
      left -= file.size;
      deleted.push(file);
    }
    return { files: deleted.length, bytes: sum(deleted) };
  }

  private archivePath(digest: string): string {
    return join(this.folder, 'archives', `${digest.replace(':', '-')}.tgz`);
  }

  private textPath(kind: CacheKind, key: string): string {
    return join(this.folder, kind, sha256(key).replace(':', '-'));
  }

  /** @returns whether it is there now */
  private put(path: string, content: Uint8Array | string): boolean {
    // Another run may read it now: it sees all of it or nothing.
    const half = `${path}.${process.pid}.${randomBytes(4).toString('hex')}`;
    try {
      mkdirSync(join(path, '..'), { recursive: true, mode: 0o700 });
      writeFileSync(half, content, { mode: 0o600 });
      renameSync(half, path);
    } catch {
      quietly(() => rmSync(half, { force: true }));
      return false;
    }
    this.written += content.length;
    if (this.written > portion) {
      this.written = 0;
      quietly(() => this.prune());
    }
    return true;
  }

  private kept(): Kept[] {
    return kinds.flatMap((kind) =>
      entriesOf(join(this.folder, kind)).flatMap(({ name }) => {
        if (!ownName.test(name)) return [];
        const path = join(this.folder, kind, name);
        const stats = statSync(path, { throwIfNoEntry: false });
        return stats?.isFile() ? [{ path, size: stats.size, used: stats.mtimeMs }] : [];
      }),
    );
  }
}

/** What stands before a text, and shows that it is whole. */
function markOf(key: string, text: string): string {
  return sha256(`${key}\n${text}`);
}

/** A file of the cache, or half of one that was not finished; others are not counted, and nobody's to delete. */
const ownName = /^sha256-[\da-f]{64}(?:\.tgz)?(?:\.\d+\.[\da-f]{8})?$/;

interface Kept {
  readonly path: string;
  readonly size: number;
  readonly used: number;
}

function sum(files: readonly Kept[]): number {
  return files.reduce((total, { size }) => total + size, 0);
}

function entriesOf(folder: string): Dirent[] {
  return quietly(() => (existsSync(folder) ? readdirSync(folder, { withFileTypes: true }) : [])) ?? [];
}

/** The time of an archive says when it was used last. */
function touch(path: string): void {
  quietly(() => {
    const now = new Date();
    if (now.getTime() - statSync(path).mtimeMs > aDay) utimesSync(path, now, now);
  });
}

function quietly<T>(action: () => T): T | undefined {
  try {
    return action();
  } catch {
    return undefined;
  }
}

let temporary: string | undefined;

/** A folder that goes with this process. */
function temporaryFolder(): string {
  if (temporary === undefined) {
    const made = mkdtempSync(join(tmpdir(), 'espalier-charts-'));
    process.once('exit', () => rmSync(made, { recursive: true, force: true }));
    temporary = made;
  }
  return temporary;
}

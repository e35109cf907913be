import { existsSync, type Stats } from 'node:fs';
import { join } from 'node:path';
import { count } from '../../text/count';
import { ownershipFile } from '../../tree/ownership';
import { entriesOf, statOf } from '../look';

/** Milliseconds between two looks; more where a look takes long, so that looking takes a fiftieth of the time at most. */
const pause = 50;
const share = 50;

/** Files that an app may be made of, where it is not known which they are. */
const source = /\.(?:[cm]?[jt]sx?|json)$/;
const elsewhere = /^(?:node_modules|\..*)$/;

/**
 * Tells which files changed, by looking at them again and again: that works for every editor and on every file system. A change is
 * told of at the first look that finds no other: editors write a file in several steps, many files in one go.
 */
export class WatchedFiles {
  /** Each file, and how it was seen last. */
  private seen = new Map<string, string>();
  private below: string | undefined;
  private changed = new Set<string>();
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly tell: (changed: readonly string[]) => void) {
    this.lookLater(0);
  }

  /** `12 files`, without those that are not there. */
  get count(): string {
    return count([...this.seen.keys()].filter((path) => existsSync(path)).length, 'file');
  }

  /**
   * Watches these files from now on and no others.
   *
   * @param options.below and every source file below this folder
   * @param options.since a file that is new here counts as changed if it changed after this (Date.now): who told of it may have seen it as it was before
   */
  watch(
    files: readonly string[],
    { below, since = Number.POSITIVE_INFINITY }: { below?: string; since?: number } = {},
  ): void {
    const before = this.seen;
    this.seen = new Map();
    this.below = below;
    for (const path of [...files, ...this.sources()]) {
      const stats = statOf(path);
      this.seen.set(path, before.get(path) ?? stateOf(stats));
      // The clock of files is some milliseconds late.
      if (!before.has(path) && (stats?.ctimeMs ?? Date.now()) >= since - 10) this.changed.add(path);
    }
  }

  end(): void {
    clearTimeout(this.timer);
  }

  private lookLater(took: number): void {
    this.timer = setTimeout(() => this.look(), Math.max(pause, took * share));
  }

  private look(): void {
    const begun = performance.now();
    let isCalm = true;
    for (const path of new Set([...this.seen.keys(), ...this.sources()])) {
      const state = stateOf(statOf(path));
      if (state === this.seen.get(path)) continue;
      this.seen.set(path, state);
      this.changed.add(path);
      isCalm = false;
    }
    this.lookLater(performance.now() - begun);
    if (!isCalm || this.changed.size === 0) return;
    const changed = [...this.changed];
    this.changed = new Set();
    this.tell(changed);
  }

  private sources(): string[] {
    return this.below === undefined ? [] : sourcesBelow(this.below);
  }
}

/** The source files below a folder, but for those of packages and hidden ones. */
export function sourcesBelow(folder: string): string[] {
  return entriesOf(folder).flatMap((entry) => {
    const path = join(folder, entry.name);
    // An output folder may hold thousands of folders, and no source.
    if (entry.isDirectory())
      return elsewhere.test(entry.name) || existsSync(join(path, ownershipFile)) ? [] : sourcesBelow(path);
    return source.test(entry.name) ? [path] : [];
  });
}

/** Differs when a file was written, replaced or deleted. */
function stateOf(stats: Stats | undefined): string {
  return stats === undefined ? 'gone' : `${stats.ino} ${stats.size} ${stats.mtimeMs}`;
}

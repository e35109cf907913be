import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, statSync, unlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Outcome } from '../constructs/output';
import type { CacheKey } from './cache-key';
import { statOf } from './look';

/** How many outcomes are kept: of several clusters, branches, settings. The oldest go. */
const mostKept = 20;

/** Of so many findings the next run is bound to find others. */
const mostCharacters = 4_000_000;

/**
 * What was found out of trees, kept in a folder from one run to the next. A folder that is not there, cannot be written or holds
 * something else costs a run its time and nothing more: nothing here throws.
 */
export class Cache {
  constructor(private readonly folder: string) {}

  /** The cache of the project of a file: where its packages are, as tools do; undefined where it has none. */
  static ofProject(file: string): Cache | undefined {
    for (let folder = dirname(file); ; folder = dirname(folder)) {
      const modules = join(folder, 'node_modules');
      if (statOf(modules)?.isDirectory()) return new Cache(join(modules, '.cache', 'cdk8s-espalier'));
      if (folder === dirname(folder)) return undefined;
    }
  }

  get(key: CacheKey): Outcome | undefined {
    try {
      return parseEntry(key, readFileSync(this.file(key), 'utf8'));
    } catch {
      return undefined;
    }
  }

  set(key: CacheKey, outcome: Outcome): void {
    try {
      const text = printEntry(key, outcome);
      if (text.length > mostCharacters) return;
      mkdirSync(this.folder, { recursive: true });
      // Another run may read it now: it sees all of it or nothing.
      const half = join(this.folder, `${key.hash}.${process.pid}`);
      writeFileSync(half, text);
      renameSync(half, this.file(key));
      this.dropOldest();
    } catch {
      // The next run finds it out again.
    }
  }

  /** Also what runs that were killed have left. */
  private dropOldest(): void {
    const kept = readdirSync(this.folder).map((name) => {
      const file = join(this.folder, name);
      return { file, written: statSync(file).mtimeMs };
    });
    kept.sort((a, b) => b.written - a.written);
    for (const { file } of kept.slice(mostKept)) unlinkSync(file);
  }

  private file({ hash }: CacheKey): string {
    return join(this.folder, `${hash}.json`);
  }
}

/** An outcome as it is cached under its key. Nothing in them is secret: they are what a run prints and writes. */
export function printEntry({ hash, tags }: CacheKey, { result, policies }: Outcome): string {
  // Nothing more than that: a result may know its rules, too.
  const found = result && { findings: result.findings, unknowns: result.unknowns, counts: result.counts };
  // A finding shows the lines around it, which may be those of an image.
  const showsTags = result !== undefined && result.findings.length > 0;
  const body = JSON.stringify({ tags: showsTags ? tags : undefined, result: found, policies });
  return `${digest(hash, body)}\n${body}`;
}

/** What is cached under a key; undefined for what is no longer as it was printed, or was never printed by this. */
export function parseEntry({ hash, tags }: CacheKey, text: string): Outcome | undefined {
  const end = text.indexOf('\n');
  const body = text.slice(end + 1);
  if (end < 0 || text.slice(0, end) !== digest(hash, body)) return undefined;
  const kept = JSON.parse(body) as Outcome & { readonly tags?: string };
  if (kept.tags !== undefined && kept.tags !== tags) return undefined;
  return { result: kept.result, policies: kept.policies };
}

function digest(hash: string, body: string): string {
  return createHash('sha256').update(`${hash}\n${body}`).digest('hex');
}

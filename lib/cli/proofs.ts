import {
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import type { Consequences } from '../report/output';
import { type ProofKey, parseProof, printProof } from '../report/proof';

/** How many trees' proofs are kept: of several clusters, branches, settings. The oldest go. */
const mostKept = 20;

/** Of a proof with so many findings the next is bound to differ. */
const mostCharacters = 4_000_000;

/**
 * What was found out of trees, kept in a folder from one run to the next. A folder that is not there, cannot be written or holds
 * something else costs a run its time and nothing more: nothing here throws.
 */
export class Proofs {
  constructor(private readonly folder: string) {}

  /** The proofs that the project of a file keeps: where its packages are, as tools do; undefined where it has none. */
  static besides(file: string): Proofs | undefined {
    for (let folder = dirname(file); ; folder = dirname(folder)) {
      const modules = join(folder, 'node_modules');
      if (isFolder(modules)) {
        return new Proofs(join(modules, '.cache', 'cdk8s-espalier'));
      }
      if (folder === dirname(folder)) return undefined;
    }
  }

  take(key: ProofKey): Consequences | undefined {
    try {
      const found = parseProof(key, readFileSync(this.file(key), 'utf8'));
      if (found !== undefined) this.touch(key);
      return found;
    } catch {
      return undefined;
    }
  }

  keep(key: ProofKey, consequences: Consequences): void {
    try {
      const text = printProof(key, consequences);
      if (text.length > mostCharacters) return;
      mkdirSync(this.folder, { recursive: true });
      // Another run may read it now: it sees all of it or nothing.
      const half = join(this.folder, `${key.premises}.${process.pid}`);
      writeFileSync(half, text);
      renameSync(half, this.file(key));
      this.dropOldest();
    } catch {
      // The next run finds it out again.
    }
  }

  /** The last used are kept longest. */
  private touch(key: ProofKey): void {
    const now = new Date();
    try {
      utimesSync(this.file(key), now, now);
    } catch {
      // Somebody else's folder, read all the same.
    }
  }

  /** Also what runs that were killed have left. */
  private dropOldest(): void {
    const kept = readdirSync(this.folder).map((name) => {
      const file = join(this.folder, name);
      return { file, used: statSync(file).mtimeMs };
    });
    kept.sort((a, b) => b.used - a.used);
    for (const { file } of kept.slice(mostKept)) unlinkSync(file);
  }

  private file({ premises }: ProofKey): string {
    return join(this.folder, `${premises}.json`);
  }
}

/** A link to itself, or a folder that is somebody else's, is an error to Node. */
function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}

import { join } from 'node:path';
import { ownershipFile, type Patched, patchTree } from '../../tree';
import { readRegular } from '../../tree/regular';
import type { Alone } from './answer';

/** Why nothing was written. */
export interface Impossible {
  /** A clause: `shop/app.yaml is not as espalier left it`. */
  readonly impossible: string;
}

/** What was written of parts alone since a whole run proved the tree, and how to go back to that. */
export class Unproven {
  /** By output folder and path, what the proven tree has; undefined where it has no such file. */
  private readonly proven = new Map<string, Map<string, string | undefined>>();
  private readonly names = new Set<string>();
  /** By output folder, the ownership file as it was left here: where it is another, somebody else has written since. */
  private readonly left = new Map<string, string>();

  /** The parts that were written. */
  get parts(): readonly string[] {
    return [...this.names];
  }

  /** A whole run has proven what is there. */
  clear(): void {
    this.proven.clear();
    this.names.clear();
    this.left.clear();
  }

  /**
   * Writes what a change of parts does, if each of the files holds what the parts alone made of it before.
   *
   * @throws EspalierError when another run is writing, or a folder cannot be written
   */
  write({ parts, folders }: Alone): Patched[] | Impossible {
    for (const { outdir, changes } of folders) {
      const other = changes.find(({ path, before }) => read(join(outdir, path)) !== before);
      if (other !== undefined)
        return { impossible: `${other.path} holds something else than what ${parts.join(', ')} alone made of it` };
    }
    // Also of what changed nothing: whether that is so is to be proven, too. First, for not all folders may be written.
    for (const name of parts) this.names.add(name);
    const done: Patched[] = [];
    for (const { outdir, changes } of folders) {
      if (changes.length === 0) continue;
      const patched = this.patch(outdir, new Map(changes.map(({ path, after }) => [path, after])));
      if ('impossible' in patched) return patched;
      done.push(patched);
      const proven = this.proven.get(outdir) ?? new Map<string, string | undefined>();
      this.proven.set(outdir, proven);
      for (const { path, before } of changes) if (!proven.has(path)) proven.set(path, before);
    }
    return done;
  }

  /** Puts the proven tree back. @throws EspalierError as write does */
  putBack(): Patched[] | Impossible {
    const done: Patched[] = [];
    for (const [outdir, files] of this.proven) {
      const patched = this.patch(outdir, files);
      if ('impossible' in patched) return patched;
      done.push(patched);
    }
    this.clear();
    return done;
  }

  private patch(outdir: string, files: ReadonlyMap<string, string | undefined>): Patched | Impossible {
    const ownership = this.left.get(outdir) ?? read(join(outdir, ownershipFile));
    if (ownership === undefined) return { impossible: `${ownershipFile} is missing` };
    const patched = patchTree(files, ownership, outdir);
    if (!('impossible' in patched)) this.left.set(outdir, patched.ownership);
    return patched;
  }
}

function read(path: string): string | undefined {
  try {
    return readRegular(path).toString('utf8');
  } catch {
    return undefined;
  }
}

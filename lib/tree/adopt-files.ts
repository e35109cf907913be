import { renameSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type MovedFile, ownershipFile, parseOwnership, printOwnership, synthesis, type Writer } from './ownership';
import { readOwnershipText, resolveFolder } from './read';
import { whileLocked } from './writing';

/**
 * Takes over files that people wrote: their lines come into the ownership file, in one step. The files stay as they are. As long as
 * they do, a tree that makes them may replace them; no write deletes them before that. What is Espalier's already stays so.
 *
 * @returns takes it back
 * @param hashes by path below the output folder, the SHA-256 of what was read there (see sha256)
 * @param moved those whose objects the tree has in other files: the write of that deletes them
 * @throws EspalierError when another run is writing, the ownership file cannot be read, or there is no such folder to write to
 */
export function adoptFiles(
  outdir: string,
  hashes: ReadonlyMap<string, string>,
  moved: ReadonlyMap<string, MovedFile> = new Map(),
  writer: Writer = synthesis,
): () => void {
  return whileLocked(resolveFolder(outdir) ?? outdir, outdir, writer, ({ root, staging }) => {
    const text = readOwnershipText(outdir);
    const before = parseOwnership(text ?? '', join(outdir, ownershipFile), writer);
    const adopted = new Map([...(before.adopted ?? []), ...[...hashes].filter(([path]) => !before.hashes.has(path))]);
    for (const path of moved.keys()) adopted.delete(path);
    const others = [...(before.moved ?? [])].filter(([path]) => !hashes.has(path));
    const after = { ...before, adopted, moved: new Map([...others, ...moved]) };
    writeFileSync(join(staging, 'final'), printOwnership(after));
    renameSync(join(staging, 'final'), join(root, ownershipFile));
    return () => {
      if (text === undefined) unlinkSync(join(root, ownershipFile));
      else writeFileSync(join(root, ownershipFile), text);
    };
  });
}

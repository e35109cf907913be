import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { git } from './git-process';

/**
 * A file that Git could not merge, where all that stands in its way are lines that both sides have added at the same place: those of
 * both, the side's that is checked out first.
 *
 * @returns undefined where there is no such conflict, or a side has changed or deleted what the other has, too
 */
export function mergedAdditions(path: string): string | undefined {
  const [ours, base, theirs] = [2, 1, 3].map((stage) => stageOf(path, stage));
  if (ours === undefined || base === undefined || theirs === undefined) return undefined;
  const folder = mkdtempSync(join(tmpdir(), 'espalier-merge-'));
  try {
    const files = Object.entries({ ours, base, theirs }).map(([name, text]) => {
      writeFileSync(join(folder, name), text);
      return name;
    });
    const merged = git(folder, ['merge-file', '-p', '--union', '-q', ...files]).output?.toString('utf8');
    return merged !== undefined && hasAllChanges(merged, { ours, base, theirs }) ? merged : undefined;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function stageOf(path: string, stage: number): string | undefined {
  return git(dirname(path), ['cat-file', 'blob', `:${stage}:./${basename(path)}`]).output?.toString('utf8');
}

/** Whether each line is there as often as both sides together have it more or less often than their base. */
function hasAllChanges(
  merged: string,
  { ours, base, theirs }: { readonly ours: string; readonly base: string; readonly theirs: string },
): boolean {
  const [inMerged, inOurs, inBase, inTheirs] = [merged, ours, base, theirs].map(countLines);
  const lines = new Set([merged, ours, base, theirs].flatMap((text) => text.split('\n')));
  const of = (counts: ReadonlyMap<string, number> | undefined, line: string) => counts?.get(line) ?? 0;
  return [...lines].every((line) => {
    const expected = of(inOurs, line) + of(inTheirs, line) - of(inBase, line);
    // A line that both have added may be there once.
    return of(inMerged, line) === expected || (expected > of(inBase, line) && of(inMerged, line) === expected - 1);
  });
}

function countLines(text: string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const line of text.split('\n')) counts.set(line, (counts.get(line) ?? 0) + 1);
  return counts;
}

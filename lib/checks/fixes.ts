import { push } from '../text/group-by';
import type { FileEdit, Finding, FindingFix, Result } from './finding';

/** A finding that has edits. */
export type Fixable = Finding & { readonly fix: FindingFix };

/** What is told of a finding whichever lines it is on. */
export function findingKey({ rule, file, object, message }: Finding): string {
  return JSON.stringify([rule, file, object, message]);
}

/**
 * The findings of which all edits can be made at once. Of two that touch each other the first counts: the other is found again.
 *
 * @param isRefused whether a finding is left alone
 * @param limit how many at most
 */
export function fixesAtOnce(
  findings: readonly Finding[],
  isRefused: (finding: Finding) => boolean,
  limit: number,
): readonly Fixable[] {
  const chosen: Fixable[] = [];
  const byFile = new Map<string, FileEdit[]>();
  for (const finding of findings) {
    const { fix } = finding;
    if (chosen.length >= limit) break;
    if (fix === undefined || fix.edits.length === 0 || isRefused(finding)) continue;
    const others = ({ file }: FileEdit) => byFile.get(file) ?? [];
    if (fix.edits.some((edit) => others(edit).some((other) => touch(edit, other) && !isSame(edit, other)))) continue;
    for (const edit of fix.edits) if (!others(edit).some((other) => isSame(edit, other))) push(byFile, edit.file, edit);
    chosen.push({ ...finding, fix });
  }
  return chosen;
}

function touch(a: FileEdit, b: FileEdit): boolean {
  return a.start.offset <= b.end.offset && b.start.offset <= a.end.offset;
}

function isSame(a: FileEdit, b: FileEdit): boolean {
  return a.start.offset === b.start.offset && a.end.offset === b.end.offset && a.text === b.text;
}

/** The edits of some findings by file, each once. */
export function editsOf(findings: readonly { readonly fix: FindingFix }[]): ReadonlyMap<string, readonly FileEdit[]> {
  const byFile = new Map<string, FileEdit[]>();
  for (const edit of findings.flatMap(({ fix }) => fix.edits)) {
    if (!byFile.get(edit.file)?.some((other) => isSame(edit, other))) push(byFile, edit.file, edit);
  }
  return byFile;
}

/** A file's bytes with edits of which none touches another. */
export function withEdits(bytes: Uint8Array, edits: readonly FileEdit[]): Buffer {
  const parts: Uint8Array[] = [];
  let from = 0;
  for (const { start, end, text } of [...edits].sort((a, b) => a.start.offset - b.start.offset)) {
    parts.push(bytes.subarray(from, start.offset), Buffer.from(text));
    from = end.offset;
  }
  return Buffer.concat([...parts, bytes.subarray(from)]);
}

/**
 * Whether the fixed findings are gone, and nothing is found that was not before; nor are they gone because nobody can judge them any
 * more. What nothing applied before does not count, nor what nobody could judge: it is what a folder holds, or brings, whose path was
 * misspelt.
 *
 * @param wasApplied whether something of a file was applied before
 */
export function isCleaner(
  before: Result,
  after: Result,
  fixed: readonly Finding[],
  wasApplied: (file: string) => boolean = () => true,
): boolean {
  const mine = new Set(fixed.map(kindOf));
  const unknown = new Set(before.notJudged.map(kindOf));
  const isKnown = (finding: Finding) => wasApplied(finding.file) && !unknown.has(kindOf(finding));
  const told = ({ findings, clusters }: Result, isMeant = (_: Finding) => true) =>
    findings.filter(isMeant).flatMap((finding) => inEachCluster(finding, clusters));
  const open = ({ notJudged }: Result) => notJudged.map(kindOf).filter((kind) => mine.has(kind));
  const [was, is] = [counted(before.findings.map(findingKey)), counted(after.findings.map(findingKey))];
  return (
    !isMore(told(after, isKnown), told(before)) &&
    !isMore(open(after), open(before)) &&
    [...counted(fixed.map(findingKey))].every(([key, count]) => (is.get(key) ?? 0) <= (was.get(key) ?? 0) - count)
  );
}

/** Whether one of the keys comes more often than before. */
function isMore(after: readonly string[], before: readonly string[]): boolean {
  const known = counted(before);
  return [...counted(after)].some(([key, count]) => count > (known.get(key) ?? 0));
}

/** Without the message, which names what is near: that, a fix may change. */
function kindOf({ rule, file, object }: Finding | Result['notJudged'][number]): string {
  return JSON.stringify([rule, file, object]);
}

/** What stands in a base of two clusters may be right for one, and wrong for the other. */
function inEachCluster(finding: Finding, all: readonly string[] = ['']): readonly string[] {
  const clusters = finding.clusters.length === 0 ? all : finding.clusters;
  return clusters.map((cluster) => `${cluster} ${finding.severity} ${kindOf(finding)}`);
}

function counted(keys: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}

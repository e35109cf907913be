import type { StructuredPatchHunk } from 'diff';
import type { Change, Plan } from './plan';
import { escapeUnprintable } from './yaml/characters';

/** How much of a diff is shown. */
export interface DiffOptions {
  /**
   * The number of lines after which the rest is counted instead.
   *
   * @default 500
   */
  readonly maximumLines?: number;
  /**
   * Whether the files are manifests, which may hold a Secret's values. Pages speak of Secrets, and hold none.
   *
   * @default true
   */
  readonly manifests?: boolean;
  /**
   * A file's text as it may be shown, of as many lines.
   *
   * @default - as it is
   */
  readonly mask?: (path: string, text: string) => string;
}

/**
 * What a write would change, as a unified diff: created, changed and pruned files by path. Empty when nothing would change.
 *
 * The content of a file that holds a Secret is never shown, on either side; nor is what is not text.
 */
export function diffPlan(plan: Pick<Plan, 'created' | 'changed' | 'pruned'>, options: DiffOptions = {}): string {
  const maximum = options.maximumLines ?? 500;
  const changes = [...plan.created, ...plan.changed, ...plan.pruned].sort((a, b) => (a.path < b.path ? -1 : 1));
  let lines = 0;
  let text = '';
  for (const [i, change] of changes.entries()) {
    if (lines >= maximum) {
      const left = changes.length - i;
      return `${text}… and ${left} more ${left === 1 ? 'file' : 'files'}\n`;
    }
    const all = diffChange(change, options).split('\n').slice(0, -1);
    const shown = all.slice(0, Math.max(maximum - lines, 3));
    const end = endsWithCrlf(change) ? '\r' : '';
    text += shown.map((line) => `${escaped(line, end)}\n`).join('');
    if (shown.length < all.length) text += `… ${all.length - shown.length} more lines of ${change.path}\n`;
    lines += shown.length;
  }
  return text;
}

/** Whether both sides have the line ends of Windows: who applies the diff needs them. Where they differ, they are seen. */
function endsWithCrlf({ before, after }: Change): boolean {
  return [before, after].every((text) => text?.includes('\r\n') ?? true);
}

function escaped(line: string, end: string): string {
  if (end === '' || !line.endsWith(end)) return escapeUnprintable(line);
  return escapeUnprintable(line.slice(0, -end.length)) + end;
}

function diffChange({ path, before, after }: Change, { manifests = true, mask }: DiffOptions): string {
  const from = before === undefined ? '/dev/null' : `a/${path}`;
  const to = after === undefined ? '/dev/null' : `b/${path}`;
  const hidden = [before, after].map((text) => whyHidden(text, manifests)).find((why) => why !== undefined);
  if (hidden !== undefined) return `--- ${from}\n+++ ${to}\n(${hidden})\n`;
  // A limit of edits, not of time: the same diff on every machine.
  const limits = { context: 3, maxEditLength: 1000 };
  const { structuredPatch } = require('diff') as typeof import('diff');
  const patch = structuredPatch(from, to, before ?? '', after ?? '', undefined, undefined, limits);
  const head = `--- ${from}\n+++ ${to}\n`;
  if (patch === undefined) return `${head}(nearly every line differs)\n`;
  const shown = (text = '') => (mask === undefined ? text : mask(path, text)).split('\n');
  const [old, now] = [shown(before), shown(after)];
  return head + patch.hunks.map((hunk) => hunkText(hunk, old, now)).join('');
}

/** Which lines differ is told by the texts themselves; what is seen of them, by what may be shown. */
function hunkText(
  { lines, oldStart, oldLines, newStart, newLines }: StructuredPatchHunk,
  old: readonly string[],
  now: readonly string[],
): string {
  let [was, is] = [oldStart - 1, newStart - 1];
  const shown = lines.map((line) => {
    const mark = line.charAt(0);
    if (mark === '\\') return line;
    const there = mark === '-' ? old[was] : now[is];
    if (mark !== '+') was += 1;
    if (mark !== '-') is += 1;
    const end = line.endsWith('\r') && there?.endsWith('\r') !== true ? '\r' : '';
    return `${mark}${there ?? ''}${end}`;
  });
  const range = (start: number, count: number) => `${count === 0 ? start - 1 : start},${count}`;
  return `@@ -${range(oldStart, oldLines)} +${range(newStart, newLines)} @@\n${shown.join('\n')}\n`;
}

/**
 * Told by words rather than by parsing: what is on disk may be no YAML at all, and to hide too much does no harm. ExternalSecret,
 * SecretStore and the like are other words.
 */
function whyHidden(text: string | undefined, manifests: boolean): string | undefined {
  if (text === undefined) return undefined;
  if (text.includes('\0')) return 'not text';
  return manifests && /\bSecret\b/.test(text) && /\b(?:data|stringData)\b/.test(text)
    ? "a Secret's content is not shown"
    : undefined;
}

import type { Danger } from '../../../changes/review';
import { type LimitedText, shorten } from '../../limited-text';
import { escapeMarkdown } from '../../markdown-text';

/** Seen at a glance; the word stands in the title. */
export const dangerSigns: Readonly<Record<Danger, string>> = {
  none: '⚪',
  low: '🟢',
  medium: '🟡',
  high: '🟠',
  critical: '🔴',
};

/** An item of a list, each line feed included: the first form for which there is room is written. */
export type Item = readonly [full: string, ...shorter: string[]];

export interface Section {
  /** In Markdown. */
  readonly title: string;
  readonly items: readonly Item[];
  /** How many characters it may take of the comment; what it leaves is the changes'. */
  readonly share: number;
  /** How many items are seen without unfolding the others. */
  readonly visible: number;
  /** What stands between title and items: the head of a table. */
  readonly lead?: string;
}

/** What folding costs, and the line that says how many items are missing. */
const folding = 200;

/**
 * Adds a section: its title always, its first items, others folded, and how many are missing.
 *
 * @returns how many of the items were written
 */
export function addSection(text: LimitedText, { title, items, share, visible, lead = '' }: Section): number {
  if (items.length === 0) return 0;
  text.end(`${text.gap}### ${title}\n\n${lead}`);
  let room = Math.min(share, text.room - folding);
  const add = (item: Item): boolean => {
    const form = item.find(({ length }) => length <= room);
    if (form === undefined) return false;
    room -= form.length;
    text.end(form);
    return true;
  };
  let written = 0;
  while (written < Math.min(visible, items.length) && add(items[written] as Item)) written++;
  if (written === visible && written < items.length) {
    const left = items.slice(written).map((item): Item => [item[item.length - 1] as string]);
    if (left.some(([{ length }]) => length <= room)) {
      text.end(`${text.gap}<details><summary>${visible === 0 ? 'show them' : `and ${left.length} more`}</summary>\n\n`);
      for (const item of left) {
        if (!add(item)) break;
        written++;
      }
      if (written < items.length) text.end(`${text.gap}… and ${items.length - written} more.\n`);
      text.end(`${text.gap}</details>\n\n`);
      return written;
    }
  }
  if (written < items.length) text.end(`${text.gap}… and ${items.length - written} more.\n`);
  return written;
}

/** Names on one line, at most so many. */
export function names(all: readonly string[], most: number): string {
  const shown = all.slice(0, most).map((name) => escapeMarkdown(shorten(name.trim(), 150)));
  const left = all.length - shown.length;
  return `${shown.join(', ')}${left > 0 ? ` and ${left} more` : ''}`;
}

/** A block within an item of a list. */
export function indented(text: string, columns: number): string {
  return text.replace(/^(?=.)/gm, ' '.repeat(columns));
}

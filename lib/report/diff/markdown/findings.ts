import type { Review } from '../../../changes/review';
import { type LimitedText, shorten } from '../../limited-text';
import { findingItem } from '../../markdown-finding';
import { code, withCode } from '../../markdown-text';
import { findingLists } from '../digest/findings';
import { addSection, type Item } from './section';

const shares = { found: 4000, fixed: 2000, 'no-longer-reported': 1000 } as const;

/** What the checks find now, and what they do not find any more. */
export function addFindings(text: LimitedText, review: Review, repository: string | undefined): void {
  for (const { id, title, findings } of findingLists(review)) {
    const items = findings.map((finding): Item => {
      const { file, line, column, message } = finding;
      const short = { ...finding, message: shorten(message, 500) };
      const place = code(`${shorten(file, 300)}:${line}:${column}`);
      // The lines of what is gone are the base's.
      return [findingItem(short, id === 'found' ? repository : undefined, place)];
    });
    addSection(text, { title, items, share: shares[id], visible: 8 });
  }
}

/** What could not be compared. */
export function addUnknown(text: LimitedText, { unknown }: Review): void {
  const items = unknown.map((sentence): Item => [`- ${withCode(shorten(sentence.trim(), 400))}\n`]);
  addSection(text, { title: 'Not compared', items, share: 2000, visible: 8 });
}

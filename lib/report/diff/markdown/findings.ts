import type { Review } from '../../../changes/review';
import type { Finding } from '../../../checks/finding';
import { type LimitedText, shorten } from '../../limited-text';
import { findingItem } from '../../markdown-finding';
import { code, withCode } from '../../markdown-text';
import { severities } from '../../summary';
import { addSection, type Item } from './section';

/** What the checks find now, and what they do not find any more. */
export function addFindings(
  text: LimitedText,
  { found, mended, noLongerReported }: Review,
  repository: string | undefined,
): void {
  add(text, 'Found by the checks', found, repository, 4000);
  // The lines of what is gone are the base's.
  add(text, 'Fixed', mended, undefined, 2000);
  add(text, 'No longer reported, because it is deleted', noLongerReported, undefined, 1000);
}

function add(
  text: LimitedText,
  title: string,
  those: readonly Finding[],
  repository: string | undefined,
  share: number,
): void {
  addSection(text, {
    title: `${title}: ${severities(those)}`,
    items: those.map((finding): Item => {
      const { file, line, column, message } = finding;
      const short = { ...finding, message: shorten(message, 500) };
      return [findingItem(short, repository, code(`${shorten(file, 300)}:${line}:${column}`))];
    }),
    share,
    visible: 8,
  });
}

/** What could not be compared. */
export function addUnknown(text: LimitedText, { unknown }: Review): void {
  const items = unknown.map((sentence): Item => [`- ${withCode(shorten(sentence.trim(), 400))}\n`]);
  addSection(text, { title: 'Not compared', items, share: 2000, visible: 8 });
}

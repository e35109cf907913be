import type { Review } from '../../../changes/review';
import { inline } from '../../../graph/masking/printable';
import { type Page, paragraph, type Style } from '../../page';
import { type FindingList, findingLists } from '../digest/findings';
import { heading } from './headline';

const styles: Readonly<Record<FindingList['id'], Style>> = {
  found: 'red',
  fixed: 'green',
  'no-longer-reported': 'dim',
};

/** What the checks find now, and what they do not find any more. */
export function checksSection(review: Review, page: Page): string[][] {
  return findingLists(review).map(({ id, title, findings }) => [
    heading(title, page),
    ...findings.flatMap(({ severity, file, line, column, message, rule }) => {
      const text = `${inline(file)}:${line}:${column} ${inline(message)} ${inline(rule)}`;
      const [first, ...rest] = paragraph(text, page, 4, severity.length - 1);
      return [`  ${page.paint(styles[id], severity)} ${first}`, ...rest];
    }),
  ]);
}

/** What could not be compared. */
export function unknownSection({ unknown }: Review, page: Page): string[][] {
  if (unknown.length === 0) return [];
  return [
    unknown.flatMap((sentence) => {
      const lead = 'Not compared:';
      const [first, ...rest] = paragraph(inline(sentence), page, 2, lead.length - 1);
      return [`${page.paint('yellow', lead)} ${first}`, ...rest];
    }),
  ];
}

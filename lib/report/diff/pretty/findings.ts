import type { Review } from '../../../changes/review';
import type { Finding } from '../../../checks/finding';
import { inline } from '../../../graph/masking/printable';
import { type Page, paragraph, type Style } from '../../page';
import { severities } from '../../summary';
import { heading } from './headline';

/** What the checks find now, and what they do not find any more. */
export function checksSection({ found, mended, noLongerReported }: Review, page: Page): string[][] {
  return [
    ...findings('Found', found, 'red', page),
    ...findings('Fixed', mended, 'green', page),
    ...findings('No longer reported, because it is deleted', noLongerReported, 'dim', page),
  ];
}

function findings(title: string, those: readonly Finding[], style: Style, page: Page): string[][] {
  if (those.length === 0) return [];
  return [
    [
      heading(`${title}: ${severities(those)}`, page),
      ...those.flatMap(({ severity, file, line, column, message, rule }) => {
        const text = `${inline(file)}:${line}:${column} ${inline(message)} ${inline(rule)}`;
        const [first, ...rest] = paragraph(text, page, 4, severity.length - 1);
        return [`  ${page.paint(style, severity)} ${first}`, ...rest];
      }),
    ],
  ];
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

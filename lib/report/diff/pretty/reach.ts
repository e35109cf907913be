import type { Review } from '../../../changes/review';
import { inline } from '../../../graph/masking/printable';
import { count } from '../../../text/count';
import { type Page, paragraph } from '../../page';
import { imagesOf, imageTexts } from '../digest/images';
import { blastRows } from '../digest/reach';
import { heading } from './headline';

/** Images that change, each once. */
export function imagesSection(review: Review, page: Page): string[][] {
  const images = imagesOf(review);
  if (images.length === 0) return [];
  return [
    [
      heading('Images', page),
      ...images.flatMap((group) => {
        const { name, before, after } = imageTexts(group);
        const from = before === undefined ? 'new' : page.paint('red', inline(before));
        const to = after === undefined ? 'gone' : page.paint('green', inline(after));
        return [
          `  ${name === undefined ? '' : `${inline(name)} `}${before === undefined ? to : from} ${before === undefined ? `(${from})` : after === undefined ? `(${to})` : `→ ${to}`}`,
          `      ${paragraph(group.users.map(inline).join(', '), page, 6).join('\n')}`,
        ];
      }),
    ],
  ];
}

/** Who waits for what changes, and who reads it. */
export function blastSection(review: Review, page: Page): string[][] {
  const lines = blastRows(review).flatMap(({ name, changes, waiting, dependents, readers }) => [
    `  ${paragraph(`${inline(name)}, in which ${count(changes, 'object')} ${changes === 1 ? 'differs' : 'differ'}`, page, 4, -2).join('\n')}`,
    ...[...(waiting === '' ? [] : [`${waiting}: ${dependents.join(', ')}`]), ...readers].map(
      (text) => `      ${paragraph(inline(text), page, 6).join('\n')}`,
    ),
  ]);
  return lines.length === 0 ? [] : [[heading('Blast radius', page), ...lines]];
}

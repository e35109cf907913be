import type { Review } from '../../../changes/review';
import { inline } from '../../../graph/masking/printable';
import { count } from '../../../text/count';
import { type Page, paragraph } from '../../page';
import { imagesOf, imageTexts } from '../digest/images';
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
export function blastSection({ clusters }: Review, page: Page): string[][] {
  const lines = clusters.flatMap(({ name, blast }) =>
    blast
      .filter(({ dependents, readers }) => dependents.length + readers.length > 0)
      .flatMap(({ kustomization, changes, dependents, readers }) => {
        const where = clusters.length > 1 ? `${inline(name)}: ` : '';
        const waiting = dependents.map(inline).join(', ');
        return [
          `  ${paragraph(`${where}${inline(kustomization)}, in which ${count(changes, 'object')} ${changes === 1 ? 'differs' : 'differ'}`, page, 4, -2).join('\n')}`,
          ...(dependents.length === 0
            ? []
            : [
                `      ${paragraph(`${count(dependents.length, 'Kustomization')} waiting for it: ${waiting}`, page, 6).join('\n')}`,
              ]),
          ...readers.map((reader) => `      ${paragraph(inline(reader), page, 6).join('\n')}`),
        ];
      }),
  );
  return lines.length === 0 ? [] : [[heading('Blast radius', page), ...lines]];
}

import type { Danger, Review } from '../../../changes/review';
import { inline } from '../../../graph/masking/printable';
import { type Page, paragraph, type Style } from '../../page';
import { clusterRows, emptyText, isEmpty } from '../digest/clusters';
import { effectsByKind, sentencesOf } from '../digest/effects';
import { reachOf } from '../digest/reach';

export const dangerStyles: Readonly<Record<Danger, Style>> = {
  none: 'dim',
  low: 'green',
  medium: 'yellow',
  high: ['bold', 'red'],
  critical: ['bold', 'inverse', 'red'],
};

/** A heading of the report. */
export function heading(text: string, page: Page): string {
  return page.paint(['bold', 'underline'], text);
}

/** How dangerous, how much and what between; of a change without one, a sentence. */
export function headline(review: Review, page: Page): string[] {
  const { clusters, danger } = review;
  const base = inline(review.base);
  const head = inline(review.head);
  const level = `${page.paint('bold', 'Danger:')} ${page.paint(dangerStyles[danger], danger)}`;
  if (isEmpty(review)) {
    const told = paragraph(emptyText(review, ` between ${base} and ${head}`), page, 0);
    return danger === 'none' ? told : [level, ...told];
  }
  const { todo, happens } = sentencesOf(effectsByKind(review));
  const summary = `${todo} ${happens}`.trim();
  return [
    level,
    ...paragraph(`From ${base} to ${head}.`, page, 0),
    ...(summary === '' ? [] : paragraph(summary, page, 0)),
    ...reachOf(review).flatMap((sentence) => paragraph(inline(sentence), page, 0)),
    ...clusterRows(review).flatMap(({ name, danger, counts }) =>
      paragraph(`${inline(name)}: ${clusters.length > 1 ? `${danger}; ` : ''}${counts}`, page, 2),
    ),
  ];
}

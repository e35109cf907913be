import type { Review } from '../../../changes/review';
import { inline } from '../../../graph/masking/printable';
import { count } from '../../../text/count';
import { item, type Page, paragraph } from '../../page';
import { changeCounts, typeTexts } from '../digest/changes';
import { chartGroups, chartTitle, folded, foldedName } from '../digest/charts';
import { fieldLines, heading } from './parts';

/** What upgrades do, in a sentence each. */
export function chartLines(review: Review, page: Page): string[] {
  return chartGroups(review).flatMap((group) => {
    const [what, where] = chartTitle(group);
    return item(page.paint('bold', inline(what)), inline(`${where.trim()}: ${group.summary.join('; ')}.`), page, 0);
  });
}

/** What charts make that differs, equal changes once. */
export function chartsSection(review: Review, page: Page): string[][] {
  return chartGroups(review)
    .filter(({ changes }) => changes.length > 0)
    .map((group) => [
      `${heading(inline(chartTitle(group).join('')), page)} ${changeCounts(group.changes)}`,
      ...folded(group.changes).flatMap((one) => [
        ...item(typeTexts[one.type], inline(foldedName(one)), page, 2),
        ...(one.objects.length === 1
          ? []
          : [`    ${page.paint('dim', paragraph(inline(one.objects.join(', ')), page, 4).join('\n'))}`]),
        ...one.fields.flatMap((field) => fieldLines(field, page)),
        ...(one.left === 0 ? [] : [`    … and ${count(one.left, 'other field')}`]),
      ]),
    ]);
}

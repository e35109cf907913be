import type { Review } from '../../../changes/review';
import { count } from '../../../text/count';
import { shorten } from '../../limited-text';
import { code, escapeMarkdown, fenced, withCode } from '../../markdown-text';
import { changeCounts, typeTexts } from '../digest/changes';
import { type ChartGroup, chartGroups, chartTitle, type Folded, folded, foldedName } from '../digest/charts';
import { fieldLines, type Level, objectLines, type Part } from './changes';
import { dangerSigns, names } from './section';

/** Charts that the first lines tell of; the others are counted, and stand below. */
const fewCharts = 3;
const longestLine = 700;

/** What upgrades do, in a line each: what a reviewer of a new version wants to know first. */
export function chartLines(review: Review): readonly string[] {
  const groups = chartGroups(review);
  if (groups.length === 0) return [];
  const lines = groups.slice(0, fewCharts).map((group) => {
    const [what, where] = chartTitle(group);
    const summary = withCode(shorten(group.summary.join('; '), longestLine));
    return `- ${dangerSigns[group.danger]} <b>${escapeMarkdown(shorten(what, 150))}</b>${escapeMarkdown(shorten(where, 150))}: ${summary}.\n`;
  });
  const left = groups.slice(fewCharts);
  const more =
    left.length === 0
      ? ''
      : `- … and ${count(left.length, 'other upgrade')}: ${names(
          left.map((group) => chartTitle(group)[0]),
          8,
        )}.\n`;
  return [`${lines.join('')}${more}`];
}

/** Every chart whose objects differ, equal changes once. */
export function chartParts(review: Review): readonly Part[] {
  return chartGroups(review)
    .filter(({ changes }) => changes.length > 0)
    .map((group) => ({ changes: group.changes, textOf: (level) => textOf(group, level) }));
}

function textOf(group: ChartGroup, level: Level): string {
  const [what, where] = chartTitle(group);
  const title = `<b>${escapeMarkdown(shorten(what, 150))}</b>${escapeMarkdown(shorten(where, 150))}`;
  const counts = changeCounts(group.changes);
  if (level === 'counts') return `- ${title}: ${counts}\n`;
  const body =
    level === 'objects'
      ? objectLines(group.changes)
      : folded(group.changes)
          .map((one) => foldedText(one, level))
          .join('\n');
  return `<details><summary>${title}: ${counts}</summary>\n\n${releases(group)}${body}\n</details>\n\n`;
}

function releases({ releases: all }: ChartGroup): string {
  return all.length < 2 ? '' : `${names(all, 100)}\n\n`;
}

/** Objects whose names are seen. */
const fewNames = 3;

function foldedText(one: Folded, level: 'full' | 'cut' | 'paths'): string {
  const { type, objects, fields, left } = one;
  if (objects.length > 1 && fields.length === 0)
    return `<b>${typeTexts[type]} ${escapeMarkdown(foldedName(one))}</b>: ${names(objects, 40)}\n`;
  const others = objects.length === 1 ? '' : `: ${names(objects, fewNames)}`;
  const title = `<b>${typeTexts[type]} ${escapeMarkdown(foldedName(one))}</b>${others}\n`;
  const more = left === 0 ? '' : `… and ${count(left, 'other field')}\n`;
  if (level === 'paths')
    return `- ${title.trimEnd()} ${fields
      .slice(0, 10)
      .map(({ path }) => code(shorten(path, 100)))
      .join(', ')}\n`;
  const lines = fields.flatMap((field) => fieldLines(field, level));
  return [title, ...(lines.length === 0 ? [] : [`${fenced(lines, 'diff')}\n`]), ...(more === '' ? [] : [more])].join(
    '\n',
  );
}

import type { Change, FieldChange } from '../../../changes/review';
import { inline } from '../../../graph/masking/printable';
import { groupBy } from '../../../text/group-by';
import { shorten } from '../../limited-text';
import { code, escapeMarkdown, fenced, linked, withCode } from '../../markdown-text';
import { uriOf } from '../../uri';
import { type ChangesOfKustomization, changeCounts, nameOf, typeTexts, whereaboutsOf } from '../digest/changes';
import { markedLines } from '../digest/fields';
import { names } from './section';
import { dangerSigns } from './top';

/** How much is told of changes: all; long values cut; fields by their paths alone; objects alone; counts. */
export type Level = 'full' | 'cut' | 'paths' | 'objects' | 'counts';

/** Those that tell of every object, the richest first. */
export const levels: readonly Level[] = ['full', 'cut', 'paths', 'objects'];

/** What one Kustomization applies that differs. */
export function textOf(group: ChangesOfKustomization, level: Level, repository: string | undefined): string {
  const name = escapeMarkdown(shorten(nameOf(group), 200));
  const counts = changeCounts(group.changes);
  if (level === 'counts') return `- ${name}: ${counts}\n`;
  const body = level === 'objects' ? objectLines(group.changes) : changeTexts(group.changes, level, repository);
  return `<details><summary><b>${name}</b>: ${counts}</summary>\n\n${body}\n</details>\n\n`;
}

function objectLines(changes: readonly Change[]): string {
  return [...groupBy(changes, ({ type }) => type)]
    .map(
      ([type, those]) =>
        `- ${typeTexts[type]}: ${names(
          those.map(({ object }) => object),
          Number.POSITIVE_INFINITY,
        )}\n`,
    )
    .join('');
}

function changeTexts(
  changes: readonly Change[],
  level: 'full' | 'cut' | 'paths',
  repository: string | undefined,
): string {
  if (level === 'paths') return changes.map(pathLine).join('');
  return changes.map((change) => changeText(change, level, repository)).join('\n');
}

function pathLine({ type, object, fields }: Change): string {
  const paths = fields.slice(0, 10).map(({ path }) => code(shorten(path, 100)));
  const left = fields.length - paths.length;
  const what = paths.length === 0 ? '' : `: ${paths.join(', ')}${left > 0 ? ` and ${left} more` : ''}`;
  return `- **${typeTexts[type]}** ${escapeMarkdown(shorten(object, 150))}${what}\n`;
}

function changeText(change: Change, level: 'full' | 'cut', repository: string | undefined): string {
  const { type, object, fields, effects } = change;
  const where = whereaboutsOf(change).map((place) => placeText(change, place, repository));
  const lines = fields.flatMap((field) => fieldLines(field, level));
  const effectItems = effects.map(({ danger, object: whom, message, held }) => {
    const who = whom === object ? '' : `${escapeMarkdown(whom)} `;
    return `- ${dangerSigns[danger]} ${who}${withCode(message)}${held === undefined ? '' : ` (not yet: ${withCode(held)})`}\n`;
  });
  return [
    `<b>${typeTexts[type]} ${escapeMarkdown(object)}</b> ${where.join(', ')}\n`,
    ...(effectItems.length === 0 ? [] : [effectItems.join('')]),
    ...(lines.length === 0 ? [] : [`${fenced(lines, 'diff')}\n`]),
  ].join('\n');
}

/** Where it is written; linked where a repository shows the file and the change leaves it there. */
function placeText({ after }: Change, place: string, repository: string | undefined): string {
  if (repository === undefined || place !== after?.file) return code(place);
  return linked(code(place), repository, uriOf(place));
}

/** Of each of what was and what is. */
const cutLines = 6;
const cutColumns = 120;

/** As in a unified diff, which has colours: the path where that has line numbers. */
function fieldLines(field: FieldChange, level: 'full' | 'cut'): string[] {
  const path = inline(field.path);
  const lines = markedLines(field);
  if (level === 'full') return [`@@ ${path} @@`, ...lines.map(({ mark, text }) => `${mark}${text}`)];
  // Of a difference, its start; of values, that of each.
  const parts =
    field.lines === undefined
      ? (['-', '+'] as const).map((mark) => lines.filter((line) => line.mark === mark))
      : [lines];
  return [
    `@@ ${shorten(path, cutColumns)} @@`,
    ...parts.flatMap((part) => {
      const most = field.lines === undefined ? cutLines : cutLines * 2;
      const left = part.length - most;
      const mark = field.lines === undefined ? part[0]?.mark : ' ';
      return [
        ...part.slice(0, most).map((line) => shorten(`${line.mark}${line.text}`, cutColumns)),
        ...(left > 0 ? [`${mark}… and ${left} more ${left === 1 ? 'line' : 'lines'}`] : []),
      ];
    }),
  ];
}

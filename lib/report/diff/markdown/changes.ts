import type { Change, FieldChange, Review } from '../../../changes/review';
import { inline } from '../../../graph/masking/printable';
import { groupBy } from '../../../text/group-by';
import { type LimitedText, shorten } from '../../limited-text';
import { code, escapeMarkdown, fenced, linked, withCode } from '../../markdown-text';
import { uriOf } from '../../uri';
import {
  type ChangesOfKustomization,
  changeCounts,
  changesByKustomization,
  markedLines,
  nameOf,
  typeTexts,
  whereaboutsOf,
} from '../digest/changes';
import { dangerSigns, names } from './section';

/** A part of the changes, in as much detail as is asked for. */
export interface Part {
  readonly changes: readonly Change[];
  textOf(level: Level): string;
}

/** Every change folded by chart or Kustomization, in as much detail as all of them have room for; else names of some, then counts. */
export function addChanges(
  text: LimitedText,
  review: Review,
  repository: string | undefined,
  charts: readonly Part[],
): void {
  const groups = changesByKustomization(review);
  const parts = [
    ...headed('### Changes by chart', charts),
    ...headed(
      '### Changes by Kustomization',
      groups.map((group) => ({ changes: group.changes, textOf: (level) => textOf(group, level, repository) })),
    ),
  ];
  if (parts.length === 0) return;
  text.end(text.gap);
  const all = (level: Level) => {
    let { room } = text;
    const texts: string[] = [];
    for (const part of parts) {
      const one = part.textOf(level);
      room -= one.length;
      if (room < 0) return undefined;
      texts.push(one);
    }
    return texts;
  };
  for (const level of levels) {
    const texts = all(level);
    if (texts === undefined) continue;
    for (const part of texts) text.end(part);
    return;
  }

  // Not even all names: of the first ones, and how much differs in the others.
  const counts = parts.map((part) => part.textOf('counts'));
  let rest = counts.reduce((sum, { length }) => sum + length, 0);
  const left: Change[] = [];
  for (const [i, part] of parts.entries()) {
    const short = counts[i] as string;
    rest -= short.length;
    const named = part.textOf('objects');
    const isWritten = named.length + rest <= text.room ? text.add(named) : text.add(short);
    if (!isWritten) left.push(...part.changes);
  }
  if (left.length > 0) {
    const more = left.length === 1 ? 'object' : 'objects';
    text.end(`${text.gap}… and ${left.length} more ${more}: ${changeCounts(left)}.\n`);
  }
}

/** With a heading over the first. */
function headed(heading: string, parts: readonly Part[]): readonly Part[] {
  return parts.map((part, i) =>
    i === 0 ? { ...part, textOf: (level) => `${heading}\n\n${part.textOf(level)}` } : part,
  );
}

/** How much is told of changes: all; long values cut; fields by their paths alone; objects alone; counts. */
export type Level = 'full' | 'cut' | 'paths' | 'objects' | 'counts';

/** Those that tell of every object, the richest first. */
const levels: readonly Level[] = ['full', 'cut', 'paths', 'objects'];

/** What one Kustomization applies that differs. */
function textOf(group: ChangesOfKustomization, level: Level, repository: string | undefined): string {
  const name = escapeMarkdown(shorten(nameOf(group), 200));
  const counts = changeCounts(group.changes);
  if (level === 'counts') return `- ${name}: ${counts}\n`;
  const body = level === 'objects' ? objectLines(group.changes) : changeTexts(group.changes, level, repository);
  return `<details><summary><b>${name}</b>: ${counts}</summary>\n\n${body}\n</details>\n\n`;
}

export function objectLines(changes: readonly Change[]): string {
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
    return `- ${dangerSigns[danger]} ${who}${held === undefined ? '' : `(not yet: ${withCode(held)}) `}${withCode(message)}\n`;
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
export function fieldLines(field: FieldChange, level: 'full' | 'cut'): string[] {
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

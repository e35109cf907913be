import type { Change, FieldChange, Review } from '../../../changes/review';
import { inline } from '../../../graph/masking/printable';
import { type Page, paragraph, type Style } from '../../page';
import { changeCounts, changesByKustomization, nameOf, typeTexts, whereaboutsOf } from '../digest/changes';
import { type MarkedLine, markedLines } from '../digest/fields';
import { dangerStyles, heading } from './headline';

const typeStyles: Readonly<Record<Change['type'], Style>> = {
  created: 'green',
  changed: 'yellow',
  moved: 'cyan',
  deleted: 'red',
};

const markStyles: Readonly<Record<MarkedLine['mark'], Style | undefined>> = {
  '+': 'green',
  '-': 'red',
  ' ': undefined,
};

/** Every change with its fields, by Kustomization. */
export function changesSection(review: Review, page: Page): string[][] {
  return changesByKustomization(review).map((group) => [
    `${heading(inline(nameOf(group)), page)} ${changeCounts(group.changes)}`,
    ...group.changes.flatMap((change) => changeLines(change, page)),
  ]);
}

function changeLines(change: Change, page: Page): string[] {
  const [first, ...rest] = paragraph(inline(change.object), page, 4, typeTexts[change.type].length - 1);
  return [
    `  ${page.paint(typeStyles[change.type], typeTexts[change.type])} ${first}`,
    ...rest,
    ...whereaboutsOf(change).map((text) => `    ${page.paint('dim', paragraph(inline(text), page, 4).join('\n'))}`),
    ...change.effects.flatMap(({ danger, object, message, held }) => {
      const who = object === change.object ? '' : `${inline(object)} `;
      const text = `${who}${inline(message)}${held === undefined ? '' : ` (not yet: ${inline(held)})`}`;
      const [line, ...more] = paragraph(text, page, 6, danger.length - 1);
      return [`    ${page.paint(dangerStyles[danger], danger)} ${line}`, ...more];
    }),
    ...change.fields.flatMap((field) => fieldLines(field, page)),
  ];
}

/** The field's path, and what it was and is: removed lines red, added ones green. */
function fieldLines(field: FieldChange, page: Page): string[] {
  const note = field.type === 'changed' ? '' : ` (${field.type})`;
  return [
    `    ${inline(field.path)}${page.paint('dim', note)}`,
    ...markedLines(field).map(({ mark, text }) => {
      const style = markStyles[mark];
      const line = `${mark} ${text}`.trimEnd();
      return `      ${style === undefined ? line : page.paint(style, line)}`;
    }),
  ];
}

import type { Review } from '../../../changes/review';
import { inline } from '../../../graph/masking/printable';
import { count } from '../../../text/count';
import { columnsOf } from '../../columns';
import { type Page, paragraph } from '../../page';
import { type EffectGroup, effectsByKind, remaining, todoOf } from '../digest/effects';
import { dangerStyles, heading } from './headline';

/** What a person has to do, then what else happens by kind. */
export function effectSections(review: Review, page: Page): string[][] {
  const kinds = effectsByKind(review);
  const todo = todoOf(kinds);
  const sections = remaining(kinds, todo).map(({ title, seeAlso, groups }) => [
    heading(title, page),
    ...(seeAlso === '' ? [] : [`  see also ${paragraph(`${seeAlso} above`, page, 4, 7).join('\n')}`]),
    ...groups.flatMap((group) => groupLines(group, '', page)),
  ]);
  if (todo.length === 0) return sections;
  const person = [
    heading(`Needs a person: ${count(todo.length, 'thing')}`, page),
    ...todo.flatMap((group, i) => [
      ...groupLines(group, `${i + 1}. `, page),
      ...group.todo.map((step) => `      [ ] ${paragraph(inline(step), page, 10).join('\n')}`),
    ]),
  ];
  return [person, ...sections];
}

function groupLines(group: EffectGroup, number: string, page: Page): string[] {
  const { danger, objects, instances, message, held, chain, isWholeChain } = group;
  const isOne = objects.length === 1;
  const who = isOne ? inline(objects[0] ?? '') : `each of ${instances.size} objects`;
  const lead = `${number}${danger}`;
  const [first, ...rest] = paragraph(`${who} ${inline(message)}`, page, 4, columnsOf(lead) - 1);
  const steps = [...chain.map(inline), ...(isWholeChain ? [] : ['…'])];
  return [
    `  ${number}${page.paint(dangerStyles[danger], danger)} ${first}`,
    ...rest,
    ...(isOne ? [] : labelled('objects', objects.map(inline).join(', '), page)),
    ...(chain.length === 0 ? [] : labelled('because', steps.join(' → '), page)),
    ...(held === undefined ? [] : labelled('not yet', inline(held), page)),
  ];
}

/** A line that says what it is about, beneath an effect. */
function labelled(label: string, text: string, page: Page): string[] {
  const [first, ...rest] = paragraph(text, page, 8, label.length);
  return [`      ${page.paint('dim', `${label}:`)} ${first}`, ...rest];
}

import type { Change, Danger, Review } from '../../changes/review';
import { inline } from '../../graph/masking/printable';
import { count } from '../../text/count';
import { withoutCommands } from '../log';
import { item, type Page, pageFor, paragraph, type Style } from '../page';
import { changeCounts, changesByKustomization, nameOf, typeTexts, whereaboutsOf } from './digest/changes';
import { clusterRows, emptyText, isEmpty, shownRevision } from './digest/clusters';
import {
  areFew,
  type EffectGroup,
  effectsByKind,
  reasonOf,
  remaining,
  sentencesOf,
  todoOf,
  whoOf,
} from './digest/effects';
import { type FindingList, findingLists, findingsInOrder } from './digest/findings';
import { afterText, blastRows, imagesBeyond, imageTexts, reachOf } from './digest/reach';
import { isNotJudged, unjudgedIn } from './digest/unjudged';
import type { ReviewFormat } from './format';
import { chartLines, chartsSection } from './pretty/charts';
import { fieldLines, heading } from './pretty/parts';

/** For people, on a terminal or in a log: what matters first, then every change. */
export const pretty: ReviewFormat = {
  render(review, options) {
    const page = pageFor(options);
    const [first, later] = isEmpty(review) ? [[], findingLists(review)] : findingsInOrder(review);
    const sections = isEmpty(review)
      ? [headline(review, page)]
      : [
          headline(review, page),
          ...checksSection(first, page),
          ...effectSections(review, page),
          ...imagesSection(review, page),
          ...blastSection(review, page),
          ...chartsSection(review, page),
          ...changesSection(review, page),
        ];
    const all = [...sections, ...checksSection(later, page), ...unknownSection(review, page)];
    return withoutCommands(`${all.map((lines) => lines.join('\n')).join('\n\n')}\n`);
  },
};

const dangerStyles: Readonly<Record<Danger, Style>> = {
  none: 'dim',
  low: 'green',
  medium: 'yellow',
  high: ['bold', 'red'],
  critical: ['bold', 'inverse', 'red'],
};

/** How dangerous, how much and what between; of a change without one, a sentence. */
function headline(review: Review, page: Page): string[] {
  const { clusters, danger } = review;
  const base = inline(shownRevision(review.base));
  const head = inline(shownRevision(review.head));
  const level = `${page.paint('bold', 'Danger:')} ${isNotJudged(review) ? 'not judged' : page.paint(dangerStyles[danger], danger)}`;
  if (isEmpty(review)) {
    const told = paragraph(emptyText(review, ` between ${base} and ${head}`), page, 0);
    return danger === 'none' ? told : [level, ...told];
  }
  const kinds = effectsByKind(review);
  const { todo, happens } = sentencesOf(review, kinds);
  const unjudged = unjudgedIn(review);
  const reason = reasonOf(review, kinds);
  return [
    level,
    ...paragraph(`From ${base} to ${head}.`, page, 0),
    ...chartLines(review, page),
    ...(reason === undefined ? [] : paragraph(`Why ${danger}: ${inline(reason)}.`, page, 0)),
    ...paragraph(`${todo} ${happens}`.trim(), page, 0),
    ...(unjudged === undefined ? [] : paragraph(`Not judged: ${inline(unjudged.text)}`, page, 0)),
    ...reachOf(review).flatMap((sentence) => paragraph(inline(sentence), page, 0)),
    ...clusterRows(review).flatMap(({ name, danger, counts }) =>
      paragraph(`${inline(name)}: ${clusters.length > 1 ? `${danger}; ` : ''}${counts}`, page, 2),
    ),
  ];
}

/** What a person has to do, then what else happens by kind. */
function effectSections(review: Review, page: Page): string[][] {
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
  const { danger, objects, message, held, chain, isWholeChain } = group;
  const who = inline(whoOf(group));
  const notYet = held === undefined ? '' : `not yet (${inline(held)}): `;
  const steps = [...chain.map(inline), ...(isWholeChain ? [] : ['…'])];
  return [
    ...item(`${number}${page.paint(dangerStyles[danger], danger)}`, `${notYet}${who} ${inline(message)}`, page, 2),
    ...(areFew(objects) ? [] : labelled('objects', objects.map(inline).join(', '), page)),
    ...(chain.length === 0 ? [] : labelled('because', steps.join(' → '), page)),
  ];
}

/** A line that says what it is about, beneath an effect. */
function labelled(label: string, text: string, page: Page): string[] {
  return item(page.paint('dim', `${label}:`), text, page, 6);
}

/** Images that change, each once. */
function imagesSection(review: Review, page: Page): string[][] {
  const images = imagesBeyond(review);
  if (images.length === 0) return [];
  return [
    [
      heading('Versions', page),
      ...images.flatMap((group) => {
        const { name, before, after } = imageTexts(group);
        const from = before === undefined ? 'new' : page.paint('red', inline(before));
        const later = group.held === undefined ? '' : ' (not yet)';
        const to = after === undefined ? afterText(group) : `${page.paint('green', inline(after))}${later}`;
        return [
          `  ${name === undefined ? '' : `${inline(name)} `}${before === undefined ? to : from} ${before === undefined ? `(${from})` : after === undefined ? `(${to})` : `→ ${to}`}`,
          `      ${paragraph(group.users.map(inline).join(', '), page, 6).join('\n')}`,
        ];
      }),
    ],
  ];
}

/** Who waits for what changes, and who reads it. */
function blastSection(review: Review, page: Page): string[][] {
  const lines = blastRows(review).flatMap(({ name, changes, waiting, dependents, readers }) => [
    `  ${paragraph(`${inline(name)}, in which ${count(changes, 'object')} ${changes === 1 ? 'differs' : 'differ'}`, page, 4, -2).join('\n')}`,
    ...[...(waiting === '' ? [] : [`${waiting}: ${dependents.join(', ')}`]), ...readers].map(
      (text) => `      ${paragraph(inline(text), page, 6).join('\n')}`,
    ),
  ]);
  return lines.length === 0 ? [] : [[heading('Blast radius', page), ...lines]];
}

const typeStyles: Readonly<Record<Change['type'], Style>> = {
  created: 'green',
  changed: 'yellow',
  moved: 'cyan',
  deleted: 'red',
};

/** Every change with its fields, by Kustomization. */
function changesSection(review: Review, page: Page): string[][] {
  return changesByKustomization(review).map((group) => [
    `${heading(inline(nameOf(group)), page)} ${changeCounts(group.changes)}`,
    ...group.changes.flatMap((change) => changeLines(change, page)),
  ]);
}

function changeLines(change: Change, page: Page): string[] {
  return [
    ...item(page.paint(typeStyles[change.type], typeTexts[change.type]), inline(change.object), page, 2),
    ...whereaboutsOf(change).map((text) => `    ${page.paint('dim', paragraph(inline(text), page, 4).join('\n'))}`),
    ...change.effects.flatMap(({ danger, object, message, held }) => {
      const who = object === change.object ? '' : `${inline(object)} `;
      const text = `${held === undefined ? '' : `not yet (${inline(held)}): `}${who}${inline(message)}`;
      return item(page.paint(dangerStyles[danger], danger), text, page, 4);
    }),
    ...change.fields.flatMap((field) => fieldLines(field, page)),
  ];
}

const findingStyles: Readonly<Record<FindingList['id'], Style>> = {
  found: 'red',
  fixed: 'green',
  'no-longer-reported': 'dim',
};

/** What the checks find now, and what they do not find any more. */
function checksSection(lists: readonly FindingList[], page: Page): string[][] {
  return lists.map(({ id, title, findings }) => [
    heading(title, page),
    ...findings.flatMap(({ severity, file, line, column, message, rule }) => {
      const text = `${inline(file)}:${line}:${column} ${inline(message)} ${inline(rule)}`;
      return item(page.paint(findingStyles[id], severity), text, page, 2);
    }),
  ]);
}

/** What could not be compared. */
function unknownSection({ unknown }: Review, page: Page): string[][] {
  if (unknown.length === 0) return [];
  return [unknown.flatMap((sentence) => item(page.paint('yellow', 'Not compared:'), inline(sentence), page, 0))];
}

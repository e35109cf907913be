import type { Review } from '../../../changes/review';
import { count } from '../../../text/count';
import { enumerated } from '../../../text/listed';
import { type LimitedText, shorten } from '../../limited-text';
import { linked, withCode } from '../../markdown-text';
import { uriOf } from '../../uri';
import { areFew, type EffectGroup, effectsByKind, remaining, todoOf } from '../digest/effects';
import { addSection, dangerSigns, type Item, indented, names } from './section';

const todoShare = 14_000;
/** Of all kinds together. */
const kindsShare = 24_000;
/** Names that are seen without unfolding the others; one more is no reason to fold. */
const fewNames = 3;
const manyNames = 100;

/** What a person has to do, then what else happens by kind. */
export function addEffects(text: LimitedText, review: Review, repository: string | undefined): void {
  const files = repository === undefined ? new Map<string, string>() : filesOf(review);
  const linkTo: LinkTo = (name, object) => {
    const file = files.get(object);
    return file === undefined || repository === undefined ? name : linked(name, repository, uriOf(file));
  };
  const kinds = effectsByKind(review);
  const todo = todoOf(kinds);
  const written = addSection(text, {
    title: `Needs a person: ${count(todo.length, 'thing')}`,
    items: todo.map((group, i) => todoItem(group, i + 1, linkTo)),
    share: todoShare,
    visible: 12,
  });
  const left = remaining(kinds, todo.slice(0, written));
  for (const { title, seeAlso, groups } of left) {
    addSection(text, {
      title,
      lead: seeAlso === '' ? '' : `See also ${seeAlso} above.\n\n`,
      items: groups.map((group) => withNames(`- ${clause(group, linkTo)}`, group.objects, 2)),
      share: Math.floor(kindsShare / left.length),
      visible: 8,
    });
  }
}

/** The name of an object in Markdown, linked to its file where that is known. */
type LinkTo = (name: string, object: string) => string;

/** The files of objects that differ, as they are after the change; where there are several clusters, a name does not tell which. */
function filesOf({ clusters }: Review): ReadonlyMap<string, string> {
  const changes = clusters.length === 1 ? clusters.flatMap((cluster) => cluster.changes) : [];
  return new Map(changes.flatMap(({ object, after }) => (after === undefined ? [] : [[object, after.file]])));
}

/** What happens, to whom and why. */
function clause(
  { danger, objects, instances, message, held, chain, isWholeChain }: EffectGroup,
  linkTo: LinkTo,
): string {
  const named = objects.map((object) => linkTo(`<b>${names([object], 1)}</b>`, object));
  const who = areFew(objects) ? enumerated(named) : `<b>${instances.size} objects</b>`;
  const steps = [...chain.slice(0, 8), ...(isWholeChain && chain.length <= 8 ? [] : ['…'])];
  const because = chain.length === 0 ? '' : `, because of ${withCode(shorten(steps.join(' → '), 400))}`;
  // In front: what is read first must not be taken for what happens.
  const notYet = held === undefined ? '' : ` (not yet: ${withCode(shorten(held, 200))})`;
  const each = objects.length === 1 ? '' : ': each';
  const which = areFew(objects)
    ? ''
    : ` (${names(objects, objects.length === fewNames + 1 ? fewNames + 1 : fewNames)})`;
  return `${dangerSigns[danger]} ${who}${notYet}${each} ${withCode(shorten(message, 500))}${because}${which}\n`;
}

function todoItem(group: EffectGroup, number: number, linkTo: LinkTo): Item {
  const lead = `${number}. `;
  const steps = group.todo.slice(0, 10).map((step) => `- [ ] ${withCode(shorten(step, 400))}\n`);
  const left = group.todo.length - steps.length;
  const more = left > 0 ? `- … and ${count(left, 'more step')}\n` : '';
  return withNames(
    `${lead}${clause(group, linkTo)}${indented(`${steps.join('')}${more}`, lead.length)}`,
    group.objects,
    lead.length,
  );
}

/** An item and, beneath it, the names that it has no room for; in short without these. */
function withNames(item: string, objects: readonly string[], columns: number): Item {
  if (objects.length <= fewNames + 1) return [item];
  const others = objects.slice(fewNames);
  const fold = `<details><summary>the other ${others.length}</summary>\n\n${names(others, manyNames)}\n\n</details>`;
  return [`${item}\n${indented(fold, columns)}\n\n`, item];
}

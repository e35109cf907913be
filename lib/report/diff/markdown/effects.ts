import type { Review } from '../../../changes/review';
import { count } from '../../../text/count';
import { type LimitedText, shorten } from '../../limited-text';
import { withCode } from '../../markdown-text';
import { type EffectGroup, type EffectsOfKind, effectsByKind, kindsOfTodo, ranges, todoOf } from '../digest/effects';
import { kindTexts } from '../kinds';
import { addSection, type Item, indented, names } from './section';
import { dangerSigns } from './top';

const todoShare = 14_000;
/** Of all kinds together. */
const kindsShare = 24_000;
/** Names that are seen without unfolding the others; one more is no reason to fold. */
const fewNames = 3;
const manyNames = 100;

/** What a person has to do, then what happens by kind; what was told above is only named again. */
export function addEffects(text: LimitedText, review: Review): void {
  const kinds = effectsByKind(review);
  const todo = todoOf(kinds);
  const written = addSection(text, {
    title: `Needs a person: ${count(todo.length, 'thing')}`,
    items: todo.map((group, i) => todoItem(group, i + 1)),
    share: todoShare,
    visible: 12,
  });
  const numbers = new Map(todo.slice(0, written).map((group, i) => [group, i + 1]));
  if (written > 1) text.end(`${text.gap}Of these, ${kindsOfTodo(kinds, numbers)}.\n`);
  // A kind whose every effect was told above needs no list of its own.
  const left = kinds.filter(({ groups }) => groups.some((group) => !numbers.has(group)));
  for (const kind of left) addKind(text, kind, numbers, Math.floor(kindsShare / left.length));
}

function addKind(
  text: LimitedText,
  { kind, objects, groups }: EffectsOfKind,
  numbers: ReadonlyMap<EffectGroup, number>,
  share: number,
): void {
  const known = groups.flatMap((group) => numbers.get(group) ?? []);
  const others = groups.filter((group) => !numbers.has(group)).map(groupItem);
  addSection(text, {
    title: `${kindTexts[kind].title}: ${count(objects, 'object')}`,
    lead: known.length === 0 ? '' : `See also ${ranges(known)} above.\n\n`,
    items: others,
    share,
    visible: 8,
  });
}

/** What happens, to whom and why. */
function clause({ danger, objects, instances, message, held, chain, isWholeChain }: EffectGroup): string {
  const all = names(objects, objects.length === fewNames + 1 ? fewNames + 1 : fewNames);
  const who = objects.length === 1 ? `<b>${all}</b>` : `**Each of ${instances.size} objects** (${all})`;
  const steps = [...chain.slice(0, 8), ...(isWholeChain && chain.length <= 8 ? [] : ['…'])];
  const because = chain.length === 0 ? '' : `, because of ${withCode(shorten(steps.join(' → '), 400))}`;
  const notYet = held === undefined ? '' : ` (not yet: ${withCode(shorten(held, 200))})`;
  return `${dangerSigns[danger]} ${who} ${withCode(shorten(message, 500))}${because}${notYet}\n`;
}

function groupItem(group: EffectGroup): Item {
  return withNames(`- ${clause(group)}`, group.objects, 2);
}

function todoItem(group: EffectGroup, number: number): Item {
  const lead = `${number}. `;
  const steps = group.todo.slice(0, 10).map((step) => `- ${withCode(shorten(step, 400))}\n`);
  const left = group.todo.length - steps.length;
  const more = left > 0 ? `- … and ${count(left, 'more step')}\n` : '';
  return withNames(
    `${lead}${clause(group)}${indented(`${steps.join('')}${more}`, lead.length)}`,
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

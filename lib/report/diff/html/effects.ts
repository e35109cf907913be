import type { Review } from '../../../changes/review';
import { count } from '../../../text/count';
import { type EffectGroup, effectsByKind, todoOf } from '../digest/effects';
import { kindTexts } from '../kinds';
import { badge, nameList, section } from './parts';
import { rich, text } from './text';

/** What a person has to do, then everything that happens, by kind. */
export function effectSections(review: Review): string[] {
  const kinds = effectsByKind(review);
  const todo = todoOf(kinds);
  return [
    ...section('todo', `Needs a person: ${count(todo.length, 'thing')}`, todoList(todo)),
    ...section(
      'effects',
      'What happens',
      kinds
        .map(({ kind, objects, groups }) => {
          const those = groups.map((group) => `<li class="effect ${group.danger}">${groupText(group)}</li>`);
          const { title, meaning } = kindTexts[kind];
          return `<details class="kind" id="kind-${kind}"${those.length > 20 ? '' : ' open'}>\n<summary><h3>${title}</h3> ${count(objects, 'object')} <span class="hint">${text(meaning)}</span></summary>\n<ul>\n${those.join('\n')}\n</ul>\n</details>`;
        })
        .join('\n'),
    ),
  ];
}

/** How many things to do are seen without unfolding the others. */
const visible = 20;

function todoList(todo: readonly EffectGroup[]): string {
  const items = todo.map((group, i) => {
    const steps = group.todo.map((step) => `<li><label><input type="checkbox"> ${rich(step)}</label></li>`).join('');
    return `<li class="effect ${group.danger}"><span class="number">${i + 1}</span>${groupText(group)}<ul class="steps">${steps}</ul></li>`;
  });
  const list = (those: readonly string[]) => `<ol class="todo">\n${those.join('\n')}\n</ol>`;
  if (items.length === 0) return '';
  if (items.length <= visible) return list(items);
  const left = items.slice(visible);
  return `${list(items.slice(0, visible))}\n<details><summary>and ${left.length} more</summary>\n${list(left)}\n</details>`;
}

function groupText({ danger, objects, instances, message, held, chain, isWholeChain }: EffectGroup): string {
  const who =
    objects.length === 1 ? `<b class="name">${text(objects[0] ?? '')}</b>` : `<b>Each of ${instances.size} objects</b>`;
  const steps = [...chain.map(rich), ...(isWholeChain ? [] : ['…'])];
  return [
    `<p>${badge(danger)} ${who} ${rich(message)}</p>`,
    ...(objects.length === 1 ? [] : [`<div class="names">${nameList(objects)}</div>`]),
    ...(chain.length === 0 ? [] : [`<p class="why">because of ${steps.join(' <span class="arrow">→</span> ')}</p>`]),
    ...(held === undefined ? [] : [`<p class="why">not yet: ${rich(held)}</p>`]),
  ].join('');
}

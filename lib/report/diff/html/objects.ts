import {
  type Change,
  type Danger,
  dangers,
  type Effect,
  effectKinds,
  type FieldChange,
  type Review,
} from '../../../changes/review';
import { count } from '../../../text/count';
import { groupBy } from '../../../text/group-by';
import {
  changeCounts,
  changesByKustomization,
  type MarkedLine,
  markedLines,
  nameOf,
  typeTexts,
  whereaboutsOf,
} from '../digest/changes';
import { chartGroups, chartTitle } from '../digest/charts';
import { clustersText } from '../digest/cluster-names';
import { kindTexts, rank } from '../kinds';
import { badge, escapeHtml, rich, section, text } from './parts';

/** Every object that differs or that something happens to, by Kustomization, with filters that a script brings to life. */
export function objectsSection(review: Review): string[] {
  const groups = groupsOf(review).map(({ name, changes }, i) => {
    const items = changes.map((change) => changeItem(change, i));
    return groupItem(name, changeCounts(changes), items);
  });
  const affected = affectedObjects(review);
  const others = affected.map(({ object, effects }) =>
    item({ type: 'same', object, effects, group: groups.length, body: effectList(object, effects) }),
  );
  if (others.length > 0) groups.push(groupItem(sameTitle, count(others.length, 'object'), others));
  return section('objects', 'Objects', groups.length === 0 ? '' : `${filters(review)}\n${groups.join('\n')}`);
}

/** What charts make, then what Kustomizations apply. */
function groupsOf(review: Review): readonly { readonly name: string; readonly changes: readonly Change[] }[] {
  return [
    ...chartGroups(review)
      .filter(({ changes }) => changes.length > 0)
      .map((group) => ({ name: chartTitle(group).join(''), changes: group.changes })),
    ...changesByKustomization(review).map((group) => ({ name: nameOf(group), changes: group.changes })),
  ];
}

const sameTitle = 'do not differ, but something happens to them';

function filters(review: Review): string {
  const effects = review.clusters.flatMap((cluster) => cluster.effects);
  const kinds = effectKinds.filter((kind) => effects.some((effect) => effect.kind === kind));
  const names = groupsOf(review).map(({ name }) => name);
  if (affectedObjects(review).length > 0) names.push(sameTitle);
  const option = (value: string | number, label: string) => `<option value="${value}">${text(label)}</option>`;
  return `<form id="filters" hidden>
<label>Search <input type="search" name="words" placeholder="name, field, value" autocomplete="off" spellcheck="false"></label>
<label>Danger <select name="danger">${[option(0, 'any'), ...dangers.slice(1).map((danger) => option(rank(danger), danger === 'critical' ? danger : `${danger} or more`))].join('')}</select></label>
<label>Effect <select name="kind">${[option('', 'any'), ...kinds.map((kind) => option(kind, kindTexts[kind].title))].join('')}</select></label>
<label>Kustomization <select name="group">${[option('', 'all'), ...names.map((name, i) => option(i, name))].join('')}</select></label>
<button type="reset">Clear</button> <button type="button" name="unfold">Unfold</button> <button type="button" name="fold">Fold</button>
<output aria-live="polite"></output>
</form>`;
}

function groupItem(name: string, counts: string, items: readonly string[]): string {
  return `<details class="group" open>\n<summary><h3>${text(name)}</h3> ${counts}</summary>\n${items.join('\n')}\n</details>`;
}

function changeItem(change: Change, group: number): string {
  const { type, object, effects, fields } = change;
  const body = [
    `<p class="why">${[...whereaboutsOf(change), ...madeBy(change)].map(text).join('<br>')}</p>`,
    effectList(object, effects),
    ...fields.map(fieldItem),
  ].join('\n');
  return item({ type, object, effects, group, body });
}

function madeBy({ madeBy: made }: Change): readonly string[] {
  return made === undefined ? [] : [`made by ${made.release}, ${made.template} of its chart`];
}

function item({
  type,
  object,
  effects,
  group,
  body,
}: {
  readonly type: Change['type'] | 'same';
  readonly object: string;
  readonly effects: readonly Effect[];
  readonly group: number;
  readonly body: string;
}): string {
  const danger = effects.reduce<Danger>(
    (most, effect) => (rank(effect.danger) > rank(most) ? effect.danger : most),
    'none',
  );
  const kinds = [...new Set(effects.map(({ kind }) => kind))];
  const titles = kinds.map((kind) => `<span class="tag">${kindTexts[kind].title.toLowerCase()}</span>`).join(' ');
  return `<details class="object" data-danger="${rank(danger)}" data-kinds="${kinds.join(' ')}" data-group="${group}">
<summary><span class="type ${type}">${type === 'same' ? type : typeTexts[type]}</span> <b class="name">${text(object)}</b> ${danger === 'none' ? '' : badge(danger)} ${titles}</summary>
<div class="body">
${body}
</div>
</details>`;
}

function effectList(object: string, effects: readonly Effect[]): string {
  if (effects.length === 0) return '';
  const items = effects.map(({ danger, object: whom, message, held, chain }) => {
    const who = whom === object ? '' : `<b class="name">${text(whom)}</b> `;
    const why = chain.length === 0 ? '' : ` <span class="why">because of ${chain.map(rich).join(' → ')}</span>`;
    const notYet = held === undefined ? '' : ` <span class="why">not yet: ${rich(held)}</span>`;
    return `<li class="effect ${danger}">${badge(danger)} ${who}${rich(message)}${why}${notYet}</li>`;
  });
  return `<ul>${items.join('')}</ul>`;
}

/** What was beside what is; of a text of many lines, what differs. */
function fieldItem(field: FieldChange): string {
  const lines = markedLines(field);
  const note = field.type === 'changed' ? '' : ` <span class="hint">${field.type}</span>`;
  const body =
    field.lines === undefined
      ? `<div class="sides">${side(lines, '-')}${side(lines, '+')}</div>`
      : `<pre class="lines">${lines.map(lineItem).join('\n')}</pre>`;
  return `<div class="field"><p class="path">${text(field.path)}${note}</p>${body}</div>`;
}

function side(lines: readonly MarkedLine[], mark: '-' | '+'): string {
  const those = lines.filter((line) => line.mark === mark);
  const label = mark === '-' ? 'before' : 'after';
  if (those.length === 0) return `<pre class="none" aria-label="${label}">(none)</pre>`;
  return `<pre class="${label}" aria-label="${label}">${those.map((line) => escapeHtml(line.text)).join('\n')}</pre>`;
}

function lineItem({ mark, text }: MarkedLine): string {
  const line = escapeHtml(`${mark}${text}`);
  return mark === ' ' ? line : `<span class="${mark === '-' ? 'before' : 'after'}">${line}</span>`;
}

/** Objects that do not differ, with what happens to them. */
function affectedObjects({
  clusters,
}: Review): readonly { readonly object: string; readonly effects: readonly Effect[] }[] {
  const all = clusters.flatMap(({ name, changes, effects }) => {
    const differ = new Set(changes.flatMap((change) => [change.object, ...change.effects.map(({ object }) => object)]));
    const others = effects.filter(({ object }) => !differ.has(object));
    return [...groupBy(others, ({ object }) => object)].map(([object, those]) => ({ name, object, effects: those }));
  });
  const alike = groupBy(all, ({ object, effects }) => JSON.stringify([object, effects]));
  return [...alike.values()].map((group) => {
    const where = clusters.length > 1 ? `${clustersText(group.map(({ name }) => name))}: ` : '';
    return { object: `${where}${group[0].object}`, effects: group[0].effects };
  });
}

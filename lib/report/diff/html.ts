import type { Review } from '../../changes/review';
import type { Finding } from '../../checks/finding';
import { count } from '../../text/count';
import { enumerated } from '../../text/listed';
import { htmlDocument } from '../html-document';
import { chartGroups, chartTitle } from './digest/charts';
import { clusterRows, emptyText, isEmpty, shownRevision } from './digest/clusters';
import { areFew, type EffectGroup, effectsByKind, notYet, reasonOf, remaining, todoOf } from './digest/effects';
import { type FindingList, findingsInOrder } from './digest/findings';
import { afterText, blastRows, imagesOf, imageTexts, reachOf } from './digest/reach';
import { isNotJudged, unjudgedIn } from './digest/unjudged';
import type { ReviewFormat } from './format';
import { objectsSection } from './html/objects';
import { badge, nameList, rich, section, text } from './html/parts';
import { script } from './html/script';
import { style } from './html/style';
import { dangerMeanings, kindTexts } from './kinds';

/** One file to look at a large change: all of the review is in its HTML and works without a script, which adds filters. */
export const html: ReviewFormat = {
  render(review) {
    const [first, later] = findingsInOrder(review);
    return htmlDocument({
      title: `espalier diff: ${text(review.danger)} danger`,
      style,
      body: [
        summary(review),
        '<main>',
        ...findingSections(first),
        ...effectSections(review),
        ...section('versions', 'Versions', images(review)),
        ...section('blast', 'Blast radius', blast(review)),
        ...findingSections(later),
        ...unknownSection(review),
        ...objectsSection(review),
        '</main>',
      ].join('\n'),
      script,
    });
  },
};

/** How dangerous, how much, and between what. */
function summary(review: Review): string {
  const { base, head, danger, clusters } = review;
  const [cluster] = clusters;
  const one = cluster !== undefined && clusters.length === 1 ? `Cluster <b>${text(cluster.name)}</b>, from` : 'From';
  const between = `<p class="between">${one} <b>${text(shownRevision(base))}</b> to <b>${text(shownRevision(head))}</b></p>`;
  if (isEmpty(review))
    return `<header>\n<h1>espalier diff${danger === 'none' ? '' : ` ${badge(danger)}`}</h1>\n<p>${emptyText(review, '')}</p>\n${between}\n</header>`;
  const kinds = effectsByKind(review);
  const unjudged = unjudgedIn(review);
  return [
    '<header>',
    isNotJudged(review)
      ? '<h1>espalier diff <small>not judged</small></h1>'
      : `<h1>espalier diff ${badge(danger)} <small>danger</small></h1>\n<p>${why(review, kinds)}.</p>`,
    between,
    ...charts(review),
    `<ul class="tiles">${tiles(review, kinds).join('')}</ul>`,
    ...(unjudged === undefined ? [] : [`<p><b>Not judged:</b> ${rich(unjudged.text)}</p>`]),
    ...reachOf(review).map((sentence) => `<p>${rich(sentence)}</p>`),
    ...(clusters.length < 2 ? [] : [clusterTable(review)]),
    '</header>',
  ].join('\n');
}

/** What makes it so dangerous, in as plain words as there are. */
function why(review: Review, kinds: ReturnType<typeof effectsByKind>): string {
  const reason = reasonOf(review, kinds);
  if (reason !== undefined) return rich(sentence(reason));
  return sentence(dangerMeanings[review.danger]);
}

function sentence(clause: string): string {
  return clause.replace(/^./, (first) => first.toUpperCase());
}

/** What upgrades do, in a sentence each. */
function charts(review: Review): string[] {
  const items = chartGroups(review).map((group) => {
    const [what, where] = chartTitle(group);
    return `<li class="effect ${group.danger}">${badge(group.danger)} <b>${text(what)}</b>${text(where)}: ${rich(group.summary.join('; '))}.</li>`;
  });
  return items.length === 0 ? [] : [`<ul class="charts">\n${items.join('\n')}\n</ul>`];
}

/** What happens, as numbers that link to where it is told. */
function tiles({ clusters, found }: Review, kinds: ReturnType<typeof effectsByKind>): string[] {
  const changes = clusters.reduce((sum, cluster) => sum + cluster.changes.length, 0);
  const errors = found.filter(({ severity }) => severity === 'error').length;
  const todo = todoOf(kinds);
  const own = new Set(remaining(kinds, todo).map(({ kind }) => kind));
  const all: [number: number, what: string, href: string][] = [
    [todo.length, 'for a person to do', 'todo'],
    [errors, errors === 1 ? 'error found by the checks' : 'errors found by the checks', 'found'],
    ...kinds.map(({ kind, objects, waiting }): [number, string, string] => {
      return [
        objects,
        `${kindTexts[kind].title.toLowerCase()}${notYet(objects, waiting)}`,
        own.has(kind) ? `kind-${kind}` : 'todo',
      ];
    }),
    [changes, changes === 1 ? 'object differs' : 'objects differ', 'objects'],
  ];
  return all.flatMap(([number, what, href]) =>
    number === 0 ? [] : [`<li><a href="#${href}"><b>${number}</b> ${what}</a></li>`],
  );
}

function clusterTable(review: Review): string {
  const rows = clusterRows(review).map(
    ({ name, danger, counts }) =>
      `<tr><th scope="row">${text(name)}</th><td>${badge(danger)}</td><td>${counts}</td></tr>`,
  );
  return `<table>\n<caption>${count(rows.length, 'cluster')}</caption>\n${rows.join('\n')}\n</table>`;
}

/** What a person has to do, then what else happens, by kind. */
function effectSections(review: Review): string[] {
  const kinds = effectsByKind(review);
  const todo = todoOf(kinds);
  return [
    ...section('todo', `Needs a person: ${count(todo.length, 'thing')}`, todoList(todo)),
    ...section(
      'effects',
      todo.length === 0 ? 'What happens' : 'What else happens',
      remaining(kinds, todo)
        .map(({ kind, objects, seeAlso, groups }) => {
          const those = groups.map((group) => `<li class="effect ${group.danger}">${groupText(group)}</li>`);
          const { title, meaning } = kindTexts[kind];
          return `<details class="kind" id="kind-${kind}"${those.length > 20 ? '' : ' open'}>\n<summary><h3>${title}</h3> ${count(objects, 'object')} <span class="hint">${text(meaning)}</span></summary>\n${seeAlso === '' ? '' : `<p class="why">See also ${seeAlso} above.</p>\n`}<ul>\n${those.join('\n')}\n</ul>\n</details>`;
        })
        .join('\n'),
    ),
  ];
}

/** How many things to do are seen without unfolding the others. */
const visible = 20;

function todoList(todo: readonly EffectGroup[]): string {
  const items = todo.map((group, i) => {
    const steps = group.todo
      .map((step) => `<li><label><input type="checkbox"><span>${rich(step)}</span></label></li>`)
      .join('');
    return `<li class="effect ${group.danger}"><span class="number">${i + 1}</span>${groupText(group)}<ul class="steps">${steps}</ul></li>`;
  });
  const list = (those: readonly string[]) => `<ol class="todo">\n${those.join('\n')}\n</ol>`;
  if (items.length === 0) return '';
  if (items.length <= visible) return list(items);
  const left = items.slice(visible);
  return `${list(items.slice(0, visible))}\n<details><summary>and ${left.length} more</summary>\n${list(left)}\n</details>`;
}

function groupText({ danger, objects, instances, message, held, chain, isWholeChain }: EffectGroup): string {
  const named = objects.map((object) => `<b class="name">${text(object)}</b>`);
  const who = areFew(objects) ? enumerated(named) : `<b>${instances.size} objects</b>`;
  const each = objects.length === 1 ? '' : ': each';
  const later = held === undefined ? '' : ` (not yet: ${rich(held)})`;
  const steps = [...chain.map(rich), ...(isWholeChain ? [] : ['…'])];
  return [
    `<p>${badge(danger)} ${who}${later}${each} ${rich(message)}</p>`,
    ...(areFew(objects) ? [] : [`<div class="names">${nameList(objects)}</div>`]),
    ...(chain.length === 0 ? [] : [`<p class="why">because of ${steps.join(' <span class="arrow">→</span> ')}</p>`]),
  ].join('');
}

/** Images and charts that change. */
function images(review: Review): string {
  const rows = imagesOf(review).map((group) => {
    const { name, before, after } = imageTexts(group);
    const cell = (value: string | undefined, mark: string, none: string) =>
      value === undefined
        ? `<td>${none}</td>`
        : `<td><code class="${mark}">${text(value)}</code>${mark === 'after' && group.held !== undefined ? ' (not yet)' : ''}</td>`;
    return `<tr>${cell(name, 'image', '')}${cell(before, 'before', 'new')}${cell(after, 'after', afterText(group))}<td>${nameList(group.users, 2)}</td></tr>`;
  });
  if (rows.length === 0) return '';
  const head = ['what', 'from', 'to', 'where'].map((title) => `<th scope="col">${title}</th>`).join('');
  return `<div class="scroll"><table>\n<thead><tr>${head}</tr></thead>\n<tbody>\n${rows.join('\n')}\n</tbody>\n</table></div>`;
}

/** Who waits for or reads what changes. */
function blast(review: Review): string {
  const items = blastRows(review).map(({ name, changes, waiting, dependents, readers }) =>
    [
      `<li><p><b class="name">${text(name)}</b> ${count(changes, 'change')}</p>`,
      ...(waiting === '' ? [] : [`<div class="names">${waiting}: ${nameList(dependents)}</div>`]),
      ...(readers.length === 0 ? [] : [`<div class="names">${nameList(readers)}</div>`]),
      '</li>',
    ].join(''),
  );
  return items.length === 0 ? '' : `<ul class="blast">\n${items.join('\n')}\n</ul>`;
}

/** What the checks find now and what they do not find any more. */
function findingSections(lists: readonly FindingList[]): string[] {
  return lists.flatMap(({ id, title, findings }) => section(id, title, findingList(findings)));
}

/** What could not be compared. */
function unknownSection(review: Review): string[] {
  const sentences = review.unknown.map((sentence) => `<li>${rich(sentence)}</li>`);
  return section('unknown', 'Not compared', sentences.length === 0 ? '' : `<ul>\n${sentences.join('\n')}\n</ul>`);
}

function findingList(findings: readonly Finding[]): string {
  const items = findings.map(
    ({ severity, file, line, column, message, rule }) =>
      `<li><p><span class="badge ${severity === 'error' ? 'high' : 'medium'}">${severity}</span> ${rich(message)} <code>${text(rule)}</code></p><p class="why"><code>${text(`${file}:${line}:${column}`)}</code></p></li>`,
  );
  return `<ul>\n${items.join('\n')}\n</ul>`;
}

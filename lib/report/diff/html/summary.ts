import type { EffectKind, Review } from '../../../changes/review';
import { count } from '../../../text/count';
import { clusterRows, emptyText, isEmpty } from '../digest/clusters';
import { countObjects, effectsByKind, sentencesOf, todoOf } from '../digest/effects';
import { reachOf } from '../digest/reach';
import { dangerMeanings } from '../kinds';
import { badge } from './parts';
import { rich, text } from './text';

/** How dangerous, how much, and between what. */
export function summary(review: Review): string {
  const { base, head, danger, clusters } = review;
  const between = `<p class="between">From <b>${text(base)}</b> to <b>${text(head)}</b></p>`;
  if (isEmpty(review))
    return `<header>\n<h1>espalier diff${danger === 'none' ? '' : ` ${badge(danger)}`}</h1>\n<p>${emptyText(review, '')}</p>\n${between}\n</header>`;
  const kinds = effectsByKind(review);
  const { happens } = sentencesOf(kinds);
  return [
    '<header>',
    `<h1>espalier diff ${badge(danger)}</h1>`,
    `<p>${dangerMeanings[danger].replace(/^./, (first) => first.toUpperCase())}.</p>`,
    between,
    `<ul class="tiles">${tiles(review, kinds).join('')}</ul>`,
    ...(happens === '' ? [] : [`<p>${happens}</p>`]),
    ...reachOf(review).map((sentence) => `<p>${rich(sentence)}</p>`),
    ...(clusters.length < 2 ? [] : [clusterTable(review)]),
    '</header>',
  ].join('\n');
}

/** What reviewers look for first, as numbers that link to where it is told. */
function tiles({ clusters }: Review, kinds: ReturnType<typeof effectsByKind>): string[] {
  const objects = (...those: EffectKind[]) =>
    countObjects(kinds.flatMap(({ kind, groups }) => (those.includes(kind) ? groups : [])));
  const changes = clusters.reduce((sum, cluster) => sum + cluster.changes.length, 0);
  const tile = (number: number, what: string, href: string) => {
    const body = `<b>${number}</b> ${what}`;
    return `<li${number === 0 ? ' class="zero"' : ''}>${number === 0 ? `<span>${body}</span>` : `<a href="#${href}">${body}</a>`}</li>`;
  };
  const first = (...those: EffectKind[]) => `kind-${kinds.find(({ kind }) => those.includes(kind))?.kind ?? 'none'}`;
  return [
    tile(todoOf(kinds).length, 'for a person to do', 'todo'),
    tile(objects('data', 'password'), 'data or credentials', first('data', 'password')),
    tile(objects('deleted', 'recreated'), 'deleted', first('deleted', 'recreated')),
    tile(objects('refused', 'blocked'), 'refused or blocked', first('refused', 'blocked')),
    tile(objects('restart'), objects('restart') === 1 ? 'restarts' : 'restart', 'kind-restart'),
    tile(changes, changes === 1 ? 'object differs' : 'objects differ', 'objects'),
  ];
}

function clusterTable(review: Review): string {
  const rows = clusterRows(review).map(
    ({ name, danger, counts }) =>
      `<tr><th scope="row">${text(name)}</th><td>${badge(danger)}</td><td>${counts}</td></tr>`,
  );
  return `<table>\n<caption>${count(rows.length, 'cluster')}</caption>\n${rows.join('\n')}\n</table>`;
}

import type { Danger, Review } from '../../../changes/review';
import { count } from '../../../text/count';
import { shorten } from '../../limited-text';
import { escapeMarkdown, withCode } from '../../markdown-text';
import { changeCounts } from '../digest/changes';
import { emptyText, isEmpty } from '../digest/clusters';
import { effectsByKind, sentencesOf } from '../digest/effects';
import { reachOf } from '../digest/reach';

/** By which a workflow finds its comment again, to update it in place. */
const marker = '<!-- espalier diff -->';

/** Seen at a glance; the word stands in the title. */
export const dangerSigns: Readonly<Record<Danger, string>> = {
  none: '⚪',
  low: '🟢',
  medium: '🟡',
  high: '🟠',
  critical: '🔴',
};

/** The title and what happens in a few sentences; never cut, hence of short texts. */
export function top(review: Review): string {
  const { clusters, danger } = review;
  const base = escapeMarkdown(shorten(review.base, 150));
  const head = escapeMarkdown(shorten(review.head, 150));
  if (isEmpty(review)) {
    const what = danger === 'none' ? 'nothing changes' : `${dangerSigns[danger]} ${danger} danger, no object differs`;
    return `${marker}\n## espalier diff: ${what}\n\n${emptyText(review, ` between ${base} and ${head}`)}\n`;
  }
  const changes = clusters.flatMap((cluster) => cluster.changes);
  const differ = `${count(changes.length, 'object')} ${changes.length === 1 ? 'differs' : 'differ'}`;
  const [cluster] = clusters;
  const where =
    clusters.length === 1 && cluster !== undefined
      ? `Cluster ${escapeMarkdown(shorten(cluster.name, 100))}${cluster.type === 'changed' ? '' : ` is ${cluster.type}`}`
      : count(clusters.length, 'cluster');
  const counts = changeCounts(changes);
  const { todo, happens } = sentencesOf(effectsByKind(review));
  const reach = reachOf(review);
  return [
    `${marker}\n## espalier diff: ${dangerSigns[danger]} ${danger === 'none' ? 'no' : danger} danger, ${differ}\n`,
    `${where}${counts === '' ? '' : `: ${counts}`}. From ${base} to ${head}.\n`,
    ...(todo === '' && happens === '' ? [] : [`${[todo === '' ? '' : `**${todo}**`, happens].join(' ').trim()}\n`]),
    ...(reach.length === 0 ? [] : [`${withCode(reach.join(' '))}\n`]),
  ].join('\n');
}

import type { Review } from '../../changes/review';
import { count } from '../../text/count';
import { commentLimit, LimitedText, shorten } from '../limited-text';
import { findingItem } from '../markdown-finding';
import { code, escapeMarkdown, withCode } from '../markdown-text';
import { changeCounts } from './digest/changes';
import { clusterRows, emptyText, isEmpty, shownRevision } from './digest/clusters';
import { effectsByKind, reasonOf, sentencesOf } from './digest/effects';
import { type FindingList, findingsInOrder } from './digest/findings';
import { afterText, blastRows, imagesBeyond, imageTexts, reachOf } from './digest/reach';
import { isNotJudged, unjudgedIn } from './digest/unjudged';
import type { ReviewFormat } from './format';
import { addChanges } from './markdown/changes';
import { chartLines, chartParts } from './markdown/charts';
import { addEffects } from './markdown/effects';
import { addSection, dangerSigns, type Item, names } from './markdown/section';

/** Kept for the lines that say how much was left out: two for each of at most 21 sections. */
const reserve = 5000;

/**
 * For one comment on a pull request, of any size of change: what matters first, each section within its share; then every change,
 * folded by Kustomization, in as much detail as there is room for.
 */
export const markdown: ReviewFormat = {
  render(review, { repository, limit = commentLimit }) {
    const text = new LimitedText(limit, reserve);
    text.end(top(review));
    addClusters(text, review);
    const [first, later] = findingsInOrder(review);
    addFindings(text, first, repository);
    addEffects(text, review, repository);
    addImages(text, review);
    addBlast(text, review);
    addFindings(text, later, repository);
    addUnknown(text, review);
    addChanges(text, review, repository, chartParts(review));
    return text.toString();
  },
};

/** By which a workflow finds its comment again, to update it in place; espalier comment has a marker of its own. */
export const marker = '<!-- espalier diff -->';

/** The title and what happens in a few sentences; never cut, hence of short texts. */
function top(review: Review): string {
  const { clusters, danger } = review;
  const base = escapeMarkdown(shorten(shownRevision(review.base), 150));
  const head = escapeMarkdown(shorten(shownRevision(review.head), 150));
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
  const kinds = effectsByKind(review);
  const { todo, happens } = sentencesOf(review, kinds);
  const unjudged = unjudgedIn(review);
  const reach = reachOf(review);
  const reason = reasonOf(review, kinds);
  return [
    `${marker}\n## espalier diff: ${levelOf(review)}, ${differ}${unjudged === undefined || isNotJudged(review) ? '' : `, ${unjudged.count} not judged`}\n`,
    ...chartLines(review),
    `${where}${counts === '' ? '' : `: ${counts}`}. From ${base} to ${head}.\n`,
    ...(reason === undefined ? [] : [`**Why ${danger}:** ${withCode(shorten(reason, 300))}.\n`]),
    `${`**${todo}** ${happens}`.trim()}\n`,
    ...(unjudged === undefined ? [] : [`**Not judged:** ${withCode(shorten(unjudged.text, 800))}\n`]),
    ...(reach.length === 0 ? [] : [`${withCode(reach.join(' '))}\n`]),
  ].join('\n');
}

/** What is not judged, and what some of it is not, is not shown as approved. */
function levelOf(review: Review): string {
  const { danger } = review;
  if (isNotJudged(review)) return `${dangerSigns.none} not judged`;
  const sign = danger === 'low' && unjudgedIn(review) !== undefined ? 'none' : danger;
  return `${dangerSigns[sign]} ${danger === 'none' ? 'no' : danger} danger`;
}

/** A table of clusters, where there are several. */
function addClusters(text: LimitedText, review: Review): void {
  const rows = clusterRows(review);
  if (rows.length < 2) return;
  addSection(text, {
    title: 'Clusters',
    lead: '| cluster | danger | objects |\n| --- | --- | --- |\n',
    items: rows.map(({ name, danger, counts }): Item => {
      return [`| ${escapeMarkdown(shorten(name, 120))} | ${dangerSigns[danger]} ${danger} | ${counts} |\n`];
    }),
    share: 4000,
    visible: Number.POSITIVE_INFINITY,
  });
}

/** A table of images and charts that change, each once. */
function addImages(text: LimitedText, review: Review): void {
  const images = imagesBeyond(review);
  addSection(text, {
    title: 'Versions',
    lead: '| what | from | to | where |\n| --- | --- | --- | --- |\n',
    items: images.map((group): Item => {
      const { name, before, after } = imageTexts(group);
      const cell = (value: string | undefined, none: string) =>
        value === undefined ? none : code(shorten(value, 200));
      return [
        `| ${cell(name, '')} | ${cell(before, 'new')} | ${cell(after, afterText(group))}${group.held === undefined ? '' : ' (not yet)'} | ${names(group.users, 3)} |\n`,
      ];
    }),
    share: 5000,
    visible: Number.POSITIVE_INFINITY,
  });
}

/** Who waits for what changes, and who reads it. */
function addBlast(text: LimitedText, review: Review): void {
  const items = blastRows(review).map(({ name, changes, waiting, dependents, readers }): Item => {
    const item = (most: number) =>
      [
        `- <b>${escapeMarkdown(shorten(name, 250))}</b> (${count(changes, 'change')})`,
        ...(waiting === '' ? [] : [`${waiting}: ${names(dependents, most)}`]),
        ...(readers.length === 0 ? [] : [names(readers, Math.min(most, 4))]),
      ].join('; ');
    return [`${item(6)}\n`, `${item(1)}\n`];
  });
  addSection(text, { title: 'Blast radius', items, share: 4000, visible: 8 });
}

const shares = { found: 4000, fixed: 2000, 'no-longer-reported': 1000 } as const;

/** What the checks find now, and what they do not find any more. */
function addFindings(text: LimitedText, lists: readonly FindingList[], repository: string | undefined): void {
  for (const { id, title, findings, isTold } of lists) {
    const items = findings.map((finding): Item => {
      const { file, line, column, message } = finding;
      const short = { ...finding, message: shorten(message, 500) };
      const place = code(`${shorten(file, 300)}:${line}:${column}`);
      // The lines of what is gone are the base's.
      return [findingItem(short, id === 'found' ? repository : undefined, place)];
    });
    addSection(text, { title, items, share: shares[id], visible: isTold ? 0 : 8 });
  }
}

/** What could not be compared. */
function addUnknown(text: LimitedText, { unknown }: Review): void {
  const items = unknown.map((sentence): Item => [`- ${withCode(shorten(sentence.trim(), 400))}\n`]);
  addSection(text, { title: 'Not compared', items, share: 2000, visible: 8 });
}

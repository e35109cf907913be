import type { Review } from '../../../changes/review';
import { count } from '../../../text/count';
import { type LimitedText, shorten } from '../../limited-text';
import { code, escapeMarkdown } from '../../markdown-text';
import { clusterRows } from '../digest/clusters';
import { imagesOf, imageTexts } from '../digest/images';
import { blastRows } from '../digest/reach';
import { addSection, type Item, names } from './section';
import { dangerSigns } from './top';

/** A table of clusters, where there are several. */
export function addClusters(text: LimitedText, review: Review): void {
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

/** A table of images that change, each once. */
export function addImages(text: LimitedText, review: Review): void {
  const images = imagesOf(review);
  addSection(text, {
    title: 'Images',
    lead: '| image | from | to | where |\n| --- | --- | --- | --- |\n',
    items: images.map((group): Item => {
      const { name, before, after } = imageTexts(group);
      const cell = (value: string | undefined, none: string) =>
        value === undefined ? none : code(shorten(value, 200));
      return [`| ${cell(name, '')} | ${cell(before, 'new')} | ${cell(after, 'gone')} | ${names(group.users, 3)} |\n`];
    }),
    share: 5000,
    visible: Number.POSITIVE_INFINITY,
  });
}

/** Who waits for what changes, and who reads it. */
export function addBlast(text: LimitedText, review: Review): void {
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

import type { Review } from '../../../changes/review';
import { count } from '../../../text/count';
import { type LimitedText, shorten } from '../../limited-text';
import { code, escapeMarkdown } from '../../markdown-text';
import { changeCounts } from '../digest/changes';
import { imagesOf, imageTexts } from '../digest/images';
import { addSection, type Item, names } from './section';
import { dangerSigns } from './top';

/** A table of clusters, where there are several. */
export function addClusters(text: LimitedText, { clusters }: Review): void {
  if (clusters.length < 2) return;
  addSection(text, {
    title: 'Clusters',
    lead: '| cluster | danger | objects |\n| --- | --- | --- |\n',
    items: clusters.map(({ name, type, danger, changes }): Item => {
      const what = type === 'changed' ? '' : ` (${type})`;
      const counts = changeCounts(changes) || 'none differs';
      return [`| ${escapeMarkdown(shorten(name, 100))}${what} | ${dangerSigns[danger]} ${danger} | ${counts} |\n`];
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
export function addBlast(text: LimitedText, { clusters }: Review): void {
  const items = clusters.flatMap(({ name, blast }) =>
    blast
      .filter(({ dependents, readers }) => dependents.length + readers.length > 0)
      .map(({ kustomization, changes, dependents, readers }): Item => {
        const where = clusters.length > 1 ? `${escapeMarkdown(shorten(name, 100))}: ` : '';
        const start = `- ${where}<b>${escapeMarkdown(shorten(kustomization, 150))}</b> (${count(changes, 'change')})`;
        const waiting = (most: number) =>
          dependents.length === 0
            ? ''
            : `; ${count(dependents.length, 'Kustomization')} waiting for it: ${names(dependents, most)}`;
        const reading = (most: number) => (readers.length === 0 ? '' : `; ${names(readers, most)}`);
        return [`${start}${waiting(6)}${reading(4)}\n`, `${start}${waiting(1)}${reading(1)}\n`];
      }),
  );
  addSection(text, { title: 'Blast radius', items, share: 4000, visible: 8 });
}

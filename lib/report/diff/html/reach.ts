import type { Review } from '../../../changes/review';
import { count } from '../../../text/count';
import { imagesOf, imageTexts } from '../digest/images';
import { blastRows } from '../digest/reach';
import { nameList, section } from './parts';
import { text } from './text';

/** Images that change, and who waits for or reads what changes. */
export function reachSections(review: Review): string[] {
  return [...section('images', 'Images', images(review)), ...section('blast', 'Blast radius', blast(review))];
}

function images(review: Review): string {
  const rows = imagesOf(review).map((group) => {
    const { name, before, after } = imageTexts(group);
    const cell = (value: string | undefined, mark: string, none: string) =>
      value === undefined ? `<td>${none}</td>` : `<td><code class="${mark}">${text(value)}</code></td>`;
    return `<tr>${cell(name, 'image', '')}${cell(before, 'before', 'new')}${cell(after, 'after', 'gone')}<td>${nameList(group.users, 2)}</td></tr>`;
  });
  if (rows.length === 0) return '';
  const head = ['image', 'from', 'to', 'where'].map((title) => `<th scope="col">${title}</th>`).join('');
  return `<div class="scroll"><table>\n<thead><tr>${head}</tr></thead>\n<tbody>\n${rows.join('\n')}\n</tbody>\n</table></div>`;
}

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

import { inline } from '../../graph/masking/printable';
import { type PrerequisiteKind, prerequisiteKinds } from '../../graph/start';
import { count } from '../../text/count';
import { sentence } from '../../text/sentence';
import { withoutCommands } from '../log';
import { item, type Page, pageFor, paragraph } from '../page';
import { alike, notesOf } from './clauses';
import type { OrderFormat } from './format';
import { headings, stages } from './headings';
import type { ClusterOrder, ToldPrerequisite } from './told';

/** For people, on a terminal: a list to work down. */
export const text: OrderFormat = {
  render(orders, options) {
    const page = pageFor(options);
    return withoutCommands(`${orders.map((order) => one(order, page).join('\n')).join('\n\n')}\n`);
  },
};

function one(order: ClusterOrder, page: Page): string[] {
  const { cluster, before, begun, waves, stuck } = order;
  const bold = (words: string) => page.paint('bold', words);
  const kustomizations = waves.reduce((sum, wave) => sum + wave.length, 0);
  return [
    page.paint(['bold', 'underline'], `Cluster ${inline(cluster)}`),
    `${count(before.length, 'thing')} to see to before, then ${count(kustomizations, 'Kustomization')} in ${count(waves.length, 'wave')}${stuck.length === 0 ? '' : `; ${stuck.length} never ${stuck.length === 1 ? 'starts' : 'start'}`}.`,
    ...prerequisiteKinds.flatMap((kind) => {
      const own = before.filter((each) => each.kind === kind);
      return own.length === 0 ? [] : ['', ...section(kind, own, page)];
    }),
    '',
    bold('Order'),
    `  ${paragraph(stages, page, 2).join('\n')}`,
    ...(begun.length === 0 ? [] : item('Begun by hand or by bootstrap:', inline(`${begun.join(', ')}.`), page, 2)),
    ...waves.flatMap((wave, i) => [
      '',
      `  ${bold(`Wave ${i}`)} (${wave.length})`,
      ...alike(wave).flatMap(({ names, clauses }) =>
        item(inline(`${names.join(', ')}:`), inline(clauses.join('; ')), page, 4),
      ),
    ]),
    ...(stuck.length === 0
      ? []
      : [
          '',
          bold('Never starts'),
          ...stuck.flatMap(({ kustomization, why }) =>
            item(page.paint('red', inline(kustomization)), inline(why), page, 2),
          ),
        ]),
  ];
}

function section(kind: PrerequisiteKind, own: readonly ToldPrerequisite[], page: Page): string[] {
  const { title, lead } = headings[kind];
  const notes = notesOf(own);
  const said = [...(lead === undefined ? [] : [lead]), ...notes.shared.map((note) => sentence(inline(note)))];
  return [
    `${page.paint('bold', title)} (${own.length})`,
    ...said.map((line) => `  ${paragraph(line, page, 2).join('\n')}`),
    ...own.flatMap((one) => [
      // Each by itself: together they may look like a key and its value.
      ...item('[ ]', `${inline(one.what)}: ${inline(notes.own(one))}`, page, 2),
      ...(one.check === undefined || kind === 'host' ? [] : [`      ${page.paint('dim', `$ ${inline(one.check)}`)}`]),
    ]),
  ];
}

import { type PrerequisiteKind, prerequisiteKinds } from '../../graph/start';
import { sentence } from '../../text/sentence';
import { code, escapeMarkdown, withCode } from '../markdown-text';
import { alike, notesOf } from './clauses';
import type { OrderFormat } from './format';
import { headings, stages } from './headings';
import type { ClusterOrder, ToldPrerequisite } from './told';

/** For an issue or a page: boxes to tick. */
export const markdown: OrderFormat = {
  render(orders) {
    return `${orders.map((order) => one(order).join('\n')).join('\n\n')}\n`;
  },
};

function one({ cluster, before, begun, waves, stuck }: ClusterOrder): string[] {
  return [
    `## Starting cluster ${escapeMarkdown(cluster)}`,
    ...prerequisiteKinds.flatMap((kind) => {
      const own = before.filter((each) => each.kind === kind);
      return own.length === 0 ? [] : ['', ...section(kind, own)];
    }),
    '',
    '### Order',
    '',
    stages,
    '',
    ...(begun.length === 0 ? [] : [`- [ ] Begun by hand or by bootstrap: ${begun.map(escapeMarkdown).join(', ')}`]),
    ...waves.flatMap((wave, i) => [
      `- [ ] **Wave ${i}**`,
      ...alike(wave).map(
        ({ names, clauses }) =>
          `  - [ ] **${names.map(escapeMarkdown).join(', ')}**: ${clauses.map(withCode).join('; ')}`,
      ),
    ]),
    ...(stuck.length === 0
      ? []
      : [
          '',
          '### Never starts',
          '',
          ...stuck.map(({ kustomization, why }) => `- **${escapeMarkdown(kustomization)}** ${withCode(why)}`),
        ]),
  ];
}

function section(kind: PrerequisiteKind, own: readonly ToldPrerequisite[]): string[] {
  const { title, lead } = headings[kind];
  const notes = notesOf(own);
  const said = [
    ...(lead === undefined ? [] : [withCode(lead)]),
    ...notes.shared.map((note) => withCode(sentence(note))),
  ];
  return [
    `### ${title}`,
    '',
    ...(said.length === 0 ? [] : [said.join(' '), '']),
    ...own.map((one) => {
      const check = one.check === undefined || kind === 'host' ? '' : `<br>${code(one.check)}`;
      return `- [ ] **${escapeMarkdown(one.what)}**: ${withCode(notes.own(one))}${check}`;
    }),
  ];
}

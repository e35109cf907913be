import type { FieldChange } from '../../../changes/review';
import { inline } from '../../../graph/masking/printable';
import type { Page, Style } from '../../page';
import { type MarkedLine, markedLines } from '../digest/changes';

/** A heading of the report. */
export function heading(text: string, page: Page): string {
  return page.paint(['bold', 'underline'], text);
}

const markStyles: Readonly<Record<MarkedLine['mark'], Style | undefined>> = {
  '+': 'green',
  '-': 'red',
  ' ': undefined,
};

/** The field's path, and what it was and is: removed lines red, added ones green. */
export function fieldLines(field: FieldChange, page: Page): string[] {
  const note = field.type === 'changed' ? '' : ` (${field.type})`;
  return [
    `    ${inline(field.path)}${page.paint('dim', note)}`,
    ...markedLines(field).map(({ mark, text }) => {
      const style = markStyles[mark];
      const line = `${mark} ${text}`.trimEnd();
      return `      ${style === undefined ? line : page.paint(style, line)}`;
    }),
  ];
}

/** Columns of a table, the first of which says what the row is of. */
export interface Table {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** Markdown whose columns line up, so that it reads well in a terminal, too. All but the first column are figures: to the right. */
export function markdown({ head, rows }: Table): string {
  const widths = head.map((_, column) => Math.max(3, ...[head, ...rows].map((row) => length(row[column]))));
  const line = (row: readonly string[]) =>
    `| ${widths
      .map((width, column) => {
        const cell = row[column] ?? '';
        const space = ' '.repeat(width - length(cell));
        return column === 0 ? cell + space : space + cell;
      })
      .join(' | ')} |`;
  const rule = widths.map((width, column) => (column === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`));
  return [line(head), line(rule), ...rows.map(line)].join('\n');
}

const length = (cell = '') => [...cell].length;

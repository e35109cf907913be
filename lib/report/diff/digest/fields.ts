import type { FieldChange } from '../../../changes/review';
import { codeLine } from '../../../graph/masking/printable';

/** One line of a field's value or difference, for every format: what it is in front, its text without what a terminal obeys. */
export interface MarkedLine {
  readonly mark: '+' | '-' | ' ';
  readonly text: string;
}

/** What a field was and is, line by line. */
export function markedLines({ before, after, lines }: FieldChange): readonly MarkedLine[] {
  if (lines === undefined) return [...valueLines('-', before), ...valueLines('+', after)];
  return lines
    .flatMap((line) => line.split('\n'))
    .map((line) => {
      const mark = line.charAt(0);
      if (mark === '+' || mark === '-' || mark === ' ') return { mark, text: shown(line.slice(1)) };
      return { mark: ' ', text: shown(line) };
    });
}

function valueLines(mark: '+' | '-', value: string | undefined): readonly MarkedLine[] {
  if (value === undefined) return [];
  return value
    .replace(/\n$/, '')
    .split('\n')
    .map((line) => ({ mark, text: shown(line) }));
}

/** A tab takes two columns, as in a frame of code. */
function shown(line: string): string {
  return codeLine(line).replaceAll('\t', '  ');
}

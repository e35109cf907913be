import { stripVTControlCharacters, styleText } from 'node:util';
import { columnsOf, wrap } from './columns';
import type { RenderOptions } from './format';

export type Style = Parameters<typeof styleText>[0];

/** How a page on a terminal is written: its width for text and for code, and its colours. */
export interface Page {
  readonly room: number;
  readonly codeRoom: number;
  paint(style: Style, text: string): string;
}

export function pageFor({ color, width }: Pick<RenderOptions, 'color' | 'width'>): Page {
  return {
    room: width === undefined ? Number.POSITIVE_INFINITY : Math.max(width, 40),
    codeRoom: width === undefined ? 120 : Math.max(width, 40),
    // Whether there are colours was decided by who calls: newer Node would ask the standard output again.
    paint: (style, text) => (color ? styleText(style, text, { validateStream: false }) : text),
  };
}

/**
 * Words on lines of the page.
 *
 * @param indent columns in front of every line
 * @param taken columns of the first line that something else takes
 * @returns the lines without what stands in front of the first, the others indented
 */
export function paragraph(text: string, page: Page, indent: number, taken = 0): string[] {
  const [first = '', ...rest] = wrap(text.split(' '), page.room - indent, taken);
  return [first, ...rest.map((line) => `${' '.repeat(indent)}${line}`)];
}

/** A paragraph behind a lead, which may have colours; its other lines stand two columns further in. */
export function item(lead: string, text: string, page: Page, indent: number): string[] {
  const [first, ...rest] = paragraph(text, page, indent + 2, columnsOf(stripVTControlCharacters(lead)) - 1);
  return [`${' '.repeat(indent)}${lead} ${first}`, ...rest];
}

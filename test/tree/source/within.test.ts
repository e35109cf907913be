import { locateWithin } from '../../../lib/tree/source';
import { parseFile } from '../../../lib/tree/source/parse';
import type { SourceDocument } from '../../../lib/tree/source/source';

/** Where a part of the key `a` is, in a document of this text. */
function within(yaml: string, part: string): string {
  const document = parseFile('a.yaml', yaml).documents[0] as SourceDocument;
  const { line, column } = locateWithin(document, ['a'], (document.value as { a: string }).a, part);
  return `${line}:${column}`;
}

describe('a part of a text', () => {
  it('is on its line of a block', () => {
    expect(within('a: |\n  one\n  two .OPTION .OPT\n', '.OPT')).toBe('3:15');
    expect(within('a: >-\n  one\n  two\n\n  ${X}\n', '${X}')).toBe('5:3');
    expect(within('a: "one\n  two\\n\n  ${X}"\n', '${X}')).toBe('3:3');
  });

  it('is where the text begins, if it has one line or lacks the part', () => {
    expect(within('a: one ${X}\n', '${X}')).toBe('1:4');
    expect(within('a: |\n  one\n  two\nb: ${X}\n', '${X}')).toBe('2:3');
  });

  it('is not behind a dollar where it stands without one, too', () => {
    expect(within('a: |\n  one\n  $${X}\n  ${X}\n', '${X}')).toBe('4:3');
    expect(within('a: |\n  one\n  $${X}\n', '${X}')).toBe('3:4');
  });
});

import { isBlock, printBlock, quoted } from '../../../lib/adopt/print/text';
import { textBlock } from '../../../lib/constructs/text-block';

/** What JavaScript makes of a printed text. */
function evaluate(code: string): string {
  return new Function('textBlock', 'x', `return ${code};`)(textBlock, 'X') as string;
}

test('a script is printed as it is', () => {
  const text = '#!/bin/sh\nif true; then\n\techo "a\\n" # `b`\n\n  c ${D} $${E}\nfi\n';
  expect(printBlock([text], '  ')).toBe(
    'textBlock`\n    #!/bin/sh\n    if true; then\n    \techo "a\\n" # \\`b\\`\n\n      c \\${D} $\\${E}\n    fi\n  `',
  );
});

test('every text that is printed as a block is read back equal', () => {
  let seed = 7;
  const pick = (among: readonly string[]) => {
    seed = (seed * 1103515245 + 12345) % 2147483648;
    return among[seed % among.length] as string;
  };
  const pieces = ['a', ' ', '\n', '\n', '\\', '`', '$', '{', '${', '}', '  b', '\t', '#', "'", '"', '/*', '\n\n'];
  let blocks = 0;
  for (let i = 0; i < 5_000; i += 1) {
    const text = Array.from({ length: 2 + (i % 14) }, () => pick(pieces)).join('');
    expect(evaluate(quoted(text))).toBe(text);
    if (!isBlock(text)) continue;
    blocks += 1;
    expect(evaluate(printBlock([text], '    '))).toBe(text);
  }
  expect(blocks).toBeGreaterThan(300);
});

test('what code makes of a part stands in it', () => {
  expect(evaluate(printBlock(['a: ', { code: 'x' }, '\nb: $', { code: 'x' }, '\n'], ''))).toBe('a: X\nb: $X\n');
});

test('no block: one line, ends of lines and other things that nobody sees, an indentation of all lines', () => {
  for (const text of ['a', 'a\n', 'a \nb', 'a\nb\t', 'a\rb\nc', 'a\u200b\nb', '  a\n  b', 'a\nb\\']) {
    expect(isBlock(text)).toBe(false);
  }
});

import { textBlock } from '../../lib';

test('a text stands in the code as it stands in the file', () => {
  const text = textBlock`
    #!/bin/sh
    for file in *.txt; do
      sed 's/\./-/; s/\n//' "\${file}"

    done
  `;
  expect(text).toBe('#!/bin/sh\nfor file in *.txt; do\n  sed \'s/\\./-/; s/\\n//\' "${file}"\n\ndone\n');
});

test('one without a line break at its end closes on its last line; values are put in as they are', () => {
  expect(textBlock`
    a: ${'x\n  y'}
      b: ${3}`).toBe('a: x\n  y\n  b: 3');
});

test('backslashes before a backtick and ${', () => {
  expect(textBlock`
    \`a\` \\\` \${b} \\\${c} $$ \\
  `).toBe('`a` \\` ${b} \\${c} $$ \\\\\n');
});

test('a text that begins behind the backtick is refused', () => {
  expect(
    () => textBlock`a
    b`,
  ).toThrow('textBlock`a…`: Allowed: a text that begins on the line after the backtick.');
});

import { table } from '../../../lib/report/pages/markdown';

test('a table has no column in which nothing stands', () => {
  expect(
    table(
      ['App', 'What it is', 'Waits for'],
      [
        ['a', '', ''],
        ['b', '', '`a`'],
      ],
    ),
  ).toBe(`| App | Waits for |
| --- | --- |
| a |  |
| b | \`a\` |`);
});

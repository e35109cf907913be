import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { dangers, effectKinds } from '../../lib/changes/review';
import { reviewFormats } from '../../lib/report/diff';
import { dangerMeanings, kindTexts } from '../../lib/report/diff/kinds';
import { repository } from '../repository';

const page = readFileSync(join(repository, 'docs', 'diff.md'), 'utf8');

/** The rows of the table beneath a heading. */
function rows(heading: string): string[] {
  const section = page.split(new RegExp(`^#+ ${heading}$`, 'm'))[1]?.split(/^#/m)[0] ?? '';
  return section.match(/^\| `.*/gm) ?? [];
}

test('docs/diff.md has the levels of danger and the kinds of effects in the words of the reports', () => {
  expect(rows('Levels of danger')).toEqual(dangers.map((danger) => `| \`${danger}\` | ${dangerMeanings[danger]} |`));
  expect(rows('What happens')).toEqual(
    effectKinds.map((kind) => `| \`${kind}\` | ${kindTexts[kind].title} | ${kindTexts[kind].meaning} |`),
  );
});

test('docs/diff.md names every format', () => {
  expect(page.match(/^- `\w+`/gm)).toEqual(Object.keys(reviewFormats).map((name) => `- \`${name}\``));
});

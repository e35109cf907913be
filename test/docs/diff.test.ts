import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
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

test('docs/diff.md has every input of the workflow with its default, and calls it as this repository does', () => {
  const read = (text: string) => parse(text);
  const workflow = (name: string) => read(readFileSync(join(repository, '.github', 'workflows', name), 'utf8'));
  const inputs = Object.entries(
    workflow('review-tree.yaml').on.workflow_call.inputs as Record<string, { default: string }>,
  );
  expect(rows('On a pull request').map((row) => row.match(/^\| `([^`]*)` .* \| `?(.*?)`? \|$/)?.slice(1))).toEqual(
    inputs.map(([name, input]) => [name, input.default === '' ? 'none' : input.default]),
  );

  const { jobs, ...rest } = read(page.match(/^```yaml\n(.*?)^```$/ms)?.[1] ?? '');
  const { jobs: ownJobs, ...own } = workflow('review.yaml');
  expect(rest).toEqual({ ...own, on: 'pull_request' });
  expect(jobs.clusters.permissions).toEqual(ownJobs.soyo.permissions);
  expect(jobs.clusters.uses.replace(/^OWNER\/espalier\//, './').replace(/@v0$/, '')).toBe(ownJobs.soyo.uses);
  for (const input of Object.keys(jobs.clusters.with)) expect(inputs.map(([name]) => name)).toContain(input);
});

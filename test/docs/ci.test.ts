import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { comment } from '../../lib/cli/comment';
import { repository } from '../repository';

const read = (...path: string[]) => readFileSync(join(repository, ...path), 'utf8');
const page = read('docs', 'ci.md');
const action = parse(read('action.yml'));

/** The rows of the first table whose heading has this word: names and defaults. */
function rows(heading: string): [names: string[], defaults: string][] {
  const table = page.split(new RegExp(`^\\| ${heading} \\|.*\\n\\| --- .*\\n`, 'm'))[1]?.split(/\n(?!\|)/)[0] ?? '';
  return table.split('\n').map((row) => {
    const cells = row.split('|').map((cell) => cell.trim());
    return [[...(cells[1] ?? '').matchAll(/`([^`]+)`/g)].map(([, name = '']) => name), cells.at(-2) ?? ''];
  });
}

test('docs/ci.md has every input of the action, with its default', () => {
  const told = rows('input').flatMap(([names, defaults]) => {
    const values = defaults.split(', ').map((value) => value.replaceAll('`', ''));
    return names.map((name, i) => [name, values[i]]);
  });
  const inputs = Object.entries(action.inputs as Record<string, { default: string }>).map(([name, input]) => {
    const words = { '': 'none', '${{ github.token }}': 'that of the run' } as Record<string, string>;
    return [name, words[input.default] ?? input.default];
  });
  expect(Object.fromEntries(told)).toEqual(Object.fromEntries(inputs));
});

test('docs/ci.md has every option of espalier comment', () => {
  const told = rows('option of `espalier comment`').flatMap(([names]) => names.map((name) => name.split(' ')[0]));
  expect(told).toEqual(['FILE...', ...Object.keys(comment.options).map((name) => `--${name}`)]);
});

test('the action, the component and the steps run the version that they are released with', () => {
  const { version } = JSON.parse(read('package.json')) as { version: string };
  expect(action.inputs.command.default).toBe(`npx --yes cdk8s-espalier@${version}`);
  for (const file of ['templates/espalier.yml', 'ci/azure-steps.yml']) {
    expect(read(...file.split('/'))).toContain(`default: npx --yes cdk8s-espalier@${version}\n`);
  }
  expect(page).toContain(`uses: OWNER/espalier@v${version}\n`);
  expect(page).toContain(`OWNER/espalier/espalier@v${version},`);
});

test('the comment of the page is how espalier diff begins to tell of that change', () => {
  const [shown = ''] = /^> ## (?:.|\n>)*/m.exec(page) ?? [];
  const text = shown.replace(/^> ?/gm, '').trim();
  expect(text).toContain('- [ ] Before the merge');
  expect(read('test', 'cli', 'diff', 'renamed-key.md')).toContain(text);
});

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checks, ruleSets } from '../../lib/checks';
import { commands } from '../../lib/cli/commands';
import { repository } from '../repository';

const docs = readdirSync(join(repository, 'docs'), { recursive: true, encoding: 'utf8' })
  .map((file) => join('docs', file))
  .filter((file) => file.endsWith('.md') && !file.startsWith(join('docs', 'clusters')));
const pages = ['README.md', 'CONTRIBUTING.md', ...docs];
const text = (page: string) => readFileSync(join(repository, page), 'utf8');
const lineOf = (page: string, at: number) => `${page}:${text(page).slice(0, at).split('\n').length}`;

const ruleIds = [...checks, ...Object.values(ruleSets).flat()].map(({ id }) => id);

test('docs name rules that there are', () => {
  const systems = new Set(ruleIds.map((id) => id.split('/')[0] ?? ''));
  // An app of the examples, and annotations.
  for (const other of ['backstage', 'espalier']) systems.delete(other);
  const found = pages.flatMap((page) =>
    [...text(page).matchAll(/(?<![\w/.-])([a-z]+(?:-[a-z]+)*)\/[a-z]+(?:-[a-z\d]+)*(?![\w/.*-])/g)].flatMap((match) =>
      systems.has(match[1] ?? '') && !ruleIds.includes(match[0]) ? [`${lineOf(page, match.index)} ${match[0]}`] : [],
    ),
  );
  expect(found).toEqual([]);
});

test('docs call commands with options that they have', () => {
  const found = pages.flatMap((page) =>
    [...text(page).matchAll(/\bespalier(?:\.mjs|-[\d.]+\.tgz espalier)? +([a-z]+)((?: +[^\s`|;&#()]+)*)/g)].flatMap(
      (match) => {
        const [call, name = '', rest = ''] = match;
        const { options = {} } = Object.hasOwn(commands, name) ? (commands[name]?.load() ?? {}) : {};
        const named = [...rest.matchAll(/(?:^| )--([a-z-]+)/g)].map(([, option = '']) => option);
        const known = [...Object.keys(options), 'help', 'trace'];
        return named.every((option) => known.includes(option)) ? [] : [`${lineOf(page, match.index)} ${call}`];
      },
    ),
  );
  expect(found).toEqual([]);
});

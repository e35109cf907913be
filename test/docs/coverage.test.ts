import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as espalier from '../../lib';
import { repository } from '../repository';

/** Nothing of the public API is left for the reader to find in the sources. */
const docs = join(repository, 'docs');
const pages = readdirSync(docs, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.md'))
  .map((file) => readFileSync(join(docs, file), 'utf8'))
  .join('\n');
const names = Object.entries(espalier)
  .filter(([, value]) => typeof value === 'function')
  .map(([name]) => name);

test.each(names)('%s occurs in docs/', (name) => {
  expect(pages).toMatch(new RegExp(`\\b${name}\\b`));
});

/** Relative links of a page that lead nowhere. */
function broken(page: string): string[] {
  const text = readFileSync(join(repository, page), 'utf8').replace(/^```.*?^```$/gms, '');
  return [...text.matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, link = '']) => link)
    .filter((link) => !/^https?:/.test(link) && !leads(page, link))
    .map((link) => `${page}: ${link}`);
}

function leads(page: string, link: string): boolean {
  const [path = '', anchor] = link.split('#');
  const target = path === '' ? join(repository, page) : join(repository, dirname(page), path);
  if (!existsSync(target)) return false;
  return anchor === undefined || anchors(readFileSync(target, 'utf8')).includes(anchor);
}

/** Headings as GitHub makes anchors of them. */
function anchors(markdown: string): string[] {
  return [...markdown.replace(/^```.*?^```$/gms, '').matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\w\- ]/g, '')
      .replaceAll(' ', '-'),
  );
}

test('links between pages lead to files and headings that are there', () => {
  const files = readdirSync(docs, { recursive: true, encoding: 'utf8' }).map((file) => `docs/${file}`);
  const all = ['README.md', 'CONTRIBUTING.md', ...files].filter((file) => file.endsWith('.md'));
  expect(all.flatMap(broken)).toEqual([]);
});

test.each(['docs/architecture.md', 'CONTRIBUTING.md'])('%s names files and folders that are there', (page) => {
  const text = readFileSync(join(repository, page), 'utf8');
  const named = [...text.matchAll(/`((?:lib|test|scripts|bench|docs|imports|examples|bin)\/[\w./-]*)`/g)].flatMap(
    ([, path]) => path ?? [],
  );
  expect(named.length).toBeGreaterThan(10);
  expect(named.filter((path) => !existsSync(join(repository, path)))).toEqual([]);
});

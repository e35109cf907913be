import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from '../repository';

const docs = join(repository, 'docs');

test('docs/README.md leads to every page once: sidebar and llms.txt of the site are made of it', () => {
  const index = readFileSync(join(docs, 'README.md'), 'utf8');
  const listed = [...index.matchAll(/^- \[.+?\]\((.+?\.md)\)/gm)].map(([, path]) => path);
  const pages = readdirSync(docs, { recursive: true, encoding: 'utf8' })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => file.endsWith('.md') && file !== 'README.md' && !file.startsWith('clusters/'));
  expect([...listed].sort()).toEqual(pages.sort());
});

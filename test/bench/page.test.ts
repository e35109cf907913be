import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pageOfRepository, writePage } from '../../bench/page';
import { temporaryFolder } from '../repository';
import { results } from './results';

const folder = temporaryFolder();
const file = join(folder, 'performance.md');
const machine = { CPU: 'abacus', Cores: '2' };

test('the bench replaces the figures of a page, and nothing that is written by hand', () => {
  const figures = '<!-- Figures: made by `npm run bench`. -->\n\nfigures of last year\n\n<!-- End of the figures. -->';
  writeFileSync(file, `# By hand\n\n${figures}\n\n## Also by hand\n`);
  writePage(file, results, machine);
  const page = readFileSync(file, 'utf8');
  expect(
    page.startsWith('# By hand\n\n<!-- Figures: made by `npm run bench`. -->\n\n### Targets\n\n| at 1,000 apps'),
  ).toBe(true);
  expect(page.endsWith('<!-- End of the figures. -->\n\n## Also by hand\n')).toBe(true);
  expect(page).not.toContain('last year');
  expect(page).toContain('| CPU   | abacus |\n');
  expect(page).toContain('the median of up to 3 runs');

  writePage(file, results, machine);
  expect(readFileSync(file, 'utf8')).toBe(page);
});

test('a page that does not exist begins as the one of the repository', () => {
  writePage(join(folder, 'new.md'), results, machine);
  const [before] = readFileSync(pageOfRepository, 'utf8').split('<!-- Figures');
  expect(readFileSync(join(folder, 'new.md'), 'utf8').startsWith(before ?? '?')).toBe(true);
});

test('a page without a place for figures is refused', () => {
  writeFileSync(file, '# Nothing\n');
  expect(() => writePage(file, results, machine)).toThrow(
    `${file} has no line "<!-- Figures: made by \`npm run bench\`. -->"`,
  );
});

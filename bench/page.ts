import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Line, type Look, plot } from './plot';
import type { Results } from './results';
import { markdown } from './table';
import { startTable, targetTable, timeTable, usageTable } from './tables';
import { repository } from './workshop';

export const pageOfRepository = join(repository, 'docs', 'performance.md');

/** What is between these lines is the bench's; the rest of the page is written by hand. */
const begin = '<!-- Figures: made by `npm run bench`. -->';
const end = '<!-- End of the figures. -->';

/** What the plot shows, and how. */
const drawn: readonly (readonly [id: string, look: Look])[] = [
  ['file-per-chart', 'red'],
  ['folder-per-chart', 'orange'],
  ['kustomize', 'teal'],
  ['fresh', 'blue'],
  ['changed', 'purple'],
  ['unchanged', 'green'],
  ['write', 'grey'],
  ['compare', 'faint'],
];

/**
 * Puts the figures into a page, and the plot beside it in images/. A page that does not exist begins as the repository's.
 *
 * @throws Error when the page has no place for figures
 */
export function writePage(file: string, results: Results, machine: Readonly<Record<string, string>>): void {
  const page = readFileSync(existsSync(file) ? file : pageOfRepository, 'utf8');
  const [before, rest] = split(page, begin, file);
  const [, after] = split(rest, end, file);
  const images = join(dirname(file), 'images');
  mkdirSync(images, { recursive: true });
  writeFileSync(join(images, 'performance.svg'), picture(results));
  writeFileSync(file, `${before}${begin}\n\n${figures(results, machine)}\n\n${end}${after}`);
}

function split(text: string, mark: string, file: string): [string, string] {
  const at = text.indexOf(mark);
  if (at === -1) throw new Error(`${file} has no line "${mark}", where the figures go`);
  return [text.slice(0, at), text.slice(at + mark.length)];
}

function figures(results: Results, machine: Readonly<Record<string, string>>): string {
  const rounds = Math.max(...results.all.map(({ samples }) => samples.length));
  return `### Targets

${markdown(targetTable(results))}

### Time

Seconds of a whole process: the median of up to ${rounds} ${rounds === 1 ? 'run' : 'runs'} (the fastest to the slowest).

![Time over the size of a fleet](images/performance.svg)

${markdown(timeTable(results))}

### CPU time and memory

${markdown(usageTable(results))}

### Cold starts

${markdown(startTable(results))}

### Machine

${markdown({ head: ['', ''], rows: Object.entries(machine) })}`;
}

function picture(results: Results): string {
  const lines = drawn.flatMap(([id, look]): Line[] => {
    const found = results.cases(true).find((one) => one.id === id);
    if (!found) return [];
    const skipped = results.all.find((one) => one.id === id && one.predicted !== undefined);
    const predicted = skipped && ([skipped.apps as number, skipped.predicted as number] as const);
    return [{ title: found.title, look, points: results.points(id, 'seconds'), predicted }];
  });
  return plot('Time of a whole process over the size of a fleet', lines);
}

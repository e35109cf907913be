import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { formats } from '../../../lib/report';
import { reviewFormats } from '../../../lib/report/diff';
import { impactFormats } from '../../../lib/report/impact';
import { orderFormats } from '../../../lib/report/order';
import { pictureFormats } from '../../../lib/report/pictures/formats';
import { espalier, temporaryFolder } from '../../repository';

import { broken, marks, plant, planted, surroundings, type Texts } from './planted';

const folder = temporaryFolder();

function write(name: string, texts: Texts): string {
  for (const [path, text] of Object.entries(texts)) {
    const file = join(folder, name, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  return name;
}

/** The lines of a text in which a planted value stands. */
export function leaksIn(text: string): string[] {
  return text.split('\n').flatMap((line) => {
    const at = line.search(marks);
    return at < 0 ? [] : [line.slice(Math.max(0, at - 60), at + 60)];
  });
}

/** What a command prints and writes of what was planted. */
async function leaks(args: readonly string[]): Promise<readonly string[]> {
  const { code, stdout, stderr } = await espalier(args, { cwd: folder });
  expect(stdout + stderr).not.toMatch(/\n {4}at /);
  expect(code).not.toBeNull();
  return leaksIn(stdout + stderr);
}

beforeAll(() => {
  for (const generation of ['a', 'b'] as const) {
    const of = plant(generation);
    write(`whole-${generation}`, { ...planted(of), ...surroundings(of) });
    write(`broken-${generation}`, { ...broken(of), ...surroundings(of) });
  }
});

/** Runs each command in each format on a tree of that kind. */
export function showsNothing(tree: 'whole' | 'broken'): void {
  it.each(Object.keys(formats))('by check --format %s', async (format) => {
    expect(await leaks(['check', `${tree}-a`, '--format', format])).toEqual([]);
  });

  it.each(Object.keys(reviewFormats))('by diff --format %s', async (format) => {
    expect(await leaks(['diff', `${tree}-a`, `${tree}-b`, '--format', format])).toEqual([]);
    expect(await leaks(['diff', 'whole-a', 'broken-b', '--format', format])).toEqual([]);
  });

  it.each(Object.keys(pictureFormats))('by graph --format %s', async (format) => {
    for (const what of ['secrets', 'order']) {
      expect(await leaks(['graph', `${tree}-a`, '--of', what, '--format', format])).toEqual([]);
    }
  });

  it.each(['hcl', 'commands', 'json'])('by policy --format %s', async (format) => {
    expect(await leaks(['policy', `${tree}-a`, '--format', format])).toEqual([]);
  });

  it.each(Object.keys(impactFormats))('by impact --format %s', async (format) => {
    const files = Object.keys(planted(plant('a')));
    // Of one kind of data all formats are made.
    for (const file of format === 'json' ? files : files.slice(0, 3)) {
      expect(await leaks(['impact', file, `${tree}-a`, '--all', '--format', format])).toEqual([]);
    }
  });

  it.each(Object.keys(orderFormats))('by order --format %s', async (format) => {
    expect(await leaks(['order', `${tree}-a`, '--format', format])).toEqual([]);
  });

  it('by docs', async () => {
    expect(await leaks(['docs', `${tree}-a`, '--output', `pages-${tree}`])).toEqual([]);
    expect(await leaks(['docs', `${tree}-b`, '--output', `pages-${tree}`, '--check'])).toEqual([]);
    const pages = readdirSync(join(folder, `pages-${tree}`), { recursive: true, withFileTypes: true });
    for (const page of pages.filter((entry) => entry.isFile())) {
      expect(leaksIn(readFileSync(join(page.parentPath, page.name), 'utf8'))).toEqual([]);
    }
  });
}

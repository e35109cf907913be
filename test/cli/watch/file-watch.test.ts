import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { FileWatch } from '../../../lib/cli/watch/file-watch';
import { hashOf } from '../../../lib/cli/watch/hash';
import { temporaryFolder } from '../../repository';

const root = temporaryFolder();
let watched: FileWatch;
afterEach(() => watched.close());

/** Watches a file of a new folder; what changed is collected by name. */
function begin(name: string): {
  folder: string;
  file: string;
  told: string[];
  until: (count: number) => Promise<void>;
} {
  const folder = join(root, name);
  mkdirSync(folder);
  const file = join(folder, 'shop.ts');
  writeFileSync(file, 'one');
  const told: string[] = [];
  watched = new FileWatch(
    (files) => told.push(...files.map((path) => basename(path))),
    (error) => {
      throw error;
    },
  );
  watched.add([[file, hashOf(file)]]);
  const until = async (count: number) => {
    for (const end = Date.now() + 10_000; told.length < count; ) {
      if (Date.now() > end) throw new Error(`told of ${told.join(', ')} only`);
      await new Promise((done) => setTimeout(done, 5));
    }
  };
  return { folder, file, told, until };
}

/** Long enough for an event to be told of, if there were one. */
const calm = () => new Promise((done) => setTimeout(done, 300));

describe('watching files', () => {
  test('tells of another content, not of a save that changes nothing, and of no other file', async () => {
    const { folder, file, told, until } = begin('content');
    writeFileSync(file, 'one');
    writeFileSync(join(folder, 'other.ts'), 'x');
    await calm();
    expect(told).toEqual([]);
    writeFileSync(file, 'two');
    await until(1);
    expect(told).toEqual(['shop.ts']);
  });

  test('tells once of a save by renaming, by deleting and creating, and in two steps', async () => {
    const { folder, file, told, until } = begin('save');
    writeFileSync(join(folder, 'tmp'), 'two');
    renameSync(join(folder, 'tmp'), file);
    await until(1);
    rmSync(file);
    writeFileSync(file, 'three');
    await until(2);
    writeFileSync(file, '');
    writeFileSync(file, 'four');
    await until(3);
    await calm();
    expect(told).toEqual(['shop.ts', 'shop.ts', 'shop.ts']);
  });

  test('tells of a file that goes and comes back, and of one in a folder that is another one, as a checkout leaves it', async () => {
    const { folder, file, told, until } = begin('gone');
    rmSync(file);
    await until(1);
    writeFileSync(file, 'one');
    await until(2);
    rmSync(folder, { recursive: true });
    await until(3);
    mkdirSync(folder);
    writeFileSync(file, 'two');
    await until(4);
    writeFileSync(file, 'three');
    await until(5);
    expect(new Set(told)).toEqual(new Set(['shop.ts']));
  });

  test('tells of a change that came before it watched: since it was loaded, or since something else began to read it', async () => {
    const { folder, told, until } = begin('before');
    const [one, two, three] = ['one.ts', 'two.ts', 'three.ts'].map((name) => join(folder, name)) as [
      string,
      string,
      string,
    ];
    for (const file of [one, two, three]) writeFileSync(file, 'x');
    watched.add([[one, 'of another content']]);
    await until(1);
    watched.add([[two, hashOf(two)]], Date.now() - 60_000);
    await until(2);
    watched.add([[three, hashOf(three)]], Date.now() + 60_000);
    await calm();
    expect(told).toEqual(['one.ts', 'two.ts']);
  });

  test('tells of a change also when the file is said to be loaded as it is, before that was told', async () => {
    const { file, told, until } = begin('loaded');
    writeFileSync(file, 'two');
    watched.add([[file, hashOf(file)]]);
    await until(1);
    watched.add([[file, hashOf(file)]]);
    await calm();
    expect(told).toEqual(['shop.ts']);
  });

  test('tells of any source file below a folder while all count, and of none in packages or in a tree', async () => {
    const { folder, told, until } = begin('all');
    for (const below of ['deep', 'node_modules', 'dist']) mkdirSync(join(folder, below));
    writeFileSync(join(folder, 'dist', '.espalier.sha256'), '');
    watched.watchAll(folder, true);
    for (const path of ['node_modules/a.ts', 'dist/b.json', 'deep/c.txt', 'deep/d.ts']) {
      writeFileSync(join(folder, path), 'x');
    }
    await until(1);
    await calm();
    expect(told).toEqual(['d.ts']);
    // What is missing may be put in a folder that is not there yet.
    mkdirSync(join(folder, 'new', 'deeper'), { recursive: true });
    writeFileSync(join(folder, 'new', 'deeper', 'n.ts'), 'x');
    await until(2);
    mkdirSync(join(folder, 'dist', 'apps'));
    writeFileSync(join(folder, 'dist', 'apps', 'x.json'), '{}');
    await calm();
    expect(told).toEqual(['d.ts', 'n.ts']);
    watched.watchAll(folder, false);
    writeFileSync(join(folder, 'deep/e.ts'), 'x');
    await calm();
    expect(told).toEqual(['d.ts', 'n.ts']);
  });

  test('passes over a folder that it may not read (not as root, whom no mode stops)', () => {
    if (process.getuid?.() === 0) return;
    const { folder } = begin('unreadable');
    mkdirSync(join(folder, 'data'), { mode: 0 });
    watched.watchAll(folder, true);
  });

  test('waits for a folder in whose place there is a file', async () => {
    const { folder, told, until } = begin('file');
    mkdirSync(join(folder, 'apps', 'shop'), { recursive: true });
    const below = join(folder, 'apps', 'shop', 'app.ts');
    writeFileSync(below, 'one');
    watched.add([[below, hashOf(below)]]);
    rmSync(join(folder, 'apps'), { recursive: true });
    writeFileSync(join(folder, 'apps'), '');
    await until(1);
    await calm();
    rmSync(join(folder, 'apps'));
    mkdirSync(join(folder, 'apps', 'shop'), { recursive: true });
    writeFileSync(below, 'two');
    await until(2);
    expect(told).toEqual(['app.ts', 'app.ts']);
  });
});

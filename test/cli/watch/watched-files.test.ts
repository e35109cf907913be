import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { WatchedFiles } from '../../../lib/cli/watch/watched-files';
import { temporaryFolder } from '../../repository';

const root = temporaryFolder();
let watched: WatchedFiles;
afterEach(() => watched.end());

/** Watches a file of a new folder; what changed is collected by name. */
function begin(name: string) {
  const folder = join(root, name);
  mkdirSync(folder);
  const file = join(folder, 'shop.ts');
  writeFileSync(file, 'one');
  const told: string[][] = [];
  watched = new WatchedFiles((files) => told.push(files.map((path) => basename(path)).sort()));
  watched.watch([file]);
  const until = async (count: number) => {
    for (const end = Date.now() + 10_000; told.length < count; ) {
      if (Date.now() > end) throw new Error(`told of ${JSON.stringify(told)} only`);
      await new Promise((done) => setTimeout(done, 5));
    }
  };
  return { folder, file, told, until };
}

/** Long enough for a change to be told of, if there were one. */
const calm = () => new Promise((done) => setTimeout(done, 400));

describe('watching files', () => {
  test('tells of a file that is written, replaced or deleted, and of no other file', async () => {
    const { folder, file, told, until } = begin('content');
    writeFileSync(join(folder, 'other.ts'), 'x');
    await calm();
    expect(told).toEqual([]);
    writeFileSync(file, 'three');
    await until(1);
    writeFileSync(join(folder, 'tmp'), 'other');
    renameSync(join(folder, 'tmp'), file);
    await until(2);
    rmSync(folder, { recursive: true });
    await until(3);
    mkdirSync(folder);
    writeFileSync(file, 'other');
    await until(4);
    expect(told).toEqual(Array(4).fill(['shop.ts']));
  });

  test('tells once of what is written in several steps, and of several files', async () => {
    const { folder, file, told, until } = begin('steps');
    const other = join(folder, 'other.ts');
    watched.watch([file, other]);
    rmSync(file);
    writeFileSync(other, '');
    await new Promise((done) => setTimeout(done, 10));
    for (const path of [file, other]) writeFileSync(path, 'written');
    await until(1);
    await calm();
    expect(told).toEqual([['other.ts', 'shop.ts']]);
  });

  test('tells of a file that changed while it was loaded, before it was watched', async () => {
    const { folder, told, until } = begin('late');
    const since = Date.now();
    const [old, late] = ['old.ts', 'late.ts'].map((name) => join(folder, name)) as [string, string];
    for (const path of [old, late]) writeFileSync(path, 'x');
    watched.watch([old], { since: since + 60_000 });
    watched.watch([old, late], { since });
    await until(1);
    await calm();
    expect(told).toEqual([['late.ts']]);
  });

  test('tells of every source file below a folder, where it is not known which count: not of packages, other files and trees', async () => {
    const { folder, told, until } = begin('below');
    mkdirSync(join(folder, 'node_modules'));
    mkdirSync(join(folder, 'dist'));
    writeFileSync(join(folder, 'dist', '.espalier.sha256'), '');
    watched.watch([], { below: folder });
    for (const path of ['node_modules/a.ts', 'dist/b.ts', 'c.yaml']) writeFileSync(join(folder, path), 'x');
    await calm();
    expect(told).toEqual([]);
    mkdirSync(join(folder, 'apps'));
    writeFileSync(join(folder, 'apps', 'new.ts'), 'x');
    await until(1);
    rmSync(join(folder, 'apps'), { recursive: true });
    await until(2);
    expect(told).toEqual([['new.ts'], ['new.ts']]);
  });

  test('counts the files that are there', () => {
    const { folder, file } = begin('count');
    expect(watched.count).toBe('1 file');
    watched.watch([file, join(folder, 'none.ts'), root]);
    expect(watched.count).toBe('2 files');
  });
});

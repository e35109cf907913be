import { spawn } from 'node:child_process';
import { readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { ChartCache, defaultCacheFolder } from '../../../lib/tree/charts/cache';
import { sha256 } from '../../../lib/tree/charts/pack';
import { repository } from '../../repository';
import { temporaryFolder } from '../folder';

test.each([
  [{ XDG_CACHE_HOME: '/x' }, 'linux', join('/x', 'espalier')],
  [{ XDG_CACHE_HOME: '/x' }, 'darwin', join('/x', 'espalier')],
  [{ XDG_CACHE_HOME: 'x' }, 'linux', join(homedir(), '.cache', 'espalier')],
  [{}, 'linux', join(homedir(), '.cache', 'espalier')],
  [{}, 'darwin', join(homedir(), 'Library', 'Caches', 'espalier')],
  [{ LOCALAPPDATA: '/local' }, 'win32', join('/local', 'espalier')],
] as const)('with %j on %s it is %s', (env, platform, expected) => {
  expect(defaultCacheFolder(env, platform)).toBe(expected);
});

test('keeps texts by their keys, and archives by their digests', () => {
  const cache = new ChartCache(temporaryFolder());
  cache.write('rendered', 'one', 'text\nof lines\n');
  expect([cache.read('rendered', 'one'), cache.read('rendered', 'two'), cache.read('sources', 'one')]).toEqual([
    'text\nof lines\n',
    undefined,
    undefined,
  ]);
  const path = cache.keepArchive(Buffer.from('archive'));
  expect(cache.archive(sha256('archive'))).toBe(path);
  expect(cache.archive('sha256:../../../etc/passwd')).toBeUndefined();
});

test('what somebody else has put there is neither counted nor deleted', () => {
  const cache = new ChartCache(temporaryFolder());
  cache.write('rendered', 'one', 'text');
  writeFileSync(join(cache.folder, 'rendered', 'notes.txt'), 'mine');
  expect(cache.size().files).toBe(1);
  expect(cache.prune(0).files).toBe(1);
  expect(readdirSync(join(cache.folder, 'rendered'))).toEqual(['notes.txt']);
});

test('a text of another key, or one that was changed, counts for none', () => {
  const cache = new ChartCache(temporaryFolder());
  cache.write('rendered', 'one', 'text');
  const [file = ''] = readdirSync(join(cache.folder, 'rendered'));
  const path = join(cache.folder, 'rendered', file);
  writeFileSync(path, `${sha256('two\ntext')}\ntext`);
  expect(cache.read('rendered', 'one')).toBeUndefined();
  writeFileSync(path, '');
  expect(cache.read('rendered', 'one')).toBeUndefined();
});

test('what was used longest ago goes first', () => {
  const cache = new ChartCache(temporaryFolder());
  const paths = ['a', 'b', 'c'].map((name) => cache.keepArchive(Buffer.alloc(1000, name)));
  const days = [1, 3, 2];
  paths.forEach((path, i) => {
    const used = new Date(Date.now() - (days[i] as number) * 86_400_000);
    utimesSync(path, used, used);
  });
  expect(cache.archive(sha256(Buffer.alloc(1000, 'b')))).toBe(paths[1]);
  expect(cache.prune(2000)).toEqual({ files: 1, bytes: 1000 });
  const left = ['a', 'b', 'c'].map((name) => cache.archive(sha256(Buffer.alloc(1000, name))) !== undefined);
  expect(left).toEqual([true, true, false]);
});

test('a text that is read again stays as if it were written on that day', () => {
  const cache = new ChartCache(temporaryFolder());
  const clock = jest.spyOn(Date.prototype, 'toISOString');
  clock.mockReturnValueOnce('2026-01-01T00:00:00.000Z');
  for (const key of ['old', 'new']) cache.write('rendered', key, 'text');
  const times = () =>
    readdirSync(join(cache.folder, 'rendered')).map((file) => statSync(join(cache.folder, 'rendered', file)).mtimeMs);
  for (const file of readdirSync(join(cache.folder, 'rendered')))
    utimesSync(join(cache.folder, 'rendered', file), 0, 0);
  expect(cache.read('rendered', 'old')).toBe('text');
  expect(times()).toEqual([0, 0]);
  clock.mockReturnValueOnce('2026-01-02T00:00:00.000Z');
  const later = new ChartCache(cache.folder);
  expect(later.read('rendered', 'old')).toBe('text');
  expect(times().filter((time) => time === 0)).toHaveLength(1);
  expect(later.read('rendered', 'old')).toBe('text');
});

test('several processes share one', async () => {
  const folder = temporaryFolder();
  const program = `
    const { ChartCache } = require('./lib/tree/charts/cache');
    const cache = new ChartCache(${JSON.stringify(folder)});
    for (let i = 0; i < 200; i++) {
      const key = String(i % 10);
      cache.write('rendered', key, key.repeat(100_000));
      const text = cache.read('rendered', key);
      if (text !== key.repeat(100_000)) throw new Error('half of it');
      cache.keepArchive(Buffer.alloc(100_000, key));
    }`;
  const ended = () =>
    new Promise((done) => {
      const child = spawn(process.execPath, ['--import', 'tsx', '-e', program], { cwd: repository, stdio: 'inherit' });
      child.on('close', done);
    });
  expect(await Promise.all([ended(), ended()])).toEqual([0, 0]);
  expect(new ChartCache(folder).size().files).toBe(20);
});

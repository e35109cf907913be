import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ChartCache } from '../../lib/tree/charts/cache';
import { repository, run, temporaryFolder } from '../repository';

const home = temporaryFolder();
const espalier = (...args: string[]) =>
  run(process.execPath, [join(repository, 'scripts', 'espalier.mjs'), 'cache', ...args], {
    env: { XDG_CACHE_HOME: home },
  });

test('says where charts are kept and how large they are, and deletes them', () => {
  const folder = join(home, 'espalier');
  expect(espalier()).toEqual({ code: 0, stdout: `${folder}: 0 files, 0.0 MB\n`, stderr: '' });
  const kept = new ChartCache(folder);
  kept.keepArchive(Buffer.alloc(1_500_000));
  kept.write('rendered', 'key', 'text');
  expect(espalier('prune').stdout).toBe(`deleted 0 files, 0.0 MB\n${folder}: 2 files, 1.5 MB\n`);
  expect(espalier('prune', '--all').stdout).toBe(`deleted 2 files, 1.5 MB\n${folder}: 0 files, 0.0 MB\n`);
  expect(readdirSync(join(folder, 'archives'))).toEqual([]);
});

test('refuses what it does not know', () => {
  expect(espalier('purge').stderr).toContain('there is no `cache purge`. Run espalier cache, or espalier cache prune.');
  expect(espalier('--all').stderr).toContain('--all goes with prune. Run espalier cache prune --all.');
});

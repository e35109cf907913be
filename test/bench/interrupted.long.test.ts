import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { repository, temporaryFolder } from '../repository';

const folder = temporaryFolder();

let child: ChildProcess | undefined;
// Whatever becomes of the test, what it runs ends, and ends what it runs itself.
afterEach(() => {
  child?.kill('SIGTERM');
});

test('interrupted, it ends what it runs and removes what it has made', async () => {
  const args = ['--import', 'tsx', join(repository, 'bench', 'main.ts'), '--smoke'];
  const bench = spawn(process.execPath, args, {
    cwd: repository,
    env: { ...process.env, TMPDIR: folder, NODE_OPTIONS: '' },
  });
  child = bench;
  const exit = once(bench, 'exit');
  for await (const text of bench.stderr) if (String(text).includes('round 1')) break;
  bench.kill('SIGINT');
  expect(await exit).toEqual([130, null]);
  expect(readdirSync(folder).filter((name) => name.startsWith('espalier-bench'))).toEqual([]);
}, 120_000);

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { repository, temporaryFolder } from '../repository';

const folder = temporaryFolder();

test('interrupted, it ends what it runs and removes what it has made', async () => {
  const args = ['--import', 'tsx', join(repository, 'bench', 'main.ts'), '--smoke'];
  const child = spawn(process.execPath, args, {
    cwd: repository,
    env: { ...process.env, TMPDIR: folder, NODE_OPTIONS: '' },
  });
  const exit = once(child, 'exit');
  for await (const text of child.stderr) if (String(text).includes('round 1')) break;
  child.kill('SIGINT');
  expect(await exit).toEqual([130, null]);
  expect(readdirSync(folder).filter((name) => name.startsWith('espalier-bench'))).toEqual([]);
}, 120_000);

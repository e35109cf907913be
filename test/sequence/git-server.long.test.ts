import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { has, run, temporaryFolder } from '../repository';

const temporary = temporaryFolder();

(has('git') ? test : test.skip)('the server of the sequence hands its repository to whoever clones it', async () => {
  const source = join(temporary, 'source');
  mkdirSync(source);
  writeFileSync(join(source, 'a.yaml'), 'a: 1\n');
  const git = (...args: string[]) =>
    run('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.org', ...args], { cwd: source });
  git('init', '-q', '-b', 'main');
  git('add', '.');
  git('commit', '-qm', 'one');
  const server = spawn(process.execPath, [join(__dirname, 'git-server.mjs'), join(source, '.git'), '0'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    const [line] = (await once(server.stdout, 'data')) as [Buffer];
    const clone = spawn('git', [
      'clone',
      '-q',
      '--depth',
      '1',
      '--branch',
      'main',
      String(line).trim(),
      join(temporary, 'clone'),
    ]);
    expect((await once(clone, 'exit'))[0]).toBe(0);
    expect(readFileSync(join(temporary, 'clone', 'a.yaml'), 'utf8')).toBe('a: 1\n');
  } finally {
    server.kill();
  }
});

import { spawnSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from '../../repository';
import { disturbed, expectCompletes, expectTidies, jellyfin, killedAt, tidied, undisturbed, untidied } from './killed';
import { repositoryWith, snapshot } from './repository';

describe.each(['before', 'halfway'] as const)('%s a change of the file system', (where) => {
  test('killed at any of them: as it was, or code that synth and adopt complete', async () => {
    const { after } = await undisturbed();
    const outcomes: string[] = [];
    for (let at = 0; ; at += 1) {
      const cwd = repositoryWith();
      if (!(await killedAt(cwd, at, where))) break;
      outcomes.push(await expectCompletes(cwd, after));
    }
    expect([...new Set(outcomes)]).toEqual(['as it was', 'used']);
    expect(outcomes.length).toBeGreaterThan(30);
  }, 600_000);

  test('killed at any of them while it moves a file: all files are there, or synth completes it', async () => {
    const { before, after } = await tidied();
    const outcomes = new Set<string>();
    for (let at = 0; ; at += 1) {
      const cwd = untidied();
      if (!(await killedAt(cwd, at, where, [jellyfin, '--tidy']))) break;
      outcomes.add(await expectTidies(cwd, before, after));
    }
    expect([...outcomes]).toEqual(['as it was', 'used']);
  }, 600_000);

  test('a full disk at any of them: nothing has changed', async () => {
    for (let at = 0; ; at += 1) {
      const cwd = repositoryWith();
      const before = snapshot(cwd);
      const failed = await disturbed(cwd, at, where, (name) => {
        if (name === 'writeFileSync' || name === 'mkdirSync')
          throw Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' });
      });
      if (!failed) break;
      expect(snapshot(cwd)).toEqual(before);
    }
  }, 600_000);
});

test('killed by SIGKILL in a process of its own', async () => {
  const { after } = await undisturbed();
  const outcomes: string[] = [];
  for (let i = 2; i < 40; i += 6) {
    const cwd = repositoryWith();
    writeFileSync(join(cwd, '.git', 'info', 'exclude'), 'node_modules\n');
    mkdirSync(join(cwd, 'node_modules'));
    symlinkSync(repository, join(cwd, 'node_modules', 'cdk8s-espalier'));
    const child = join(repository, 'test', 'cli', 'adopt', 'kill.child.ts');
    const args = ['--import', join(repository, 'node_modules', 'tsx', 'dist', 'loader.mjs'), child, `${i}`, jellyfin];
    const { signal, stderr } = spawnSync(process.execPath, args, { cwd, encoding: 'utf8' });
    expect({ signal, stderr }).toEqual({ signal: 'SIGKILL', stderr: '' });
    outcomes.push(await expectCompletes(cwd, after));
  }
  expect(new Set(outcomes).size).toBe(2);
}, 600_000);

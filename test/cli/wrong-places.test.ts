import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { command, has, run, spawnEspalier, temporaryFolder } from '../repository';

const cwd = temporaryFolder();
mkdirSync(join(cwd, 'app'));
writeFileSync(join(cwd, 'app', 'namespace.yaml'), 'apiVersion: v1\nkind: Namespace\nmetadata: { name: shop }\n');
const onFullDisk = existsSync('/dev/full') ? test : test.skip;

onFullDisk('a report that is lost on a full disk is a failure', () => {
  const { code, stderr } = run('sh', ['-c', `"$0" "$1" check > /dev/full`, process.execPath, command], { cwd });
  expect({ code, stderr }).toEqual({
    code: 2,
    stderr: 'error: ENOSPC: no space left on device, write. The disk is full: make room, and run it again.\n',
  });
});

(has('git') ? test : test.skip)('a repository of another user is told with the command that trusts it', () => {
  run('git', ['init', '-q'], { cwd });
  const env = { ...process.env, GIT_TEST_ASSUME_DIFFERENT_OWNER: '1' };
  for (const args of [['diff'], ['diff', 'HEAD~1'], ['check', '--rev', 'HEAD']]) {
    const { code, stderr } = spawnEspalier(args, { cwd, env });
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: `error: Git does not read ${cwd}, since it belongs to another user. If you trust it, run: git config --global --add safe.directory ${cwd}\n`,
    });
  }
});

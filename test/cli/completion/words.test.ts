import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { rules } from '../../../lib/checks/rules';
import { commands } from '../../../lib/cli/commands';
import { espalier, has, repository, run, temporaryFolder } from '../../repository';

const cwd = join(temporaryFolder(), 'soyo');
beforeAll(() => cpSync(join(repository, 'dist'), join(cwd, 'dist'), { recursive: true }));

/** What is offered for the last word, without descriptions. */
async function words(...typed: string[]): Promise<string[]> {
  const { code, stdout, stderr } = await espalier(['completion', 'words', '--', ...typed], { cwd });
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return stdout === ''
    ? []
    : stdout
        .trimEnd()
        .split('\n')
        .map((line) => line.replace(/\t.*/, ''));
}

test('the first word is a command', async () => {
  expect(await words('')).toEqual([...Object.keys(commands), '--help', '--version']);
  expect(await words('cl')).toEqual(['clusters']);
  expect(await words('--v')).toEqual(['--version']);
});

test('a command is told with what it does', async () => {
  expect((await espalier(['completion', 'words', '--', 'exp'])).stdout).toBe(
    'explain\twhat a rule of check means, and how to fix what it finds\n',
  );
});

test('an option is one of the command, not one that is given already', async () => {
  expect(await words('diff', '--f')).toEqual(['--format']);
  expect(await words('diff', '--format', 'html', '--f')).toEqual([]);
  expect(await words('check', '--only', 'eso', '--onl')).toEqual(['--only']);
});

test('its value is one of its choices, however it is written', async () => {
  expect(await words('diff', '--format', '')).toEqual(['pretty', 'json', 'markdown', 'html']);
  expect(await words('diff', '--format', 'm')).toEqual(['markdown']);
  expect(await words('diff', '--format=m')).toEqual(['--format=markdown']);
  // As bash splits it.
  expect(await words('diff', '--format', '=', 'm')).toEqual(['markdown']);
  expect(await words('diff', '--format', '=')).toEqual(['pretty', 'json', 'markdown', 'html']);
});

test('a rule is one of check, or a system', async () => {
  expect(await words('explain', 'eso/two')).toEqual(['eso/two-owners']);
  expect(await words('check', '--only', 'vaul')).toEqual([
    'vault',
    ...rules.map(({ id }) => id).filter((id) => id.startsWith('vault/')),
  ]);
});

test('a cluster is one of the tree that is named', async () => {
  expect(await words('check', 'dist', '--cluster', '')).toEqual(['soyo']);
  expect(await words('diff', '--path', 'dist', '--cluster', 's')).toEqual(['soyo']);
  expect(await words('check', 'nowhere', '--cluster', '')).toEqual([]);
});

test('what a command takes first is offered first', async () => {
  expect(await words('cache', '')).toEqual(['prune']);
  expect(await words('report', '')).toEqual(['merge']);
  expect(await words('report', 'merge', '')).toEqual([]);
  expect(await words('completion', '')).toEqual(['bash', 'zsh', 'fish']);
});

test('files are left to the shell', async () => {
  expect(await words('check', 'di')).toEqual([]);
  expect(await words('check', '--config', '')).toEqual([]);
  expect(await words('nonsense', '')).toEqual([]);
});

(has('git') ? test : test.skip)(
  'a revision is a branch or a tag, but none that a shell would read as more',
  async () => {
    const git = (...args: string[]) =>
      run('git', ['-c', 'user.name=A', '-c', 'user.email=a@example.org', ...args], { cwd });
    git('init', '-q', '-b', 'main');
    git('commit', '-q', '--allow-empty', '-m', 'Nothing');
    for (const name of ['feature/a', 'a$(touch${IFS}hacked)', 'a;b']) git('branch', name);
    git('tag', 'v1');
    expect(await words('diff', '')).toEqual(['feature/a', 'main', 'v1']);
    expect(await words('check', '--rev', 'f')).toEqual(['feature/a']);
  },
);

import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { commands } from '../../lib/cli/commands';
import { fitted } from '../../lib/cli/help';
import { espalier, has, repository, run, temporaryFolder } from '../repository';

const cwd = join(temporaryFolder(), 'soyo');
const git = (...args: string[]) =>
  run('git', ['-c', 'user.name=A', '-c', 'user.email=a@example.org', ...args], { cwd });
const names = Object.keys(commands);
const helpOf = async (name: string) => (await espalier([name, '--help'])).stdout.trimEnd();

test.each(names)('espalier %s --help has its usage, its exit codes, an example, and fits a terminal', async (name) => {
  const lines = (await helpOf(name)).split('\n');
  expect(lines.filter((line) => line.startsWith(`Usage: espalier ${name}`))).toHaveLength(1);
  expect(lines.filter((line) => /^Exit codes: 0 /.test(line))).toHaveLength(1);
  expect(lines.at(-1)).toMatch(new RegExp(`^Example: espalier ${name} .`));
  expect(lines.filter((line) => line.length > 130)).toEqual([]);
});

test.each(names)('espalier %s --help tells of all its options, and of no others', async (name) => {
  const told = [...(await helpOf(name)).matchAll(/^ +--([a-z-]+)|\(--([a-z-]+) is another name/gm)].map(
    ([, a, b]) => a ?? b,
  );
  const { options = {} } = commands[name]?.load() ?? {};
  const known = Object.keys(options).filter((option) => !options[option]?.hidden);
  expect(told.sort()).toEqual([...known, 'trace'].sort());
});

test('espalier help COMMAND is its --help', async () => {
  expect((await espalier(['help', 'check'])).stdout).toBe(`${await helpOf('check')}\n`);
  expect(await espalier(['help', 'chekc'])).toEqual({
    code: 2,
    stdout: '',
    stderr: 'error: there is no command "chekc"; did you mean espalier check?\n',
  });
});

test('--help on a narrow terminal goes on below where a line began', () => {
  const text = `espalier x: does this
and that.

Usage: espalier x

  PATH     a folder of
           a tree
  --all    all of it

Exit codes: 0 done.`;
  expect(fitted(text, 24)).toBe(`espalier x: does this
and that.

Usage: espalier x

  PATH
      a folder of a tree
  --all
      all of it

Exit codes: 0 done.`);
  expect(fitted(text, 40)).toBe(`espalier x: does this and that.

Usage: espalier x

  PATH     a folder of a tree
  --all    all of it

Exit codes: 0 done.`);
});

(has('git') ? test : test.skip)('the examples of --help run on the tree of soyo', async () => {
  cpSync(join(repository, 'dist'), join(cwd, 'dist'), { recursive: true });
  cpSync(join(repository, 'docs', 'clusters'), join(cwd, 'docs', 'clusters'), { recursive: true });
  git('init', '-q', '-b', 'main');
  for (const message of ['The tree', 'Nothing']) {
    git('add', '-A');
    git('commit', '-q', '--allow-empty', '-m', message);
  }
  // Those of synth and adopt want an app, and packages; those of schemas, lock, push and import, the network; those of report and comment, other runs.
  for (const name of names.filter(
    (name) => !['synth', 'adopt', 'schemas', 'lock', 'push', 'import', 'report', 'comment'].includes(name),
  )) {
    const [, example = ''] = (await helpOf(name)).split('\nExample: espalier ');
    const { code, stderr } = await espalier(example.replace(/ > .*/, '').split(' '), { cwd });
    expect({ example, code, stderr }).toEqual({ example, code: 0, stderr: '' });
  }
});

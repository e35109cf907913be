import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { commands } from '../../lib/cli/commands';
import { has, repository, run, spawnEspalier, temporaryFolder } from '../repository';

const cwd = join(temporaryFolder(), 'soyo');
const git = (...args: string[]) =>
  run('git', ['-c', 'user.name=A', '-c', 'user.email=a@example.org', ...args], { cwd });
const names = Object.keys(commands);
const helpOf = (name: string) => spawnEspalier([name, '--help']).stdout.trimEnd();

test.each(names)('espalier %s --help has its usage, its exit codes, an example, and fits a terminal', (name) => {
  const lines = helpOf(name).split('\n');
  expect(lines.filter((line) => line.startsWith(`Usage: espalier ${name}`))).toHaveLength(1);
  expect(lines.filter((line) => /^Exit codes: 0 /.test(line))).toHaveLength(1);
  expect(lines.at(-1)).toMatch(new RegExp(`^Example: espalier ${name} .`));
  expect(lines.filter((line) => line.length > 130)).toEqual([]);
});

(has('git') ? test : test.skip)('the examples of --help run on the tree of soyo', () => {
  cpSync(join(repository, 'dist'), join(cwd, 'dist'), { recursive: true });
  cpSync(join(repository, 'docs', 'clusters'), join(cwd, 'docs', 'clusters'), { recursive: true });
  git('init', '-q', '-b', 'main');
  for (const message of ['The tree', 'Nothing']) {
    git('add', '-A');
    git('commit', '-q', '--allow-empty', '-m', message);
  }
  // That of synth wants an app, and packages.
  const examples = names
    .filter((name) => name !== 'synth')
    .map((name) => helpOf(name).split('\nExample: espalier ')[1] ?? '');
  const ran = examples.map((example) => {
    const { code, stderr } = spawnEspalier(example.replace(/ > .*/, '').split(' '), { cwd });
    return { example, code, stderr };
  });
  expect(ran).toEqual(examples.map((example) => ({ example, code: 0, stderr: '' })));
});

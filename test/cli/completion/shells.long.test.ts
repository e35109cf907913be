import { chmodSync, cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { command, espalier, has, repository, run, temporaryFolder } from '../../repository';

/** The scripts in the shells that they are for, each as a person at a terminal has it. A shell that is not here is skipped. */
const folder = temporaryFolder();
const cwd = join(folder, 'project');
const env = { PATH: `${join(folder, 'bin')}:${process.env.PATH}`, HOME: folder, TERM: 'xterm' };
const script = (shell: string) => join(folder, `espalier.${shell}`);

beforeAll(async () => {
  mkdirSync(join(folder, 'bin'));
  cpSync(join(repository, 'dist'), join(cwd, 'dist'), { recursive: true });
  const program = join(folder, 'bin', 'espalier');
  writeFileSync(program, `#!/bin/sh\nexec '${process.execPath}' '${command}' "$@"\n`);
  chmodSync(program, 0o755);
  for (const shell of ['bash', 'zsh', 'fish']) {
    writeFileSync(script(shell), (await espalier(['completion', shell])).stdout);
  }
});

/** What a shell makes of a line at which somebody presses tab. */
const shells: Readonly<Record<string, (line: string) => string[]>> = {
  bash(line) {
    // As readline splits it.
    const words = line.split(/(=)| /).filter((word) => word !== undefined);
    const code = `source '${script('bash')}'; COMP_WORDS=(${words.map((word) => `'${word}'`).join(' ')})
COMP_CWORD=$((\${#COMP_WORDS[@]} - 1)); _espalier; printf '%s\\n' "\${COMPREPLY[@]}"`;
    return linesOf(run('bash', ['--norc', '-c', code], { cwd, env }).stdout);
  },
  zsh(line) {
    // The function as a widget calls it; what it adds is what is told.
    const words = line.split(' ').map((word) => `'${word}'`);
    const code = `compdef() { :; }; compadd() { print -rl -- "\${(@P)@[-1]}"; }; _files() { print FILES; }
source '${script('zsh')}'; words=(${words.join(' ')}); CURRENT=\${#words}; _espalier`;
    return linesOf(run('zsh', ['-f', '-c', code], { cwd, env }).stdout);
  },
  fish(line) {
    const code = `source '${script('fish')}'; complete -C '${line}'`;
    const { stdout } = run('fish', ['--no-config', '-c', code], { cwd, env });
    return linesOf(stdout).map((found) => found.replace(/\t.*/, ''));
  },
};

function linesOf(text: string): string[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .sort();
}

const asked = [
  ['espalier cl', ['clusters']],
  ['espalier check dist --f', ['--fail-on', '--fix', '--format']],
  ['espalier diff --format m', ['markdown']],
  ['espalier explain eso/two', ['eso/two-owners']],
  ['espalier check dist --cluster ', ['soyo']],
] as const;

describe.each(Object.entries(shells))('in %s', (shell, press) => {
  const test_ = has(shell) ? test : test.skip;
  test_.each(asked)('%s<tab>', (line, expected) => {
    expect(press(line)).toEqual(expected);
  });
});

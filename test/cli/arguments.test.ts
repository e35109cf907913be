import { espalier } from '../repository';

const said = async (...args: string[]) => {
  const { code, stdout, stderr } = await espalier(args);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  return stderr;
};

describe('a mistake on the command line is one sentence that says what was meant', () => {
  test.each([
    [['chek'], 'there is no command "chek"; did you mean espalier check?'],
    [['--chek'], 'the command comes first, and --chek is none; did you mean espalier check?'],
    [
      ['check', '--formt', 'json'],
      'espalier check has no option --formt; did you mean --format? See espalier check --help.',
    ],
    [['diff', '-x'], 'espalier diff has no option -x. See espalier diff --help.'],
    [
      ['check', '--format', 'jsn'],
      '--format "jsn": it must be one of pretty, json, sarif, github, gitlab, azure, junit, markdown; did you mean json?',
    ],
    [
      ['check', '--fail-on', 'warn'],
      '--fail-on "warn": it must be one of error, warning, never; did you mean warning?',
    ],
    [
      ['check', '--schema', 'crds'],
      'espalier check has no option --schema; did you mean --schemas? See espalier check --help.',
    ],
    [
      ['docs', '--path', 'dist'],
      'espalier docs takes the folder as an argument: leave --path out. See espalier docs --help.',
    ],
    [['check', '--fail-on'], '--fail-on wants a value: one of error, warning, never. See espalier check --help.'],
    [
      ['check', '--rev', '--charts'],
      '--rev wants a value. One that begins with a dash is written --rev=--charts. See espalier check --help.',
    ],
    [['check', '--charts=yes'], '--charts takes no value, and was given "yes". Write --charts alone.'],
    [['init', 'here'], 'unexpected "here": espalier init takes no arguments. See espalier init --help.'],
    [['completion', 'ksh'], 'there is no completion for "ksh": one of bash, zsh, fish.'],
    [['explain', 'eso/two-owner'], 'there is no rule "eso/two-owner"; did you mean eso/two-owners?'],
  ])('%j', async (args, message) => {
    expect(await said(...args)).toContain(`error: ${message}`);
  });
});

test('what is nothing like a command is answered with all of them', async () => {
  expect(await said('frobnicate')).toMatch(
    /^error: there is no command "frobnicate". The commands are init, synth, check, .*\.\n$/,
  );
});

test.each(['--version', '-v', 'version'])('espalier %s is the version of package.json', async (word) => {
  const { version } = require('../../package.json') as { version: string };
  expect(await espalier([word])).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
});

test('--help is answered whatever stands beside it', async () => {
  const { code, stdout } = await espalier(['check', '--formt', 'x', '--help']);
  expect({ code, first: stdout.split(':')[0] }).toEqual({ code: 0, first: 'espalier check [PATH]' });
});

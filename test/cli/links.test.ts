import { showsLinks, withLinks } from '../../lib/cli/links';

test.each([
  ['iTerm', { TERM_PROGRAM: 'iTerm.app' }, true],
  ['VS Code', { TERM_PROGRAM: 'vscode' }, true],
  ['GNOME Terminal', { VTE_VERSION: '7402' }, true],
  ['an old GNOME Terminal', { VTE_VERSION: '4800' }, false],
  ['kitty', { TERM: 'xterm-kitty' }, true],
  ['Windows Terminal', { WT_SESSION: 'a' }, true],
  ['Terminal of macOS', { TERM_PROGRAM: 'Apple_Terminal', TERM: 'xterm-256color' }, false],
  ['a CI in such a terminal', { TERM_PROGRAM: 'vscode', CI: 'true' }, false],
  ['one that is told to', { FORCE_HYPERLINK: '1' }, true],
  ['one that is told not to', { FORCE_HYPERLINK: '0', TERM_PROGRAM: 'vscode' }, false],
])('%s', (_, env, expected) => {
  expect(showsLinks(env)).toBe(expected);
});

const dim = (text: string) => `\u001b[2m${text}\u001b[22m`;

test('a rule is a link to its heading, and nothing else is', () => {
  const text = `error ${dim('1:2')} about eso/two-owners, of ${dim('a/b')}  ${dim('eso/two-owners')}`;
  expect(withLinks(text, 'https://espalier.example')).toBe(
    `error ${dim('1:2')} about eso/two-owners, of ${dim('a/b')}  \u001b]8;;https://espalier.example/checks.html#esotwo-owners\u0007${dim('eso/two-owners')}\u001b]8;;\u0007`,
  );
});

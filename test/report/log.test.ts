import { forLog } from '../../lib/report/log';

test.each([
  [
    'a command of GitHub',
    'a\n::error::b\n \t::set-output name=x::y',
    'a\n\\u003A:error::b\n \t\\u003A:set-output name=x::y',
  ],
  ['an older one, anywhere', 'a ##[error]b', 'a #\\u0023[error]b'],
  ['of Azure', 'a ##vso[task.setvariable variable=x]b', 'a #\\u0023vso[task.setvariable variable=x]b'],
  ['of TeamCity', "##teamcity[message text='x']", "#\\u0023teamcity[message text='x']"],
  ['a section of GitLab', 'section_start:1:x\r\u001b[0K', 'section\\u005Fstart:1:x\\u000D\\u001B[0K'],
  ['control characters', 'a\u0007\u001b]0;x\u0007\u0085b\u202ec', 'a\\u0007\\u001B]0;x\\u0007\\u0085b\\u202Ec'],
  ['a line that writes over itself', 'a\rb\r\nc', 'a\\u000Db\r\nc'],
  ['colours where there are none', 'a\u001b[31mb', 'ab'],
  ['what is plain', '## Heading [a](b): c::d\n\ttab – ünï 中文', '## Heading [a](b): c::d\n\ttab – ünï 中文'],
])('%s', (_, text, expected) => {
  expect(forLog(text)).toBe(expected);
});

test('colours stay where they are shown', () => {
  expect(forLog('\u001b[31ma\u001b[39m\u001b[2J', true)).toBe('\u001b[31ma\u001b[39m\\u001B[2J');
});

test('what JSON takes means the same', () => {
  const value = { a: '##[group]b ##vso[x] section_start:1' };
  expect(JSON.parse(forLog(JSON.stringify(value)))).toEqual(value);
});

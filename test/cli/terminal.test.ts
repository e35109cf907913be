import { hasColours } from '../../lib/cli/terminal';

const before = { ...process.env };
afterEach(() => {
  for (const name of ['NO_COLOR', 'FORCE_COLOR', 'TERM']) {
    if (before[name] === undefined) delete process.env[name];
    else process.env[name] = before[name];
  }
});

test.each([
  ['a terminal', true, {}, true],
  ['a log', false, {}, false],
  ['a terminal with NO_COLOR', true, { NO_COLOR: '1' }, false],
  ['a terminal with an empty NO_COLOR', true, { NO_COLOR: '' }, true],
  ['a terminal that is dumb', true, { TERM: 'dumb' }, false],
  ['a log with FORCE_COLOR', false, { FORCE_COLOR: '1' }, true],
  ['a log with FORCE_COLOR and NO_COLOR', false, { FORCE_COLOR: '1', NO_COLOR: '1' }, true],
  ['a terminal with FORCE_COLOR=0', true, { FORCE_COLOR: '0' }, false],
])('%s: colours are as expected', (_, isTTY, env, expected) => {
  for (const name of ['NO_COLOR', 'FORCE_COLOR', 'TERM']) delete process.env[name];
  Object.assign(process.env, env);
  expect(hasColours({ isTTY } as NodeJS.WriteStream)).toBe(expected);
});

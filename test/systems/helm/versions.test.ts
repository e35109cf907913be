import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  compareVersions,
  parseRange,
  parseVersion,
  tagOrRange,
  type Version,
} from '../../../lib/systems/helm/versions';

const [first = '', ...verdicts] = readFileSync(join(__dirname, 'versions.txt'), 'utf8')
  .trim()
  .split('\n')
  .filter((line) => !line.startsWith('#'));
const versions = first
  .replace('versions: ', '')
  .split(' ')
  .map((text) => parseVersion(text) as Version);

test('ranges hold the versions that the library of Helm and Flux says', () => {
  const found = verdicts.map((line) => {
    const range = /^"[^"]*"/.exec(line)?.[0] ?? '';
    const holds = parseRange(JSON.parse(range));
    return `${range}: ${holds === undefined ? 'refused' : versions.map((version) => (holds(version) ? '1' : '.')).join('')}`;
  });
  expect(found).toEqual(verdicts);
});

test.each([
  ['v1.2.3', true],
  ['01.2.3', true],
  ['1.2.3-0a', true],
  ['1.2.3-rc.1+x', true],
  ['1.2', false],
  ['1.2.3.4', false],
  ['1.2.3-01', false],
  ['1.2.3-a..b', false],
  ['1.2.3_4', false],
  ['latest', false],
  ['main-1.2.3', false],
])('%s is a version: %s', (text, is) => {
  expect(parseVersion(text) !== undefined).toBe(is);
});

test('orders versions as the library does', () => {
  const ordered =
    '2024.1.5 5.5.0 2.0.0 2.0.0-rc.1 1.2.3 1.2.3-rc.2 1.2.3-rc.1 1.2.3-beta.11 1.2.3-beta.2 1.2.3-0 1.2.2 0.0.0'.split(
      ' ',
    );
  const shuffled = [...ordered].sort().map((text) => parseVersion(text) as Version);
  expect(shuffled.sort((a, b) => compareVersions(b, a)).map(({ text }) => text)).toEqual(ordered);
});

test('a hostile range is answered', () => {
  expect(parseRange(`${'1 , '.repeat(120)}!`)).toBeUndefined();
  expect(parseRange(`${' '.repeat(500)}-`)).toBeUndefined();
});

test.each([
  ['1.2.3', { tag: '1.2.3' }],
  ['v1.2.3-rc.1+build.5', { tag: 'v1.2.3-rc.1_build.5' }],
  ['1.2', { semver: '1.2' }],
  ['1.2.3 - 2.0.0', { semver: '1.2.3 - 2.0.0' }],
  ['>=1.0.0 <2.0.0', { semver: '>=1.0.0 <2.0.0' }],
])('%s is asked of a registry as %p', (text, asked) => {
  expect(tagOrRange(text)).toEqual(asked);
});

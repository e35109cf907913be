import { parseForeign } from '../../lib/json/parse';

describe("JSON of somebody else's", () => {
  test('is read', () => {
    expect(parseForeign('{"a": ["{[", "\\"{"], "b": {}}')).toEqual({ a: ['{[', '"{'], b: {} });
  });

  test.each([
    ['what is none', '{nope'],
    ['more levels than anybody needs', `${'{"properties":'.repeat(600)}{}${'}'.repeat(600)}`],
    ['lists in lists', `${'['.repeat(100_000)}${']'.repeat(100_000)}`],
  ])('is not: %s', (_, text) => {
    expect(parseForeign(text)).toBeUndefined();
  });

  test('has 500 levels at most', () => {
    expect(parseForeign(`${'['.repeat(500)}${']'.repeat(500)}`)).toBeDefined();
    expect(parseForeign(`${'['.repeat(501)}${']'.repeat(501)}`)).toBeUndefined();
  });
});

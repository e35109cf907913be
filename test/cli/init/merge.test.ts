import { withLines, withMembers } from '../../../lib/cli/init/merge';

const scripts = { scripts: { synth: 'espalier synth' } };

describe('withMembers', () => {
  test.each([
    ['an empty object', '{}', '{\n  "scripts": {\n    "synth": "espalier synth"\n  }\n}'],
    [
      'tabs, spaces, comments',
      '{\n\t// ours\n\t"files": ["a",  "b"],\n\t"scripts": { "x": "y" }\n}\n',
      '{\n\t// ours\n\t"files": ["a",  "b"],\n\t"scripts": { "x": "y",\n\t\t"synth": "espalier synth" }\n}\n',
    ],
    [
      'line ends of Windows',
      '{\r\n    "private": true\r\n}\r\n',
      '{\r\n    "private": true,\r\n    "scripts": {\r\n        "synth": "espalier synth"\r\n    }\r\n}\r\n',
    ],
    ['what is there, whatever it says', '{ "scripts": {"synth":"other"} }', '{ "scripts": {"synth":"other"} }'],
  ])('keeps %s', (_, before, after) => {
    expect(withMembers(before, 'package.json', scripts)).toBe(after);
    expect(withMembers(after, 'package.json', scripts)).toBe(after);
  });

  test('refuses a text in the place of an object', () => {
    expect(() => withMembers('{ "scripts": "none" }', 'package.json', scripts)).toThrow('scripts is no object');
  });

  test.each([
    ['{\n  "a": 1,\n  "b" 2\n}', 'line 3: ColonExpected'],
    ['[]', 'it is no object'],
    ['', 'line 1: ValueExpected'],
  ])('refuses %j', (text, why) => {
    expect(() => withMembers(text, 'package.json', scripts)).toThrow(`package.json cannot be read as JSON (${why}).`);
  });
});

describe('withLines', () => {
  test.each([
    ['an empty file', '', '# Packages\nnode_modules/\n'],
    ['a last line without an end', 'dist', 'dist\n# Packages\nnode_modules/\n'],
    ['line ends of Windows', 'dist\r\n', 'dist\r\n# Packages\r\nnode_modules/\r\n'],
    ['what has the line', 'a\n  node_modules/\n', 'a\n  node_modules/\n'],
  ])('appends to %s', (_, before, after) => {
    expect(withLines(before, 'Packages', ['node_modules/'])).toBe(after);
    expect(withLines(after, 'Packages', ['node_modules/'])).toBe(after);
  });
});

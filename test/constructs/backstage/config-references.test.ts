import { parse } from 'yaml';
import { referencesOf } from '../../../lib/constructs/backstage/app-config';
import { readConfigText } from '../../../lib/constructs/backstage/config-text';
import type { Json } from '../../../lib/json/json';
import { pathText } from '../../../lib/json/path-text';
import { emptyCluster } from '../synthesize';

const { cluster } = emptyCluster();

function referencesInText(text: string) {
  const { value, at } = readConfigText(cluster, text);
  return referencesOf(value as Json, at);
}

const names = (references: readonly { name: string }[]) => references.map(({ name }) => name).sort();

describe('variables of an app-config', () => {
  test('are found in a text, with their lines', () => {
    const text = `
backend:
  database:
    connection:
      host: \${POSTGRES_HOST}
      # password: \${NO_COMMENT}
      password: '\${ POSTGRES_PASSWORD }' # nor \${THIS_ONE}
      url: postgres://\${USER}:\${PASSWORD}@db # \${NEITHER}
integrations:
  github:
    - token: { $env: GITHUB_TOKEN }
    - token:
        $env: "OTHER_TOKEN"
`;
    expect(referencesInText(text)).toEqual({
      variables: [
        { name: 'POSTGRES_HOST', at: 'line 5' },
        { name: 'POSTGRES_PASSWORD', at: 'line 7' },
        { name: 'USER', at: 'line 8' },
        { name: 'PASSWORD', at: 'line 8' },
        { name: 'GITHUB_TOKEN', at: 'line 11' },
        { name: 'OTHER_TOKEN', at: 'line 13' },
      ],
      files: [],
    });
  });

  test('are found in an object, with their paths', () => {
    const config = {
      backend: { database: { connection: { host: '${POSTGRES_HOST}', port: 5432, ssl: null } } },
      integrations: { github: [{ token: { $env: 'GITHUB_TOKEN' } }, { token: '${A}${B}' }] },
      techdocs: { ca: { $file: '/etc/ca.pem' }, rest: { $include: 'rest.yaml#a.b' } },
    };
    expect(referencesOf(config, pathText)).toEqual({
      variables: [
        { name: 'POSTGRES_HOST', at: 'backend.database.connection.host' },
        { name: 'GITHUB_TOKEN', at: 'integrations.github[0].token.$env' },
        { name: 'A', at: 'integrations.github[1].token' },
        { name: 'B', at: 'integrations.github[1].token' },
      ],
      files: [
        { name: '/etc/ca.pem', at: 'techdocs.ca.$file' },
        { name: 'rest.yaml#a.b', at: 'techdocs.rest.$include' },
      ],
    });
  });

  test.each([
    ['one with a fallback need not be set', 'a: ${A:-b}', []],
    ['an escaped one is none', 'a: $${A} ${B}', ['B']],
    ['a dollar before an escaped one changes nothing', 'a: $$${A}', []],
    ['braces in braces are no name', 'a: ${A{B}}', []],
    ['a name is what stands between the braces', 'a: ${A-b}', ['A-b']],
    ['an empty one is one', 'a: ${}', ['']],
    ['one that names a file is one', 'a: { $file: "${DIR}/b" }', ['DIR']],
  ])('%s', (_, text, expected) => {
    expect(names(referencesInText(text).variables)).toEqual(expected);
    expect(names(referencesOf(parse(text), pathText).variables)).toEqual(expected);
  });
});

describe('comments in YAML', () => {
  const texts = {
    'in a plain scalar need a space before them': 'a: ${A}#${B} # ${NO}',
    'in quotes are text': `a: "x # \${A}" # \${NO}\nb: 'it''s # \${B}' # \${NO}\nc: "\\" # \${C}" # \${NO}`,
    'in quotes over several lines are text': 'a: "x\n  # ${A}\n  y" # ${NO}\nb: ${B}',
    'follow an apostrophe that quotes nothing': "a: don't # ${NO}\nb: ${B} isn't # ${NO}",
    'in block scalars are text': 'a: |\n  # ${A}\n  b # ${B}\n\n  c\n# ${NO}\nd: ${D} # ${NO}',
    'end a folded block scalar': 'a:\n  b: >-\n    ${A}\n  # ${NO}\n  c: ${C}',
    'after a block scalar in a list': 'x:\n- a: |\n    # ${A}\n  b: c # ${NO}\n- |\n  # ${B}\n- d # ${NO}',
    'after the header of a block scalar': 'a: | # ${NO}\n  # ${A}\nb: !!str |2\n   # ${B}\nc: 1 # ${NO}',
    'in brackets': `a: [ "# \${A}", '# \${B}', # \${NO}\n  "\${C}" ] # \${NO}\nb: { c: "# \${D}" } # \${NO}`,
    'after tags and anchors': 'a: &x "# ${A}" # ${NO}\nb: !!str \'# ${B}\' # ${NO}\nc: *x # ${NO}',
    'at the ends of lines that Windows wrote': 'a: ${A} # ${NO}\r\nb: |\r\n  # ${B}\r\nc: "# ${C}" # ${NO}\r\n',
    'after greater-than signs that open nothing': 'a: b >\n  ${A}\nc: x > y # ${NO}\n',
  };

  test.each(Object.entries(texts))('%s', (_, text) => {
    const found = names(referencesInText(text).variables);
    expect(found).not.toContain('NO');
    // What a parser makes of it decides.
    expect(found).toEqual(names(referencesOf(parse(text), pathText).variables));
  });

  test('and keys in block scalars are no keys', () => {
    expect(referencesInText('a: |\n  $env: NO\nb:\n  $env: YES\n').variables).toEqual([{ name: 'YES', at: 'line 4' }]);
  });
});

describe('lines of an app-config', () => {
  test.each([
    ['a block scalar', 'a: |\n  one\n  ${A}\n', 'line 3'],
    ['a text in quotes that begins before', 'a: "one\n  two ${A}"\n', 'line 2'],
    ['a text whose escapes hide the name', 'a:\n  "\\x24{A}"\n', 'line 2'],
    ['a list in brackets', 'a: [\n  b,\n  "${A}" ]\n', 'line 3'],
    ['what an alias repeats', 'a: &x { b: "${A}" }\nc: *x\n', 'line 1,line 2'],
    ['below a key that is a number', 'ports:\n  8080: ${A}\n', 'line 2'],
  ])('%s', (_, text, expected) => {
    const lines = referencesInText(text).variables.map(({ at }) => at);
    expect(lines.join()).toBe(expected);
  });

  test('keys are no values', () => {
    expect(referencesInText('"${A}": b\n').variables).toEqual([]);
  });
});

import { mkdirSync, writeFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { repository, run, temporaryFolder } from './repository';

const folder = temporaryFolder();
const depcruise = (cwd: string) =>
  run(
    process.execPath,
    [
      join(repository, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs'),
      ...['lib', 'scripts', 'bench'],
      '--config',
      join(repository, '.dependency-cruiser.cjs'),
      '--output-type',
      'err',
    ],
    { cwd },
  );

/** A small house in which each rule is broken once: rule → files, the first of which breaks it. */
const broken = {
  'an arrow against the order, of a type alone': [
    'tree-knows-only-what-comes-before',
    {
      'tree/type.ts': "import type { B } from '../constructs/b';\nexport const a = (b: B) => b;\n",
      'constructs/b.ts': 'export interface B {}\n',
    },
  ],
  'a rule that knows how it is reported': [
    'checks-knows-only-what-comes-before',
    {
      'checks/a.ts': "import type { B } from '../report/b';\nexport const a = (b: B) => b;\n",
      'report/b.ts': 'export interface B {}\n',
    },
  ],
  'a cycle': [
    'no-cycles',
    {
      'tree/a.ts': "import { b } from './b';\nexport const a = () => b;\n",
      'tree/b.ts': "import { a } from './a';\nexport const b = () => a;\n",
    },
  ],
  'a stage that uses cli/': [
    'only-cli-uses-cli',
    {
      'tree/printing.ts': "import { print } from '../cli/print';\nexport const a = print;\n",
      'cli/print.ts': 'export const print = 1;\n',
    },
  ],
  'a construct that reads files': [
    'files-and-processes-stay-in-tree-and-cli',
    { 'constructs/reading.ts': "import { readFileSync } from 'node:fs';\nexport const a = readFileSync;\n" },
  ],
  'a page that asks the network': [
    'files-and-processes-stay-in-tree-and-cli',
    { 'report/pages/a.ts': "import { get } from 'node:https';\nexport const a = get;\n" },
  ],
  'an effect of a change that knows constructs': [
    'report-knows-only-what-comes-before',
    {
      'report/diff/effects/a.ts': "import { b } from '../../../constructs/vault/b';\nexport const a = b;\n",
      'constructs/vault/b.ts': 'export const b = 1;\n',
    },
  ],
  'a format that asks a rule': [
    'formats-know-findings-and-no-rules',
    {
      'report/rule.ts': "import { rule } from '../checks/flux/rule';\nexport const a = rule;\n",
      'checks/flux/rule.ts': 'export const rule = 1;\n',
    },
  ],
  'a cycle in scripts/': [
    'no-cycles',
    {
      '../scripts/a.ts': "import { b } from './b';\nexport const a = () => b;\n",
      '../scripts/b.ts': "import { a } from './a';\nexport const b = () => a;\n",
    },
  ],
  'a bench that needs a test': [
    'tests-are-used-by-nobody',
    {
      '../bench/a.ts': "import { b } from '../test/b';\nexport const a = b;\n",
      '../test/b.ts': 'export const b = 1;\n',
    },
  ],
  'a picture that runs what is meant for a browser': [
    'browser-code-runs-in-browsers',
    {
      'report/pictures/a.ts': "import { b } from './browser/b';\nexport const a = b;\n",
      'report/pictures/browser/b.ts': 'export const b = 1;\n',
    },
  ],
} as const;

let ruled: ReturnType<typeof depcruise>;

beforeAll(() => {
  const files = { '../tsconfig.json': '{}', '../package.json': '{}' };
  for (const [file, text] of Object.entries(Object.assign(files, ...Object.values(broken).map(([, files]) => files)))) {
    mkdirSync(join(folder, 'lib', file, '..'), { recursive: true });
    writeFileSync(join(folder, 'lib', file), text as string);
  }
  ruled = depcruise(folder);
});

// That this house keeps them, `npm run dependency-rule` says.
test.each(Object.entries(broken))('%s is refused', (_, [rule, files]) => {
  expect(ruled.code).not.toBe(0);
  expect(ruled.stdout).toContain(`error ${rule}: ${posix.join('lib', Object.keys(files)[0] ?? '')} →`);
});

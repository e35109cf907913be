import childProcess from 'node:child_process';
import { realTree } from '../../bench/real-tree';
import { git } from '../../lib/tree/source/git-process';
import { espalier, temporaryFolder } from '../repository';

const names = ['exec', 'execFile', 'execFileSync', 'execSync', 'fork', 'spawn', 'spawnSync'] as const;
const started: string[] = [];

beforeAll(() => {
  for (const name of names) {
    jest.spyOn(childProcess, name).mockImplementation(((program: string) => {
      started.push(program);
      throw new Error(`${name} of ${program}`);
    }) as never);
  }
});
afterAll(() => jest.restoreAllMocks());

const cwd = temporaryFolder();
const { tree, changed } = realTree(cwd);

test.each([
  ['check', tree],
  ['graph', tree, '--of', 'order'],
  ['policy', tree],
  ['docs', tree, '--output', 'pages'],
  ['diff', tree, changed],
])(
  'espalier %s starts no other process on a tree of 80 apps with components, patches, generators and charts',
  async (command, ...args) => {
    const { code, stdout } = await espalier([command, ...args], { cwd });
    expect(started).toEqual([]);
    // Nothing is found in it, and the change of an image is.
    if (command === 'check')
      expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringMatching(/^No findings: /m) });
    if (command === 'diff') expect(stdout).toContain('1.0.1');
  },
);

test('one that is started would have been seen', () => {
  expect(() => git(cwd, ['--version'])).toThrow('spawnSync of git');
  expect(started.splice(0)).toEqual(['git']);
});

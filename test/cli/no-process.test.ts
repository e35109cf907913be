import { realTree } from '../../bench/real-tree';
import { espalier, temporaryFolder } from '../repository';

jest.mock('node:child_process', () => {
  const started: string[] = [];
  const fail = (name: string) => (program: string) => {
    started.push(program);
    throw new Error(`${name} of ${program}`);
  };
  const names = ['exec', 'execFile', 'execFileSync', 'execSync', 'fork', 'spawn', 'spawnSync'];
  return { started, ...Object.fromEntries(names.map((name) => [name, fail(name)])) };
});
const { started } = jest.requireMock<{ started: string[] }>('node:child_process');

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
  async (...args) => {
    await espalier(args, { cwd });
    expect(started).toEqual([]);
  },
);

test('nothing is found in it, and the change of an image is', async () => {
  const { code, stdout } = await espalier(['check', tree], { cwd });
  expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringMatching(/^No findings: /m) });
  expect((await espalier(['diff', tree, changed], { cwd })).stdout).toContain('1.0.1');
});

import { measure } from '../../bench/measure';
import { temporaryFolder } from '../repository';

const folder = temporaryFolder();
const node = (code: string, env?: Record<string, string>) => ({
  program: process.execPath,
  args: ['-e', code],
  cwd: folder,
  env,
});

test('a run has its time, its CPU time, its peak memory and what it printed', async () => {
  const { sample, stdout } = await measure(node('console.log(process.env.WORD)', { WORD: 'hello' }), folder, 60);
  expect(stdout).toBe('hello\n');
  expect(Object.values(sample).every((value) => Number.isFinite(value) && value > 0)).toBe(true);
  expect(sample.memory).toBeGreaterThan(10 * 2 ** 20);
});

test('the CPU time is that of all Node processes, the memory that of the largest', async () => {
  const child = `const { spawnSync } = require('node:child_process');
    spawnSync(process.execPath, ['-e', 'globalThis.kept = Buffer.alloc(200 * 2 ** 20, 1)']);`;
  const { sample } = await measure(node(child), folder, 60);
  expect(sample.memory).toBeGreaterThan(200 * 2 ** 20);
});

test("the memory is the program's own, whatever the bench holds", async () => {
  const held = Buffer.alloc(300 * 2 ** 20, 1);
  const { sample } = await measure(node('0'), folder, 60);
  expect(sample.memory).toBeLessThan(held.length / 2);
});

test('what a program other than Node uses is not known', async () => {
  const { sample } = await measure({ program: 'git', args: ['--version'], cwd: folder }, folder, 60);
  expect(sample).toMatchObject({ cpu: undefined, memory: undefined });
});

test('a run that fails says with what, and what the program said', async () => {
  await expect(measure(node('console.error("no fleet"); process.exit(3)'), folder, 60)).rejects.toThrow(
    /failed \(3\):\nno fleet$/,
  );
});

test('a run that does not end is ended', async () => {
  await expect(measure(node('setInterval(() => {}, 1000)'), folder, 1)).rejects.toThrow('failed (ended after 1 s)');
});

test('a program that is not there is said to be so', async () => {
  await expect(measure({ program: 'no-such-program', args: [], cwd: folder }, folder, 60)).rejects.toThrow('ENOENT');
});

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Edit, measureEdit } from '../../bench/watch';
import { temporaryFolder } from '../repository';

const folder = temporaryFolder();
const file = join(folder, 'app.ts');
const written = join(folder, 'app.yaml');
const edit = (from: number): Edit => ({ file, written, before: `image ${from}`, after: `image ${from + 1}` });
const edits = [edit(0), edit(1)] as const;
const node = (code: string) => ({ program: process.execPath, args: ['-e', code], cwd: folder });
const answers = { ready: /^watching/m, rest: 0, edits };

/** A command that writes what it reads whenever that changes. */
const watching = `
  const { readFileSync, writeFileSync } = require('node:fs');
  let last = readFileSync('app.ts', 'utf8');
  writeFileSync('app.yaml', last);
  console.log('watching');
  setInterval(() => {
    const text = readFileSync('app.ts', 'utf8');
    if (text === '' || text === last) return;
    writeFileSync('app.yaml', (last = text));
  }, 5);`;

beforeEach(() => writeFileSync(file, 'image 0'));

test('it edits twice, and tells how long the second answer takes', async () => {
  const { seconds } = await measureEdit(node(watching), answers, 60);
  expect(seconds).toBeGreaterThan(0);
  expect(readFileSync(written, 'utf8')).toBe('image 2');
});

test('a command that ends fails, with what it said', async () => {
  await expect(measureEdit(node('console.error("no such option")'), answers, 60)).rejects.toThrow(
    'it ended:\nno such option',
  );
});

test('a command that does not answer fails', async () => {
  await expect(measureEdit(node('setInterval(() => {}, 1000)'), answers, 1)).rejects.toThrow('it did not answer:');
});

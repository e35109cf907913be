import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isEspalierError } from '../../../lib/errors';
import { maximumSize, readFolder, readRevision } from '../../../lib/tree/source';
import { temporaryFolder } from '../../repository';

const root = temporaryFolder();
const git = (...args: string[]) =>
  execFileSync('git', ['-c', 'user.name=x', '-c', 'user.email=x@x', ...args], { cwd: root, stdio: 'pipe' });
const write = (path: string, content: string) => {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), content);
};

beforeAll(() => {
  git('init', '-q', '-b', 'main');
  write('apps/a.yaml', 'a: 1\n');
  write('apps/ü "b"\n.yaml', 'b: 1\n');
  write('apps/empty.yaml', '');
  write('apps/large.yaml', 'x'.repeat(maximumSize + 1));
  write('base/c.yaml', 'c: 1\n');
  write('base/d.txt', 'text\n');
  write('.sourceignore', '/apps/ignored.yaml\n');
  write('apps/ignored.yaml', 'a: 1\n');
  symlinkSync('a.yaml', join(root, 'apps/link.yaml'));
  git('add', '.');
  git('commit', '-q', '-m', 'first');
  git('tag', 'v1');
  rmSync(join(root, 'apps'), { recursive: true });
  write('apps/a.yaml', 'a: 2\n');
  git('add', '-A');
  git('commit', '-q', '-m', 'second');
});

test('a symbolic link of a revision is known', () => {
  expect(readRevision(root, 'v1').linkOn('apps/link.yaml/x')).toBe('apps/link.yaml');
  expect(readRevision(root, 'v1').linkOn('apps/a.yaml')).toBeUndefined();
});

test('what a source leaves out of a revision is not there, and the rest is', () => {
  const tree = readRevision(root, 'v1').leavingOut({ root: '', ignore: '/apps/*\n!/apps/a.yaml', only: undefined });
  expect(tree.typeOf('base', 'c.yaml')).toBe('file');
  expect(tree.typeOf('apps', 'empty.yaml')).toBeUndefined();
  expect(Buffer.from(tree.read('base/d.txt') ?? []).toString()).toBe('text\n');
});

test('a revision is read as it was, whatever lies in the work tree', () => {
  const tree = readRevision(join(root, 'apps'), 'v1');
  expect([...tree.files.keys()]).toEqual(['apps/a.yaml', 'apps/empty.yaml', 'apps/large.yaml', 'apps/ü "b"\n.yaml']);
  expect(tree.files.get('apps/a.yaml')?.documents[0]?.value).toEqual({ a: 1 });
  expect(tree.files.get('apps/empty.yaml')?.documents).toEqual([]);
  expect(tree.files.get('apps/large.yaml')?.faults.map(({ kind }) => kind)).toEqual(['unreadable']);
  expect(tree.location).toBe(root);
  expect(tree.list('apps')?.map(({ name }) => name)).toEqual(['a.yaml', 'empty.yaml', 'large.yaml', 'ü "b"\n.yaml']);
  expect(tree.file('base/c.yaml')?.documents[0]?.value).toEqual({ c: 1 });
  expect(Buffer.from(tree.read('base/d.txt') ?? []).toString()).toBe('text\n');
  expect(tree.read('apps/large.yaml')).toBeUndefined();
  expect(tree.file('apps/link.yaml')).toBeUndefined();
});

test('a clean work tree and its revision are the same tree', () => {
  const shape = ({ files, prefix, location }: ReturnType<typeof readFolder>) => ({
    prefix,
    location,
    files: [...files.values()].map(({ path, text, faults, documents }) => ({
      ...{ path, text, faults },
      documents: documents.map(({ index, value, encrypted }) => ({ index, value, encrypted })),
    })),
  });
  expect(shape(readRevision(root, 'HEAD'))).toEqual(shape(readFolder(root)));
});

test('one file, and a folder that is there no more, are found', () => {
  expect([...readRevision(join(root, 'apps/empty.yaml'), 'v1').files.keys()]).toEqual(['apps/empty.yaml']);
  expect([...readRevision(join(root, 'base'), 'HEAD~1').files.keys()]).toEqual(['base/c.yaml']);
});

test.each([
  ['apps', '--output=x', '"--output=x" is not a revision. Give a branch, a tag or a commit, such as main or HEAD~1.'],
  ['apps', '', '"" is not a revision. Give a branch, a tag or a commit, such as main or HEAD~1.'],
  ['none', 'main', 'none does not exist in revision "main". Name a folder that does, or another revision.'],
])('%j at %j is refused', (path, revision, message) => {
  expect.assertions(2);
  try {
    readRevision(join(root, path), revision);
  } catch (error) {
    expect(isEspalierError(error)).toBe(true);
    expect((error as Error).message.replace(`${root}/`, '')).toBe(message);
  }
});

test('a revision that is none, and a folder of no repository, are refused', () => {
  expect(() => readRevision(root, 'nope')).toThrow(
    `${root} has no revision "nope". Give a branch, a tag or a commit, such as main or HEAD~1.`,
  );
  expect(() => readRevision('/', 'main')).toThrow(
    '/ is not in a Git repository, so it has no revision "main". Name a folder in a clone.',
  );
});

test('a machine without Git is told so', () => {
  const path = process.env.PATH;
  process.env.PATH = '/nowhere';
  try {
    expect(() => readRevision(root, 'main')).toThrow(
      'Git is not on the PATH, and espalier needs it to read a revision. Install it.',
    );
    // A folder can be read all the same.
    expect([...readFolder(root).files.keys()]).toEqual(['apps/a.yaml', 'base/c.yaml']);
  } finally {
    process.env.PATH = path;
  }
});

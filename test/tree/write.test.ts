import { spawn, spawnSync } from 'node:child_process';
import fs, { chmodSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ownershipFile, sha256 } from '../../lib/tree/ownership';
import { isUpToDate } from '../../lib/tree/plan';
import { compareTree, writeTree } from '../../lib/tree/write';
import { identity, put, snapshot, temporaryFolder, tree } from './folder';

const files = { 'a/b.yaml': 'b\n', 'c.yaml': 'c\n' };
const written = () => {
  const outdir = join(temporaryFolder(), 'dist');
  writeTree(tree(files), outdir);
  return outdir;
};

test('a first run makes the folder, the files and the ownership file, and nothing else', () => {
  const outdir = join(temporaryFolder(), 'some', 'dist');
  const result = writeTree(tree(files), outdir);
  expect(snapshot(outdir)).toEqual({
    '.espalier.sha256': `# Files that espalier wrote, with their SHA-256. Commit this file; espalier synth keeps it.
0263829989b6fd954f72baaf2fc64bc2e2f01d692d4de72986ea808f6e99813f  a/b.yaml
a3a5e715f0cc574a73c3f9bebb6bc24f32ffd5b67b387244c2c909da779a1478  c.yaml
`,
    'a/': '',
    ...files,
  });
  expect(result.created.map(({ path }) => path)).toEqual(['a/b.yaml', 'c.yaml']);
  expect(result.written).toBe(true);
});

test('sha256sum -c accepts the ownership file (where the command is present)', () => {
  if (spawnSync('sha256sum', ['--version']).status !== 0) return;
  const { status, stdout } = spawnSync('sha256sum', ['--strict', '-c', ownershipFile], {
    cwd: written(),
    encoding: 'utf8',
  });
  expect([status, stdout]).toEqual([0, 'a/b.yaml: OK\nc.yaml: OK\n']);
});

test('nothing changed: nothing is written, no file and no folder is touched', () => {
  const outdir = written();
  const paths = ['.', 'a', 'a/b.yaml', 'c.yaml', ownershipFile].map((path) => join(outdir, path));
  const before = paths.map(identity);
  expect(writeTree(tree(files), outdir)).toMatchObject({ written: false, unchanged: ['a/b.yaml', 'c.yaml'] });
  expect(paths.map(identity)).toEqual(before);
});

test('only changed files are touched', () => {
  const outdir = written();
  const before = identity(join(outdir, 'a/b.yaml'));
  writeTree(tree({ ...files, 'c.yaml': 'new\n' }), outdir);
  expect(identity(join(outdir, 'a/b.yaml'))).toEqual(before);
  expect(readFileSync(join(outdir, 'c.yaml'), 'utf8')).toBe('new\n');
});

test.each([
  ['a text', 'abc\n', 'abd\n'],
  ['a text that goes on', 'abc\n', 'abc\nd\n'],
  ['a text that ends early', 'abc\n', 'abc'],
  ['an empty text', '', ' '],
  ['a text of several bytes a character', 'ä€\u{1F600}\n', 'ä€\u{1F601}\n'],
  ['a long text', 'ä'.repeat(70_000), `${'ä'.repeat(69_999)}ö`],
])('%s is told from another', (_, one, other) => {
  const outdir = join(temporaryFolder(), 'dist');
  writeTree(tree({ x: one }), outdir);
  expect(compareTree(tree({ x: one }), outdir).unchanged).toEqual(['x']);
  for (const [a, b] of [
    [one, other],
    [other, one],
  ] as const) {
    put(outdir, { x: a });
    expect(compareTree(tree({ x: b }), outdir).changed).toEqual([{ path: 'x', before: a, after: b }]);
  }
});

test.each([
  ['nothing changed', files],
  ['a file changed', { ...files, 'c.yaml': 'new\n' }],
])('%s: a file that is as it should be is read once', (_, next) => {
  const outdir = written();
  const opened: string[] = [];
  const { openSync } = fs;
  Object.assign(fs, {
    openSync: (path: string, flags: string) => {
      opened.push(path);
      return openSync(path, flags);
    },
  });
  try {
    writeTree(tree(next), outdir);
  } finally {
    Object.assign(fs, { openSync });
  }
  expect(opened.filter((path) => path.endsWith('a/b.yaml'))).toHaveLength(1);
});

test('comparing writes nothing', () => {
  const outdir = written();
  const before = snapshot(outdir);
  const plan = compareTree(tree({ 'c.yaml': 'new\n', 'd/e.yaml': 'e\n' }), outdir);
  expect(snapshot(outdir)).toEqual(before);
  expect(plan.created).toEqual([{ path: 'd/e.yaml', before: undefined, after: 'e\n' }]);
  expect(plan.changed).toEqual([{ path: 'c.yaml', before: 'c\n', after: 'new\n' }]);
  expect(plan.pruned).toEqual([{ path: 'a/b.yaml', before: 'b\n', after: undefined }]);
  expect(isUpToDate(plan)).toBe(false);
  expect(compareTree(tree(files), join(outdir, 'none')).created).toHaveLength(2);
});

test('stale files of its own are pruned with the folders that they leave empty; files of others are kept and named', () => {
  const outdir = join(temporaryFolder(), 'dist');
  writeTree(tree({ 'a/b/c.yaml': 'c\n', 'd/e.yaml': 'e\n', 'f.yaml': 'f\n' }), outdir);
  put(outdir, { 'd/README.md': 'mine\n', 'other/x.yaml': 'x\n', '.git/config': 'git\n' });
  mkdirSync(join(outdir, 'empty'));
  const result = writeTree(tree({ 'f.yaml': 'f\n' }), outdir);
  // What lies in folders that are not Espalier's at all may be a whole repository.
  expect(result.foreign).toEqual(['d/README.md']);
  expect(Object.keys(snapshot(outdir)).sort()).toEqual([
    '.espalier.sha256',
    '.git/',
    '.git/config',
    'd/',
    'd/README.md',
    'empty/',
    'f.yaml',
    'other/',
    'other/x.yaml',
  ]);
});

test('a file that has the right bytes already is adopted', () => {
  const outdir = temporaryFolder();
  put(outdir, files);
  const before = identity(join(outdir, 'c.yaml'));
  expect(writeTree(tree(files), outdir)).toMatchObject({ written: true, created: [], changed: [] });
  expect(identity(join(outdir, 'c.yaml'))).toEqual(before);
  expect(readFileSync(join(outdir, ownershipFile), 'utf8')).toContain(`${sha256('c\n')}  c.yaml`);
});

describe('files that would be lost', () => {
  const conflicting = () => {
    const outdir = join(temporaryFolder(), 'dist');
    writeTree(tree({ ...files, 'stale.yaml': 's\n' }), outdir);
    put(outdir, { 'a/b.yaml': 'edited\n', 'stale.yaml': 'edited\n', 'new.yaml': 'foreign\n' });
    return outdir;
  };
  const next = tree({ 'a/b.yaml': 'b2\n', 'c.yaml': 'c2\n', 'new.yaml': 'n\n' });

  test('are all listed, and nothing is written', () => {
    const outdir = conflicting();
    const before = snapshot(outdir);
    expect(() => writeTree(next, outdir)).toThrow(
      `${outdir}: these 3 files would be lost:
  a/b.yaml (edited)
  new.yaml (not written by espalier)
  stale.yaml (edited, and no longer part of the tree)
Move those changes into main.ts, or the file elsewhere; espalier synth --force overwrites or deletes it.`,
    );
    expect(snapshot(outdir)).toEqual(before);
  });

  test('are overwritten and deleted by force', () => {
    const outdir = conflicting();
    writeTree(next, outdir, { force: true });
    expect(snapshot(outdir)).toMatchObject({ 'a/b.yaml': 'b2\n', 'c.yaml': 'c2\n', 'new.yaml': 'n\n' });
    expect(snapshot(outdir)).not.toHaveProperty(['stale.yaml']);
    expect(isUpToDate(compareTree(next, outdir))).toBe(true);
  });

  test('a file to which Git gave carriage returns is not taken for an edited one, and written anew', () => {
    const outdir = written();
    put(outdir, { 'c.yaml': 'c\r\n' });
    expect(writeTree(tree(files), outdir).changed).toHaveLength(1);
    expect(readFileSync(join(outdir, 'c.yaml'), 'utf8')).toBe('c\n');
  });

  test('bytes that are no text are not taken for the text that they are shown as', () => {
    const outdir = temporaryFolder();
    put(outdir, { 'c.yaml': Buffer.from([0xff]) });
    expect(() => writeTree(tree({ 'c.yaml': '\uFFFD' }), outdir)).toThrow('c.yaml (not written by espalier)');
  });
});

describe('paths cannot leave the folder', () => {
  test.each(['../x', '/x', 'a/../../x', '.', '', 'a//b', 'C:x', '.git/config', '.espalier.sha256'])(
    '%j is refused',
    (path) => {
      const parent = temporaryFolder();
      expect(() => writeTree(tree({ [path]: 'x\n' }), join(parent, 'dist'))).toThrow('it cannot be a file of the tree');
      expect(snapshot(parent)).toEqual({});
    },
  );

  test('a folder that is a symbolic link is refused and named, also by force', () => {
    const outdir = written();
    const elsewhere = temporaryFolder();
    symlinkSync(elsewhere, join(outdir, 'link'));
    for (const force of [false, true]) {
      expect(() => writeTree(tree({ 'link/x.yaml': 'x\n' }), outdir, { force })).toThrow(
        'the symbolic link link is in the way of the file link/x.yaml',
      );
    }
    expect(snapshot(elsewhere)).toEqual({});
  });

  test('a file that is a symbolic link is a conflict; force replaces the link and leaves its target alone', () => {
    const outdir = written();
    const target = join(temporaryFolder(), 'target');
    writeFileSync(target, 'target\n');
    fs.rmSync(join(outdir, 'c.yaml'));
    symlinkSync(target, join(outdir, 'c.yaml'));
    expect(() => writeTree(tree(files), outdir)).toThrow('c.yaml (a symbolic link)');
    writeTree(tree(files), outdir, { force: true });
    expect(snapshot(outdir)['c.yaml']).toBe('c\n');
    expect(readFileSync(target, 'utf8')).toBe('target\n');
  });

  test('the output folder itself may be a symbolic link', () => {
    const parent = temporaryFolder();
    mkdirSync(join(parent, 'real'));
    symlinkSync('real', join(parent, 'dist'));
    writeTree(tree(files), join(parent, 'dist'));
    expect(snapshot(parent)).toMatchObject({ dist: '-> real', 'real/c.yaml': 'c\n' });
  });

  test('a folder in the place of a file, and a file in the place of a folder, are refused', () => {
    const outdir = written();
    expect(() => writeTree(tree({ a: 'x\n' }), outdir)).toThrow('the folder a is in the way of the file a;');
    expect(() => writeTree(tree({ 'c.yaml/d.yaml': 'x\n' }), outdir)).toThrow(
      'the file c.yaml is in the way of the file c.yaml/d.yaml',
    );
  });
});

describe('a folder that cannot be written', () => {
  test('a path below a file', () => {
    const parent = temporaryFolder();
    put(parent, { file: 'x' });
    expect(() => writeTree(tree(files), join(parent, 'file', 'dist'))).toThrow(
      /EspalierError|file\/dist cannot be (written|read)/,
    );
    expect(snapshot(parent)).toEqual({ file: 'x' });
  });

  test('a file', () => {
    const parent = temporaryFolder();
    put(parent, { dist: 'x' });
    expect(() => writeTree(tree(files), join(parent, 'dist'))).toThrow('dist is not a folder. Move it away');
  });

  test('a folder without permission (not as root, whom no mode stops)', () => {
    if (process.getuid?.() === 0) return;
    const outdir = written();
    chmodSync(outdir, 0o555);
    expect(() => writeTree(tree({}), outdir)).toThrow(/cannot be written \(EACCES.*; nothing in it has changed\./);
    chmodSync(outdir, 0o755);
  });

  test('a read-only file system (where /proc is one)', () => {
    if (!fs.existsSync('/proc/self')) return;
    expect(() => writeTree(tree(files), '/proc/espalier/dist')).toThrow('/proc/espalier/dist cannot be written');
  });
});

describe('two runs at once', () => {
  const hold = (outdir: string, holder: string) =>
    put(outdir, { '.espalier-staging/pid': holder, '.espalier-staging/0': 'half' });

  test('the second is told which process is writing', () => {
    const outdir = written();
    const other = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60000)']);
    try {
      hold(outdir, `${other.pid}\n`);
      expect(() => writeTree(tree({}), outdir)).toThrow(
        `${outdir}: another espalier (process ${other.pid}) is writing here. Wait until it is done; if no such process runs, delete ${outdir}/.espalier-staging.`,
      );
      expect(snapshot(outdir)).toMatchObject({ ...files, '.espalier-staging/0': 'half' });
    } finally {
      other.kill('SIGKILL');
    }
  });

  test.each([
    ['a process that is no more', `${2 ** 22 + 1}\n`],
    ['nobody', ''],
    ...(fs.existsSync('/proc/self/stat')
      ? [['a process whose id another has now', `${process.ppid} 123456789123\n`]]
      : []),
  ])('the staging folder of %s is cleared away', (_, holder) => {
    const outdir = written();
    hold(outdir, holder ?? '');
    writeTree(tree({ 'c.yaml': 'c\n' }), outdir);
    expect(Object.keys(snapshot(outdir)).sort()).toEqual(['.espalier.sha256', 'c.yaml']);
  });
});

test('a folder in the place of the staging folder that somebody else made is left alone, and named', () => {
  const outdir = written();
  put(outdir, { '.espalier-staging/mine.txt': 'mine' });
  expect(() => writeTree(tree({ 'c.yaml': 'c\n' }), outdir)).toThrow(
    `${outdir}/.espalier-staging is where espalier puts files before it writes them, and it did not make this folder. Move it away.`,
  );
  expect(snapshot(outdir)).toMatchObject({ ...files, '.espalier-staging/mine.txt': 'mine' });
});

test('a file whose name only begins like a staging folder is left alone', () => {
  const outdir = written();
  put(outdir, { '.espalier-staging.notes/a': 'mine' });
  writeTree(tree({ 'c.yaml': 'c\n' }), outdir);
  expect(snapshot(outdir)).toMatchObject({ 'c.yaml': 'c\n', '.espalier-staging.notes/a': 'mine' });
});

test('an ownership file that cannot be read stops a run; force takes the tree for its own and keeps the rest', () => {
  const outdir = written();
  put(outdir, { [ownershipFile]: '<<<<<<< HEAD\n', 'a/b.yaml': 'edited\n', 'stale.yaml': 's\n' });
  expect(() => writeTree(tree(files), outdir)).toThrow("line 1: Git's conflict marker.");
  expect(writeTree(tree(files), outdir, { force: true }).foreign).toEqual(['stale.yaml']);
  expect(isUpToDate(compareTree(tree(files), outdir))).toBe(true);
});

test('an ownership file that is a pipe or a link is no ownership file: nobody waits for it, and nothing else is read', () => {
  const outdir = written();
  const file = join(outdir, ownershipFile);
  const own = readFileSync(file, 'utf8');
  rmSync(file);
  spawnSync('mkfifo', [file]);
  const refused = (why: string) => `${file} cannot be read (${why}`;
  expect(() => writeTree(tree(files), outdir)).toThrow(refused('it is no regular file'));
  expect(() => compareTree(tree(files), outdir)).toThrow(refused('it is no regular file'));
  rmSync(file);
  put(outdir, { elsewhere: own });
  symlinkSync(join(outdir, 'elsewhere'), file);
  expect(() => writeTree(tree(files), outdir)).toThrow(refused('ELOOP'));
});

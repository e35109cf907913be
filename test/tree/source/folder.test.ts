import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { makeBuild } from '../../../lib/tree/kustomize';
import { maximumSize, readFolder, type SourceTree } from '../../../lib/tree/source';
import { temporaryFolder } from '../../repository';

const top = temporaryFolder();

function folder(name: string, files: { readonly [path: string]: string | Buffer }): string {
  const root = join(top, name);
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
  return root;
}

const gitIn = (root: string, ...args: string[]) =>
  execFileSync('git', ['-c', 'user.name=x', '-c', 'user.email=x@x', ...args], { cwd: root, stdio: 'pipe' });
const paths = (tree: SourceTree): string[] => [...tree.files.keys()];
const faults = (tree: SourceTree): string[] =>
  [...tree.files.values()].flatMap((file) => file.faults.map(({ kind, message }) => `${file.path} ${kind} ${message}`));

test('a folder that is in no repository is its own root', () => {
  const root = folder('plain', {
    'b/z.yaml': 'a: 1\n',
    'b/a.yml': 'a: 2\n',
    'b.yaml': 'a: 3\n',
    'b/x.txt': 'text',
    'node_modules/n.yaml': 'a: 1\n',
  });
  const tree = readFolder(root);
  expect(paths(tree)).toEqual(['b.yaml', 'b/a.yml', 'b/z.yaml']);
  expect(tree.location).toBe(root);
  expect(tree.prefix).toBe(relative(process.cwd(), root));
  expect(tree.file('b/z.yaml')).toBe(tree.files.get('b/z.yaml'));
  expect(tree.file('b/none.yaml')).toBeUndefined();
  expect(tree.file('b')).toBeUndefined();
  expect(tree.list('')).toEqual([
    { name: 'b', type: 'folder' },
    { name: 'b.yaml', type: 'file' },
  ]);
  expect(tree.list('b')?.map(({ name }) => name)).toEqual(['a.yml', 'x.txt', 'z.yaml']);
  expect([tree.typeOf('', 'b'), tree.typeOf('b', 'x.txt')]).toEqual(['folder', 'file']);
  expect([tree.typeOf('b', 'none.yaml'), tree.typeOf('none', 'x.txt'), tree.typeOf('', 'b/x.txt')]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
  expect(tree.list('none')).toBeUndefined();
  expect(tree.list('b.yaml')).toBeUndefined();
  expect(Buffer.from(tree.read('b/x.txt') ?? []).toString()).toBe('text');
  expect(tree.read('b')).toBeUndefined();
  expect(tree.read('../plain/b.yaml')).toBeUndefined();
});

test('in a repository the root is its top, what Git ignores is left out, and only what was asked for is checked', () => {
  const root = folder('repository', {
    '.gitignore': 'ignored/\n',
    'apps/a.yaml': 'a: 1\n',
    'apps/gone.yaml': 'a: 1\n',
    'base/b.yaml': 'b: 1\n',
    'ignored/c.yaml': 'c: 1\n',
  });
  gitIn(root, 'init', '-q');
  gitIn(root, 'add', '.');
  folder('repository', { 'apps/new.yaml': 'n: 1\n', 'node_modules/a/b.yaml': 'b: 1\n' });
  execFileSync('rm', [join(root, 'apps/gone.yaml')]);
  const tree = readFolder(join(root, 'apps'));
  expect(tree.location).toBe(root);
  expect(paths(tree)).toEqual(['apps/a.yaml', 'apps/new.yaml']);
  expect(tree.list('apps')?.map(({ name }) => name)).toEqual(['a.yaml', 'new.yaml']);
  expect([tree.typeOf('apps', 'gone.yaml'), tree.typeOf('', 'ignored')]).toEqual([undefined, undefined]);
  expect(tree.file('base/b.yaml')?.documents[0]?.value).toEqual({ b: 1 });
  expect(tree.file('ignored/c.yaml')).toBeUndefined();
  expect(paths(readFolder(root))).toEqual(['apps/a.yaml', 'apps/new.yaml', 'base/b.yaml']);
  // Git ignores it, but somebody asked for it.
  expect(paths(readFolder(join(root, 'ignored')))).toEqual(['ignored/c.yaml']);
});

test('one file is checked on its own, whatever it is called', () => {
  const root = folder('one', { 'a.yaml': 'a: 1\n', 'b.yaml': 'b: 1\n', 'c.txt': 'c: 1\n' });
  expect(paths(readFolder(join(root, 'a.yaml')))).toEqual(['a.yaml']);
  expect(paths(readFolder(join(root, 'c.txt')))).toEqual(['c.txt']);
  expect(readFolder(join(root, 'a.yaml')).file('b.yaml')?.documents[0]?.value).toEqual({ b: 1 });
});

test('what Flux keeps out of its artifacts is left out', () => {
  const root = folder('excluded', {
    '.sops.yaml': 'a: 1\n',
    'clusters/.github/x.yaml': 'a: 1\n',
    'clusters/a.yaml': 'a: 1\n',
    'clusters/logo.png': 'x',
  });
  const tree = readFolder(root);
  expect(paths(tree)).toEqual(['clusters/a.yaml']);
  expect(tree.list('clusters')).toEqual([{ name: 'a.yaml', type: 'file' }]);
  expect(
    tree
      .everythingIn('clusters')
      ?.map(({ name }) => name)
      .sort(),
  ).toEqual(['.github', 'a.yaml', 'logo.png']);
});

test('what .sourceignore names is left out in place of that, and nothing of it where it is empty', () => {
  const files = {
    'clusters/a.yaml': 'a: 1\n',
    'clusters/logo.png': 'x',
    'docs/old/b.yaml': 'a: 1\n',
    'docs/c.yaml': 'a: 1\n',
  };
  const own = readFolder(folder('ignoring', { ...files, '.sourceignore': '# ours\ndocs/\n!docs/old/\n' }));
  expect(paths(own)).toEqual(['clusters/a.yaml', 'docs/old/b.yaml']);
  expect(own.list('clusters')?.map(({ name }) => name)).toEqual(['a.yaml', 'logo.png']);
  const empty = readFolder(folder('not-ignoring', { ...files, '.sourceignore': '# nothing\n\n' }));
  expect(empty.list('clusters')?.map(({ name }) => name)).toEqual(['a.yaml']);
});

test('.sourceignore files count from where they lie', () => {
  const root = folder('ignored', {
    '.sourceignore': '/*\n!/clusters/\n*.tmpl.yaml\n',
    '.sops.yaml': 'a: 1\n',
    '.github/workflows/ci.yaml': 'on: push\n',
    'clusters/a.yaml': 'a: 1\n',
    'clusters/b.tmpl.yaml': '{{ x }}\n',
    'clusters/deep/.sourceignore': '/only-here.yaml\n!kept.tmpl.yaml\n',
    'clusters/deep/only-here.yaml': 'a: 1\n',
    'clusters/deep/kept.tmpl.yaml': 'a: 1\n',
    'clusters/deep/er/only-here.yaml': 'a: 1\n',
    'other/c.yaml': 'a: 1\n',
  });
  const tree = readFolder(root);
  expect(paths(tree)).toEqual(['clusters/a.yaml', 'clusters/deep/er/only-here.yaml', 'clusters/deep/kept.tmpl.yaml']);
  expect(tree.list('')).toEqual([{ name: 'clusters', type: 'folder' }]);
  expect(tree.list('clusters')?.map(({ name }) => name)).toEqual(['a.yaml', 'deep']);
});

test("a Helm chart's templates are no YAML, and are left out", () => {
  const root = folder('chart', {
    'charts/x/Chart.yaml': 'apiVersion: v2\n',
    'charts/x/values.yaml': 'a: 1\n',
    'charts/x/templates/deep/a.yaml': '{{ if x }}\n',
    'charts/x/crds/c.yaml': 'a: 1\n',
    'templates/b.yaml': 'b: 1\n',
  });
  expect(paths(readFolder(root))).toEqual([
    'charts/x/Chart.yaml',
    'charts/x/crds/c.yaml',
    'charts/x/values.yaml',
    'templates/b.yaml',
  ]);
});

test('a kustomization that names what lies behind a symbolic link is told so, at the entry', () => {
  const root = folder('linked', {
    'app/kustomization.yaml': [
      'resources: [own.yaml, far/a.yaml, far]',
      'patches: [{ path: far/p.yaml }]',
      'configurations: [far/c.yaml]',
      'configMapGenerator: [{ name: a, files: [own.yaml, far/hostname] }]',
      '',
    ].join('\n'),
  });
  symlinkSync('/etc/hostname', join(root, 'app', 'own.yaml'));
  symlinkSync('/etc', join(root, 'app', 'far'));
  const { faults } = makeBuild(readFolder(root))('app');
  const behind = (path: string) =>
    `${path} lies behind the symbolic link app/far, and Flux leaves links out of its sources; put the file itself there`;
  const itself = (path: string) =>
    `${path} is a symbolic link, and Flux leaves links out of its sources; put the file itself there`;
  expect(faults.map(({ kind, path, message }) => `${kind} ${path.join('.')}: ${message}`).sort()).toEqual([
    `outside configMapGenerator.0.files.0: ${itself('app/own.yaml')}`,
    `outside configMapGenerator.0.files.1: ${behind('app/far/hostname')}`,
    `outside configurations.0: ${behind('app/far/c.yaml')}`,
    `outside patches.0.path: ${behind('app/far/p.yaml')}`,
    `outside resources.0: ${itself('app/own.yaml')}`,
    `outside resources.1: ${behind('app/far/a.yaml')}`,
    `outside resources.2: ${itself('app/far')}`,
  ]);
});

test('symbolic links, loops and pipes are not followed; Flux has none of them', () => {
  const root = folder('links', { 'a/b.yaml': 'a: 1\n' });
  symlinkSync(join(root, 'a'), join(root, 'loop'));
  symlinkSync('..', join(root, 'a', 'up'));
  symlinkSync('/etc', join(root, 'etc'));
  symlinkSync('b.yaml', join(root, 'a', 'link.yaml'));
  spawnSync('mkfifo', [join(root, 'pipe.yaml')]);
  const expected = (tree: SourceTree) => {
    expect(paths(tree)).toEqual(['a/b.yaml']);
    expect(tree.list('')).toEqual([{ name: 'a', type: 'folder' }]);
    expect(tree.list('a')).toEqual([{ name: 'b.yaml', type: 'file' }]);
    expect(tree.file('a/link.yaml')).toBeUndefined();
    expect(tree.read('etc/passwd')).toBeUndefined();
    expect(['a/link.yaml', 'etc/passwd', 'a/b.yaml', 'none'].map((path) => tree.linkOn(path))).toEqual([
      'a/link.yaml',
      'etc',
      undefined,
      undefined,
    ]);
  };
  expected(readFolder(root));
  gitIn(root, 'init', '-q');
  gitIn(root, 'add', '.');
  expected(readFolder(root));
  // The folder that is asked for may be one.
  expect(paths(readFolder(join(root, 'loop')))).toEqual(['a/b.yaml']);
});

test('a file that is too large is a fault, not a crash', () => {
  const root = folder('large', { 'a.yaml': Buffer.alloc(maximumSize + 1, 0x61), 'b.yaml': 'b: 1\n' });
  const tree = readFolder(root);
  expect(paths(tree)).toEqual(['a.yaml', 'b.yaml']);
  expect(faults(tree)).toEqual([
    'a.yaml unreadable the file is larger than 10 MB, more than espalier reads; split it, or exclude it with .sourceignore',
  ]);
  expect(tree.read('a.yaml')).toBeUndefined();
});

// Root may read everything.
(process.getuid?.() === 0 ? test.skip : test)('what may not be read is a fault, not a crash', () => {
  const root = folder('denied', { 'a.yaml': 'a: 1\n', 'b/c.yaml': 'c: 1\n' });
  chmodSync(join(root, 'a.yaml'), 0);
  chmodSync(join(root, 'b'), 0);
  expect(faults(readFolder(root))).toEqual([
    'a.yaml unreadable the file cannot be read (EACCES); correct its permissions, or leave it out',
    'b unreadable the folder cannot be read (EACCES); correct its permissions, or leave it out',
  ]);
  chmodSync(join(root, 'b'), 0o755);
});

test('a path that is not there, or no folder and no file, is refused', () => {
  expect(() => readFolder(join(top, 'elsewhere'))).toThrow(
    `${join(top, 'elsewhere')} does not exist. Give a folder that holds a Flux tree, or one YAML file.`,
  );
  const near = folder('near', { 'clusters/home.yaml': '{}\n' });
  expect(() => readFolder(join(near, 'cluster'))).toThrow(
    `${join(near, 'cluster')} does not exist; did you mean ${join(near, 'clusters')}? Give a folder that holds a Flux tree, or one YAML file.`,
  );
  expect(() => readFolder('/dev/null')).toThrow(
    '/dev/null is neither a folder nor a file. Give a folder that holds a Flux tree, or one YAML file.',
  );
});

test('names with spaces, quotes and line ends are names like others', () => {
  const root = folder('odd names', { 'a b/ü "x"\n.yaml': 'a: 1\n' });
  gitIn(root, 'init', '-q');
  expect(paths(readFolder(root))).toEqual(['a b/ü "x"\n.yaml']);
  expect(basename(readFolder(root).prefix)).toBe('odd names');
});

test('a file that says what it said when it was read last is the same, another is read anew', () => {
  const root = folder('again', { 'a.yaml': 'a: 1\n', 'b.yaml': 'b: 1\n' });
  const before = readFolder(root);
  writeFileSync(join(root, 'b.yaml'), 'b: 2\n');
  const after = readFolder(root);
  expect(after.files.get('a.yaml')).toBe(before.files.get('a.yaml'));
  expect(after.files.get('b.yaml')?.documents[0]?.value).toEqual({ b: 2 });
  expect(before.files.get('b.yaml')?.documents[0]?.value).toEqual({ b: 1 });
});

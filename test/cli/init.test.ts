import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { diagnose } from '../constructs/compile';
import { espalier, has, repository, run } from '../repository';
import { configMap, folderMaker, kustomization, sync } from './init/trees';

const folderWith = folderMaker();

const git = (cwd: string, ...args: string[]) => run('git', args, { cwd });

/** All files of a folder with their texts, but for Git's own and packages. */
function filesIn(folder: string): Readonly<Record<string, string>> {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8', withFileTypes: true });
  const files = paths.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
  return Object.fromEntries(
    files.flatMap((path) => {
      const name = path.slice(folder.length + 1);
      return /^(?:\.git|node_modules)\//.test(name) ? [] : [[name, readFileSync(path, 'utf8')]];
    }),
  );
}

const made = ['.gitattributes', '.gitignore', 'main.ts', 'package.json', 'tsconfig.json'];
const existing = {
  'clusters/home/flux-system/gotk-sync.yaml': sync('ssh://git@codeberg.org/acme/home', 'trunk', './clusters/home'),
  'clusters/home/apps.yaml': kustomization('apps', './apps'),
  'apps/config.yaml': configMap('settings'),
};

(has('git') ? describe : describe.skip)('in a Git repository', () => {
  // Inside the checkout, so that 'cdk8s-espalier' and the packages are at hand.
  const cwd = join(repository, 'build', 'test-init');
  beforeAll(() => {
    rmSync(cwd, { recursive: true, force: true });
    mkdirSync(cwd, { recursive: true });
  });

  test('an empty one: init, synth, check, without a finding; the types are right, and init again writes nothing', async () => {
    git(cwd, 'init', '-q', '-b', 'main');
    const first = await espalier(['init', '--yes', '--forge', 'github', '--name', 'home'], { cwd });
    expect(first).toMatchObject({ code: 0, stderr: '' });
    expect(first.stdout).toContain('Next:\n  npm install ');
    expect(Object.keys(filesIn(cwd)).sort()).toEqual(
      ['.gitattributes', '.github/workflows/espalier.yaml', ...made.slice(1)].sort(),
    );

    expect(await espalier(['synth'], { cwd })).toMatchObject({ code: 0, stderr: '' });
    const check = await espalier(['check', 'dist'], { cwd });
    expect(check).toMatchObject({ code: 0, stderr: '' });
    expect(check.stdout).toContain('No findings: 8 files');
    // Here 'cdk8s-espalier' is the sources, which want settings of their own.
    expect(diagnose(cwd, ['main.ts'], { extends: ['./tsconfig.json'] })).toEqual([]);

    const before = filesIn(cwd);
    const again = await espalier(['init', '--yes', '--forge', 'github', '--name', 'home'], { cwd });
    expect(again.stdout).toBe(
      'Found: github, branch main, npm\nNothing to write: all that espalier init writes is there.\n',
    );
    expect(filesIn(cwd)).toEqual(before);
  });

  test('one that Flux reads: what is there keeps its bytes, and what was found is told', async () => {
    const there = {
      ...existing,
      'package.json': '{\n    "name": "home",\n    "license":   "MIT"\n}\n',
      'tsconfig.json': '{ "compilerOptions": { "strict": true } } // ours\n',
      '.gitignore': '*.key\r\nnode_modules\r\n',
      '.gitattributes': '* text=auto',
    };
    const cwd = folderWith(there);
    git(cwd, 'init', '-q', '-b', 'other');
    const { stdout, code } = await espalier(['init', '--yes'], { cwd });
    expect(code).toBe(0);
    expect(stdout).toContain(
      'Found: forgejo, branch trunk, npm\n  cluster home: Flux begins in clusters/home/flux-system/; 2 Kustomizations, 4 objects\n',
    );
    expect(stdout).toContain('npx --no-install espalier adopt apps ');
    const files = filesIn(cwd);
    expect(files).toMatchObject({
      ...existing,
      '.gitignore': there['.gitignore'],
      'tsconfig.json': there['tsconfig.json'],
    });
    expect(files['package.json']).toMatch(/^\{\n {4}"name": "home",\n {4}"license": {3}"MIT",\n {4}"scripts": \{/);
    expect(files['.gitattributes']).toMatch(
      /^\* text=auto\n# .+\n\/\.espalier\.sha256 text eol=lf merge=union\nespalier\.baseline merge=union\n$/,
    );
    expect(files['.forgejo/workflows/espalier.yaml']).toContain('branches: [trunk]');
    expect(files['main.ts']).toContain(
      "new Cluster(app, 'home', { sourceRoot: '.', root: null, defaults: false, vaultPolicies: false });",
    );
  });

  test('one that Flux reads has nothing to synthesize before its first app, and an empty tree where there was one is refused', async () => {
    const own = join(cwd, 'existing');
    for (const [path, text] of Object.entries(existing)) {
      mkdirSync(dirname(join(own, path)), { recursive: true });
      writeFileSync(join(own, path), text);
    }
    git(own, 'init', '-q');
    await espalier(['init', '--yes'], { cwd: own });
    for (const args of [['synth'], ['synth', '--check']]) {
      const { code, stdout, stderr } = await espalier(args, { cwd: own });
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      expect(stdout).toMatch(/^main\.ts has no app yet, so there is nothing to write\. `espalier adopt PATH`/);
    }
    expect(existsSync(join(own, '.espalier.sha256'))).toBe(false);

    writeFileSync(join(own, '.espalier.sha256'), `${'0'.repeat(64)}  apps/config.yaml\n`);
    expect(await espalier(['synth'], { cwd: own })).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('main.ts makes no files for ./: nothing is in its Cluster any more.'),
    });
    expect(existsSync(join(own, 'apps/config.yaml'))).toBe(true);
  });

  test('from a folder of one, the CI is written at the top', async () => {
    const cwd = folderWith({ 'k8s/README.md': '' });
    git(cwd, 'init', '-q');
    await espalier(['init', '--yes', '--forge', 'gitlab'], { cwd: join(cwd, 'k8s') });
    const own = made.map((name) => `k8s/${name}`);
    expect(Object.keys(filesIn(cwd)).sort()).toEqual(
      ['.gitlab-ci.yml', '.gitlab/espalier.yml', 'k8s/README.md', ...own].sort(),
    );
  });
});

test('--dry-run shows all, and writes nothing', async () => {
  const cwd = folderWith(existing);
  const { stdout, code } = await espalier(['init', '--dry-run'], { cwd });
  expect(code).toBe(0);
  expect(stdout).toContain('--- /dev/null\n+++ b/main.ts\n');
  expect(stdout).toContain(
    "+const cluster = new Cluster(app, 'home', { sourceRoot: '.', root: null, defaults: false, vaultPolicies: false });\n",
  );
  expect(filesIn(cwd)).toEqual(existing);
});

describe('refuses, and writes nothing', () => {
  test.each([
    [
      'a main.ts of somebody else',
      (cwd: string) => writeFileSync(join(cwd, 'main.ts'), ''),
      /^error: main\.ts is there already/,
    ],
    [
      'a link',
      (cwd: string) => symlinkSync('/etc/hostname', join(cwd, 'package.json')),
      /package\.json is a symbolic link/,
    ],
    [
      'a folder in the place of a file',
      (cwd: string) => mkdirSync(join(cwd, 'tsconfig.json')),
      /tsconfig\.json is no file/,
    ],
    [
      'a package.json that is none',
      (cwd: string) => writeFileSync(join(cwd, 'package.json'), '{'),
      /package\.json cannot be read as JSON/,
    ],
  ])('%s', async (_, prepare, message) => {
    const cwd = folderWith({ 'README.md': '' });
    prepare(cwd);
    const before = readdirSync(cwd);
    const { code, stderr } = await espalier(['init', '--yes'], { cwd });
    expect(code).toBe(2);
    expect(stderr).toMatch(message);
    expect(readdirSync(cwd)).toEqual(before);
  });

  test('a folder that cannot be written to', async () => {
    const cwd = folderWith({ '.github': '' });
    const { code, stderr } = await espalier(['init', '--yes', '--forge', 'github'], { cwd });
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: expect.stringMatching(/nothing was written|nothing has changed/),
    });
    expect(readdirSync(cwd)).toEqual(['.github']);
  });

  test.each([
    ['/', 'is the root of the file system'],
    [homedir(), 'is your home directory'],
  ])('%s', async (cwd, message) => {
    expect(await espalier(['init', '--yes'], { cwd })).toMatchObject({
      code: 2,
      stderr: expect.stringContaining(message),
    });
  });

  test.each([
    [[], 'espalier init asks on a terminal, and this is none. Add --yes'],
    [['--yes', '--name', 'My_Cluster'], '--name "My_Cluster": it must be a DNS label'],
    [['--yes', '--forge', 'bitbucket'], '--forge "bitbucket": it must be one of github,'],
  ])('%j', async (args, message) => {
    const cwd = folderWith({});
    const stdin = process.stdin.isTTY;
    process.stdin.isTTY = false;
    const { code, stderr } = await espalier(['init', ...args], { cwd });
    process.stdin.isTTY = stdin;
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining(message) });
    expect(readdirSync(cwd)).toEqual([]);
  });
});

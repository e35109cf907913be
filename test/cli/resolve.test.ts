import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gitAttributes } from '../../lib/tree';
import { espalier, spawnEspalier } from '../repository';
import { lib, folder as projects } from './project';

const folder = join(projects, 'resolve');
beforeAll(() => rmSync(folder, { recursive: true, force: true }));

const who = { GIT_AUTHOR_NAME: 'a', GIT_AUTHOR_EMAIL: 'a@b.c', GIT_COMMITTER_NAME: 'a', GIT_COMMITTER_EMAIL: 'a@b.c' };

/** A repository whose tree has an app a file; `apps` says which. */
class Repository {
  readonly cwd: string;

  constructor(name: string, attributes: readonly string[]) {
    this.cwd = join(folder, name);
    mkdirSync(this.cwd, { recursive: true });
    this.git('init', '-q', '-b', 'main');
    this.git('config', 'merge.conflictStyle', 'diff3');
    writeFileSync(join(this.cwd, '.gitattributes'), attributes.map((line) => `${line}\n`).join(''));
    writeFileSync(
      join(this.cwd, 'main.ts'),
      `import { App, Application, Cluster, ConfigMap } from ${JSON.stringify(lib)};
import { readdirSync, readFileSync } from 'node:fs';
const app = new App();
const home = new Cluster(app, 'home', { organisation: 'acme', environment: 'prod' });
for (const name of readdirSync('.').filter((file) => file.endsWith('.app')).sort().reverse())
  new ConfigMap(new Application(home, name.slice(0, -4)).directory, 'settings', { data: { A: readFileSync(name, 'utf8').trim() } });
app.synth();
`,
    );
  }

  git(...args: string[]): string {
    return execFileSync('git', args, {
      cwd: this.cwd,
      encoding: 'utf8',
      env: { ...process.env, ...who },
      stdio: 'pipe',
    });
  }

  /** Whether it went without a conflict. */
  tries(...args: string[]): boolean {
    return spawnSync('git', args, { cwd: this.cwd, env: { ...process.env, ...who, GIT_EDITOR: 'true' } }).status === 0;
  }

  synth(...options: string[]) {
    return espalier(['synth', '--no-cache', ...options], { cwd: this.cwd });
  }

  /** Adds apps, or changes them, on a branch, and commits them with their tree. */
  async commit(branch: string, apps: Readonly<Record<string, string>>): Promise<void> {
    this.git('checkout', '-q', '-B', branch);
    for (const [name, text] of Object.entries(apps)) writeFileSync(join(this.cwd, `${name}.app`), `${text}\n`);
    expect(await this.synth()).toMatchObject({ code: 0, stderr: '' });
    this.git('add', '-A');
    this.git('commit', '-q', '-m', branch);
  }

  read(path: string): string {
    return readFileSync(join(this.cwd, path), 'utf8');
  }

  write(path: string, text: string): void {
    writeFileSync(join(this.cwd, path), text);
  }

  /** Two branches that each add an app, the second checked out. */
  async branches(first: Readonly<Record<string, string>>, second: Readonly<Record<string, string>>): Promise<void> {
    await this.commit('main', { m: 'm' });
    await this.commit('one', first);
    this.git('checkout', '-q', 'main');
    await this.commit('two', second);
  }

  async expectCurrent(): Promise<void> {
    expect(await this.synth('--check')).toMatchObject({ code: 0, stderr: '' });
    expect(
      execFileSync('sha256sum', ['-c', '--quiet', '--strict', '.espalier.sha256'], { cwd: join(this.cwd, 'dist') }),
    ).toHaveLength(0);
  }
}

const list = 'dist/kubernetes/apps/kustomization.yaml';
const settings = 'dist/kubernetes/apps/m/m/app/settings.yaml';

test.each(['merge', 'rebase'])(
  'with the attributes, %s of branches that each add an app is without a conflict',
  async (how) => {
    const repository = new Repository(how, gitAttributes('dist'));
    await repository.branches({ k: 'k' }, { l: 'l' });
    expect(repository.tries(how, ...(how === 'merge' ? ['--no-edit'] : []), 'one')).toBe(true);
    for (const app of ['k', 'l', 'm']) expect(repository.read(list)).toContain(`- ./${app}\n`);
    expect(await repository.synth('--resolve')).toMatchObject({ code: 0, stderr: '' });
    await repository.expectCurrent();
  },
);

test.each(['merge', 'rebase'])(
  'without them, %s stops, and one command makes anew what could not be merged',
  async (how) => {
    const repository = new Repository(`${how}-plain`, []);
    await repository.branches({ k: 'k', m: 'one' }, { l: 'l', m: 'two' });
    expect(repository.tries(how, 'one')).toBe(false);
    repository.write('m.app', 'both\n');
    const { code, stderr } = await repository.synth();
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: expect.stringContaining("Git's conflict marker. Run espalier synth --resolve"),
    });
    expect(await repository.synth('--resolve')).toMatchObject({ code: 0, stderr: '' });
    await repository.expectCurrent();
    expect(repository.read(settings)).toContain('A: both');
    repository.git('add', '-A');
    expect(repository.tries(how, '--continue')).toBe(true);
  },
);

test('conflict markers in a generated file are named with the command', async () => {
  const repository = new Repository('markers', ['dist/.espalier.sha256 merge=union']);
  await repository.branches({ k: 'k' }, { l: 'l' });
  expect(repository.tries('merge', 'one')).toBe(false);
  const { code, stderr } = await repository.synth();
  expect(code).toBe(2);
  expect(stderr).toContain("kubernetes/apps/kustomization.yaml (Git's conflict markers)");
  expect(stderr).toContain('After a merge or rebase, espalier synth --resolve makes anew what Git alone has changed.');
});

/** Commits an app's file on each of two branches, and merges them. */
function mergeMains(repository: Repository, base: string, one: string, two: string): void {
  const commit = (branch: string, text: string) => {
    repository.git('checkout', '-q', '-B', branch);
    repository.write('main.ts', text);
    repository.git('add', '-A');
    repository.git('commit', '-q', '-m', branch);
  };
  commit('main', base);
  commit('one', one);
  repository.git('checkout', '-q', 'main');
  commit('two', two);
  expect(repository.tries('merge', 'one')).toBe(false);
}

const mainWith = (outdir: string, ...names: string[]) =>
  `import { App, Cluster, ConfigMap, Directory } from ${JSON.stringify(lib)};
const app = new App({ outdir: '${outdir}' });
const folder = new Directory(new Cluster(app, 'home', { root: null, sourceRoot: '.' }), 'apps', { listed: false });
${names.map((name) => `new ConfigMap(folder, '${name}', { data: { a: 'b' } });\n`).join('')}app.synth();
`;

test('lines that both sides have added to the code stay, those of the side that is checked out first', async () => {
  const repository = new Repository('added', []);
  mergeMains(repository, mainWith('dist', 'm'), mainWith('dist', 'm', 'k'), mainWith('dist', 'm', 'l'));
  const { code, stdout, stderr } = await repository.synth('--resolve');
  expect({ code, stderr, stdout }).toEqual({
    code: 0,
    stderr: '',
    stdout: expect.stringMatching(/^main\.ts: merged, .*\n/),
  });
  expect(repository.read('main.ts')).toBe(mainWith('dist', 'm', 'l', 'k'));
  await repository.expectCurrent();
});

test.each([
  ['changed', mainWith('one', 'm'), mainWith('two', 'm')],
  ['deleted', mainWith('dist'), mainWith('dist', 'm', 'l')],
])('what both sides have %s in the code is for a person to merge', (name, one, two) => {
  const repository = new Repository(`both-${name}`, []);
  mergeMains(repository, mainWith('dist', 'm'), one, two);
  const before = repository.read('main.ts');
  const { code, stderr } = spawnEspalier(['synth', '--resolve'], { cwd: repository.cwd });
  expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining("Git's conflict marker. Take what") });
  expect(repository.read('main.ts')).toBe(before);
});

test('conflict markers in the code are named with their line', async () => {
  const repository = new Repository('code', []);
  repository.write('main.ts', 'const a = 1;\n<<<<<<< HEAD\nconst b = 2;\n=======\nconst b = 3;\n>>>>>>> other\n');
  const { code, stderr } = spawnEspalier(['synth'], { cwd: repository.cwd });
  expect({ code, stderr }).toEqual({
    code: 2,
    stderr: expect.stringMatching(
      /^error: main\.ts:2: Git's conflict marker\. Take .* espalier synth --resolve.*\.\n$/,
    ),
  });
});

test('what a person edited on either side is not made anew', async () => {
  const repository = new Repository('edited', gitAttributes('dist'));
  await repository.branches({ k: 'k' }, { l: 'l' });
  repository.git('checkout', '-q', 'one');
  repository.write(settings, `${repository.read(settings)}# by hand\n`);
  repository.git('commit', '-q', '-a', '-m', 'by hand');
  repository.git('checkout', '-q', 'two');
  expect(repository.tries('merge', '--no-edit', 'one')).toBe(true);
  const { code, stderr } = await repository.synth('--resolve');
  expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining('m/m/app/settings.yaml (edited)') });
  expect(stderr).not.toContain('apps/kustomization.yaml');
});

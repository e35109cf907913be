import { existsSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { run, spawnEspalier } from '../../repository';
import { appNamed, mainWith, Project, patience, settingsOf, Watching } from './watching';

jest.setTimeout(3 * patience);

const two = (name: string) =>
  new Project(name, {
    'main.ts': mainWith(['shop', 'blog']),
    'apps/shop.ts': appNamed('shop', 'info'),
    'apps/blog.ts': appNamed('blog', 'info'),
  });

/** The files whose time or identity changed. */
function touched(before: Record<string, string>, after: Record<string, string>): string[] {
  return Object.keys({ ...before, ...after }).filter((path) => before[path] !== after[path]);
}

function isWhatMainYields({ cwd }: Project): boolean {
  return spawnEspalier(['synth', '--check', '--quiet'], { cwd }).code === 0;
}

describe('espalier synth --watch', () => {
  test('writes the files of the app that was edited and no others, then proves the tree', async () => {
    const project = two('edit');
    const watching = new Watching(project);
    expect(await watching.until(/watching \d+ files; Ctrl-C ends it\n/)).toMatch(/^dist\/: 25 files, 25 created\n/);
    const before = project.times();
    project.write({ 'apps/shop.ts': appNamed('shop', 'debug') });
    expect(await watching.until(/proven.*\n/)).toBe(
      'shop: 1 file in N ms\n  ~ kubernetes/apps/shop/shop/app/settings.yaml\nproven in N s\n',
    );
    expect(touched(before, project.times())).toEqual(['dist/.espalier.sha256', settingsOf('shop')]);
    expect(project.read(settingsOf('shop'))).toContain('LEVEL: debug');
    expect(isWhatMainYields(project)).toBe(true);

    // Several changes before it is proven; a file that is added, one that goes.
    project.write({ 'apps/shop.ts': appNamed('shop', 'warn', "  new ConfigMap(directory, 'more', { data: {} });") });
    expect(await watching.until(/more\.yaml\n.*\n.*\n/)).toBe(
      `shop: 3 files in N ms
  + kubernetes/apps/shop/shop/app/more.yaml
  ~ kubernetes/apps/shop/shop/app/kustomization.yaml
  ~ kubernetes/apps/shop/shop/app/settings.yaml
`,
    );
    project.write({ 'apps/shop.ts': appNamed('shop', 'warn'), 'apps/blog.ts': appNamed('blog', 'warn') });
    expect(await watching.until(/proven.*\n/)).toMatch(/- kubernetes\/apps\/shop\/shop\/app\/more\.yaml\n/);
    expect(isWhatMainYields(project)).toBe(true);
    expect(await watching.end()).toBe(130);
  });

  test('sees files that an editor puts in place by renaming, and new ones that are imported; ignores saves without a change', async () => {
    const project = two('atomic');
    const watching = new Watching(project);
    await watching.until(/watching.*\n/);
    for (const level of ['debug', 'warn']) {
      writeFileSync(project.at('apps/shop.ts'), project.read('apps/shop.ts'));
      writeFileSync(project.at('apps/.shop.ts.swp'), appNamed('shop', level));
      renameSync(project.at('apps/.shop.ts.swp'), project.at('apps/shop.ts'));
      expect(await watching.until(/settings\.yaml\n/)).toMatch(/^(?:proven.*\n)?shop: 1 file in N ms\n/);
      expect(project.read(settingsOf('shop'))).toContain(`LEVEL: ${level}`);
    }
    project.write({
      'apps/levels.ts': "export const level = 'silent';\n",
      'apps/shop.ts': appNamed('shop', 'x')
        .replace("'x'", 'level')
        .replace('import', "import { level } from './levels';\nimport"),
    });
    await watching.until(/shop: 1 file.*\n.*\n/);
    expect(project.read(settingsOf('shop'))).toContain('LEVEL: silent');
    project.write({ 'apps/levels.ts': "export const level = 'loud';\n" });
    await watching.until(/shop: 1 file.*\n.*\n/);
    expect(project.read(settingsOf('shop'))).toContain('LEVEL: loud');
    expect(isWhatMainYields(project)).toBe(true);
  });

  test('tells of broken TypeScript as always, leaves the tree alone, and goes on when it is fixed', async () => {
    const project = two('broken');
    const watching = new Watching(project);
    await watching.until(/watching.*\n/);
    const before = project.tree();
    project.write({ 'apps/shop.ts': appNamed('shop', 'debug').replace('{ vault }:', '{ vault :') });
    const said = await watching.until(/error:[\s\S]*\n.*trace.*\n/);
    expect(said).toMatch(/^running all of main\.ts: it throws an error\n/);
    expect(said).not.toMatch(/\n\s+at (?!apps)/);
    expect(project.tree()).toEqual(before);
    project.write({ 'apps/shop.ts': appNamed('shop', 'debug') });
    expect(await watching.until(/settings\.yaml\n/)).toBe(
      `running all of main.ts: the last run failed
dist/: 25 files, 1 changed
  ~ kubernetes/apps/shop/shop/app/settings.yaml
`,
    );
    project.write({ 'apps/shop.ts': appNamed('shop', 'warn') });
    expect(await watching.until(/settings\.yaml\n/)).toMatch(/^shop: 1 file in N ms\n/);
  });

  test('begins with what does not run, and writes the tree when it does', async () => {
    const project = two('begins-broken');
    rmSync(project.at('apps/blog.ts'));
    const watching = new Watching(project);
    expect(await watching.until(/watching.*\n/)).toMatch(/^error: .*blog/);
    project.write({ 'apps/blog.ts': appNamed('blog', 'info') });
    await watching.until(/25 created[\s\S]*external-secrets\.sh\n/);
    // It is being loaded now, or has been: either way it is written.
    project.write({ 'apps/blog.ts': appNamed('blog', 'debug') });
    await watching.until(/settings\.yaml\n/);
    expect(project.read(settingsOf('blog'))).toContain('LEVEL: debug');
    expect(isWhatMainYields(project)).toBe(true);
  });

  test('sees what changes while it begins', async () => {
    for (const wait of [0, 200, 400, 600, 800, 1200, 1600]) {
      const project = two('begins');
      const watching = new Watching(project);
      await new Promise((done) => setTimeout(done, wait));
      project.write({ 'apps/shop.ts': appNamed('shop', `after-${wait}`) });
      await watching.until(/watching.*\n/);
      await waitFor(() => project.read(settingsOf('shop')).includes(`LEVEL: after-${wait}`));
      await watching.end();
    }
  });

  test('puts the proven tree back when the whole has an error that the app alone has not', async () => {
    const project = two('conflict');
    const watching = new Watching(project);
    await watching.until(/watching.*\n/);
    project.write({ 'apps/shop.ts': appNamed('shop', 'debug', priorityClass) });
    await watching.until(/proven.*\n/);
    const proven = project.tree();
    project.write({ 'apps/blog.ts': appNamed('blog', 'debug', priorityClass) });
    expect(await watching.until(/put back[\s\S]*settings\.yaml\n(?: {2}.*\n)*/)).toBe(`blog: 3 files in N ms
  + kubernetes/apps/blog/blog/app/shared.yaml
  ~ kubernetes/apps/blog/blog/app/kustomization.yaml
  ~ kubernetes/apps/blog/blog/app/settings.yaml
error: PriorityClass.scheduling.k8s.io shared of cluster home is made twice: by PriorityClass at apps/shop/shop/app/shared in \
kubernetes/apps/shop/shop/app/shared.yaml and by PriorityClass at apps/blog/blog/app/shared in \
kubernetes/apps/blog/blog/app/shared.yaml. Rename one of them, or make it once and refer to it.
put back, as before the change of blog
  ~ kubernetes/apps/blog/blog/app/kustomization.yaml
  ~ kubernetes/apps/blog/blog/app/settings.yaml
  - kubernetes/apps/blog/blog/app/shared.yaml
`);
    expect(project.tree()).toEqual(proven);
    project.write({ 'apps/blog.ts': appNamed('blog', 'warn') });
    await watching.until(/settings\.yaml\n/);
    expect(project.read(settingsOf('blog'))).toContain('LEVEL: warn');
    expect(isWhatMainYields(project)).toBe(true);
  });

  test('writes the whole anew when an app turns out not to stand on its own', async () => {
    // The second app looks at what the first one made, behind the back of compose().
    const leak = `  (globalThis as { level?: string }).level = LEVEL;`;
    const project = two('leak');
    const shop = (level: string) => appNamed('shop', level, leak.replace('LEVEL', `'${level}'`));
    project.write({
      'apps/shop.ts': shop('info'),
      'apps/blog.ts': appNamed('blog', 'x').replace("'x'", 'String((globalThis as { level?: string }).level)'),
    });
    const watching = new Watching(project);
    await watching.until(/watching.*\n/);
    project.write({ 'apps/shop.ts': shop('debug') });
    expect(await watching.until(/dist\/: [\s\S]*settings\.yaml\n/)).toBe(`shop: 1 file in N ms
  ~ kubernetes/apps/shop/shop/app/settings.yaml
shop does not stand on its own, or somebody else changed the folder: all of it yields another tree, which is written now
dist/: 25 files, 1 changed
  ~ kubernetes/apps/blog/blog/app/settings.yaml
`);
    expect(project.read(settingsOf('blog'))).toContain('LEVEL: debug');
    expect(isWhatMainYields(project)).toBe(true);
  });

  test('runs all of main.ts where more than an app changed, and says why', async () => {
    const project = two('whole');
    project.write({ 'espalier.config.json': '{}' });
    const watching = new Watching(project);
    await watching.until(/watching.*\n/);
    // From here on nothing is loaded but for a change.
    project.write({ 'apps/shop.ts': appNamed('shop', 'warn') });
    await watching.until(/proven.*\n/);
    const changes: [string, Record<string, string>][] = [
      ['home/news is new', { 'apps/news.ts': appNamed('news', 'info'), 'main.ts': mainWith(['shop', 'blog', 'news']) }],
      ['home/news is gone', { 'main.ts': mainWith(['shop', 'blog']) }],
      ['what stands around the parts changed', { 'main.ts': mainWith(['shop', 'blog'], "home.inNamespace('more');") }],
    ];
    for (const [because, files] of changes) {
      project.write(files);
      expect(await watching.until(/dist\/: .*\n/)).toContain(`running all of main.ts: ${because}\n`);
      expect(isWhatMainYields(project)).toBe(true);
    }
    project.write({ [settingsOf('shop')]: 'edited: by hand\n', 'apps/shop.ts': appNamed('shop', 'debug') });
    const said = await watching.until(/--force.*\n/);
    expect(said).toContain(
      'running all of main.ts: kubernetes/apps/shop/shop/app/settings.yaml holds something else than what shop alone made of it\n',
    );
    expect(project.read(settingsOf('shop'))).toBe('edited: by hand\n');
    rmSync(project.at('apps/blog.ts'));
    expect(await watching.until(/error: .*\n/)).toContain('running all of main.ts: it throws an error');
    project.write({ 'espalier.config.json': '{ "rules": {} }' });
    await watching.until(/running all of main\.ts: something else than its modules changed\n/);
  });

  test('watches an app whose parts are not named, whose modules are ES modules, or that waits for something', async () => {
    const plain = new Project('plain', { 'main.ts': mainWith([], "home.inNamespace('one');") });
    const esm = two('esm');
    esm.write({ 'package.json': '{ "type": "module" }' });
    for (const path of ['main.ts', 'apps/shop.ts', 'apps/blog.ts']) {
      // The sources are CommonJS, whose names are not known to import.
      const text = esm
        .read(path)
        .replace(/import \{(.*)\} from ("\/.*\/lib)"/, 'import espalier from $2/index.ts";\nconst {$1} = espalier;');
      esm.write({
        [path]: text
          .replace(/const \{.*\}/, (names) => names.replace(/,? type \w+/g, ''))
          .replace(/(apps\/\w+)'/g, "$1.ts'"),
      });
    }
    const waiting = new Project('waiting', {
      'main.ts': mainWith([], "home.inNamespace('one');\nPromise.resolve().then(() => app.synth());").replace(
        /\napp\.synth\(\);\n$/,
        '',
      ),
    });
    const edits = [
      [
        plain,
        { 'main.ts': mainWith([], "home.inNamespace('two');") },
        'no cluster.compose() says which parts stand on their own',
      ],
      [
        esm,
        { 'apps/shop.ts': esm.read('apps/shop.ts').replace("'info'", "'debug'") },
        'ES modules are not loaded twice',
      ],
      [waiting, { 'main.ts': waiting.read('main.ts').replace("'one'", "'two'") }, 'its top level is asynchronous'],
    ] as const;
    for (const [project, files, because] of edits) {
      const watching = new Watching(project);
      await watching.until(/watching.*\n/);
      project.write(files);
      expect(await watching.until(/dist\/: \d+ files, .*chang.*\n/)).toContain(`running all of main.ts: ${because}\n`);
      expect(isWhatMainYields(project)).toBe(true);
      await watching.end();
    }
  });

  test('prints errors only with --quiet; ends with its processes when told to, and not with its input', async () => {
    const project = two('quiet');
    const watching = new Watching(project, ['--quiet']);
    await waitFor(() => existsSync(project.at(settingsOf('shop'))));
    await waitFor(() => childrenOf(watching.pid).length === 1);
    project.write({ 'apps/shop.ts': appNamed('shop', 'debug') });
    await waitFor(() => project.read(settingsOf('shop')).includes('LEVEL: debug'));
    project.write({ 'apps/shop.ts': appNamed('shop', 'debug').replace("'shop-settings'", "'No_Name'") });
    expect(await watching.until(/error.*\n/)).toMatch(/^error: home\/apps\/shop/);
    const children = childrenOf(watching.pid);
    expect(await watching.end('SIGTERM')).toBe(143);
    await waitFor(() => children.every((pid) => !isAlive(pid)));
  });

  test('speaks once of what it cannot put back: a file that somebody edited before it was proven', async () => {
    const project = two('by-hand');
    const watching = new Watching(project);
    await watching.until(/watching.*\n/);
    project.write({ 'apps/shop.ts': appNamed('shop', 'debug') });
    await watching.until(/settings\.yaml\n/);
    project.write({ [settingsOf('shop')]: 'edited: by hand\n' });
    expect(await watching.until(/stays.*\n/)).toContain(
      `error: what was written of shop stays until a run ends without an error: ${settingsOf('shop').slice('dist/'.length)} is not as espalier left it.\n`,
    );
    // Longer than a proof takes.
    await new Promise((done) => setTimeout(done, 5000));
    project.write({ [settingsOf('shop')]: '', 'apps/shop.ts': appNamed('shop', 'info') });
    expect(await watching.until(/the last run failed\n/)).toBe('running all of main.ts: the last run failed\n');
  });

  test('composes parts alone also where main.ts is a link', async () => {
    const project = two('link');
    mkdirSync(project.at('real'));
    for (const path of ['main.ts', 'apps']) renameSync(project.at(path), project.at(`real/${path}`));
    symlinkSync('real/main.ts', project.at('main.ts'));
    const watching = new Watching(project);
    await watching.until(/watching.*\n/);
    for (const level of ['debug', 'warn', 'error']) {
      project.write({ 'real/apps/shop.ts': appNamed('shop', level) });
      expect(await watching.until(/settings\.yaml\n/)).toMatch(/^(?:proven.*\n)?shop: 1 file in N ms\n/);
    }
  });

  test('goes on when something ends the process that composes parts', async () => {
    const project = two('killed');
    const watching = new Watching(project);
    await watching.until(/watching.*\n/);
    for (const pid of childrenOf(watching.pid)) process.kill(pid, 'SIGKILL');
    project.write({ 'apps/shop.ts': appNamed('shop', 'debug') });
    await watching.until(/settings\.yaml\n/);
    await waitFor(() => childrenOf(watching.pid).length === 1);
    project.write({ 'apps/shop.ts': appNamed('shop', 'warn') });
    await watching.until(/settings\.yaml\n/);
    expect(isWhatMainYields(project)).toBe(true);
  });

  test('goes on after code that never ends, and after code that ends its process', async () => {
    const project = two('endless');
    const watching = new Watching(project);
    await watching.until(/watching.*\n/);
    project.write({ 'apps/shop.ts': appNamed('shop', 'debug', '  for (;;) {}') });
    // From five seconds on the next change does not wait for it.
    await new Promise((done) => setTimeout(done, 6000));
    project.write({ 'apps/shop.ts': appNamed('shop', 'debug', '  process.exit(0);') });
    expect(await watching.until(/error: .*\n/)).toContain('the app ended the process before espalier was done');
    project.write({ 'apps/shop.ts': appNamed('shop', 'debug') });
    await watching.until(/settings\.yaml\n/);
    expect(isWhatMainYields(project)).toBe(true);
  });

  test('is refused together with --check, and without an app', () => {
    const { cwd } = two('refused');
    expect(spawnEspalier(['synth', '--watch', '--check'], { cwd })).toEqual({
      code: 2,
      stdout: '',
      stderr: 'error: --watch writes, and --check does not: leave one of them out.\n',
    });
    expect(spawnEspalier(['synth', '--watch', 'other.ts'], { cwd })).toMatchObject({ code: 2, stdout: '' });
  });
});

/** An object of the cluster as a whole, which two apps may not make. */
const priorityClass = `  new ApiObject(directory, 'shared', { apiVersion: 'scheduling.k8s.io/v1', kind: 'PriorityClass', metadata: { name: 'shared' }, value: 1 } as never);`;

async function waitFor(condition: () => boolean): Promise<void> {
  for (const end = Date.now() + patience; !condition(); ) {
    if (Date.now() > end) throw new Error('it did not come to that');
    await new Promise((done) => setTimeout(done, 50));
  }
}

function childrenOf(pid: number): number[] {
  const { stdout } = run('ps', ['-A', '-o', 'ppid=,pid=']);
  const pairs = stdout.split('\n').map((line) => line.trim().split(/\s+/).map(Number));
  return pairs.flatMap(([parent, child]) => (parent === pid && child !== undefined ? [child] : []));
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

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
  test('writes what an edit changes and no other file, as espalier synth does', async () => {
    const project = two('edit');
    const watching = new Watching(project);
    expect(await watching.until(/watching \d+ files; Ctrl-C ends it\n/)).toMatch(/^dist\/: 25 files, 25 created\n/);
    const before = project.times();
    project.write({ 'apps/shop.ts': appNamed('shop', 'debug') });
    expect(await watching.until(/settings\.yaml\n/)).toBe(
      'dist/: 25 files, 1 changed\n  ~ kubernetes/apps/shop/shop/app/settings.yaml\n',
    );
    expect(touched(before, project.times())).toEqual(['dist/.espalier.sha256', settingsOf('shop')]);
    expect(project.read(settingsOf('shop'))).toContain('LEVEL: debug');
    expect(isWhatMainYields(project)).toBe(true);

    project.write({ 'apps/shop.ts': appNamed('shop', 'warn', "  new ConfigMap(directory, 'more', { data: {} });") });
    expect(await watching.until(/shop\/app\/settings\.yaml\n/)).toContain(
      '  + kubernetes/apps/shop/shop/app/more.yaml\n',
    );
    project.write({ 'apps/shop.ts': appNamed('shop', 'warn'), 'apps/blog.ts': appNamed('blog', 'warn') });
    expect(await watching.until(/- .*more\.yaml\n/)).toContain('  ~ kubernetes/apps/blog/blog/app/settings.yaml\n');
    expect(isWhatMainYields(project)).toBe(true);
    project.write({ 'main.ts': mainWith(['shop']) });
    await watching.until(/dist\/: \d+ files, .* deleted\n/);
    expect(isWhatMainYields(project)).toBe(true);
    expect(await watching.end()).toBe(130);
  });

  test('writes what an edit of a file of YAML changes', async () => {
    const more = "  new YamlFile(directory, 'more.yaml', { from: 'files/more.yaml' });";
    const configMap = (level: string) =>
      `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: more, namespace: shop }\ndata: { LEVEL: ${level} }\n`;
    const project = two('yaml');
    project.write({
      'apps/shop.ts': appNamed('shop', 'info', more).replace('ConfigMap', 'ConfigMap, YamlFile'),
      'files/more.yaml': configMap('a'),
    });
    const watching = new Watching(project);
    await watching.until(/watching \d+ files; Ctrl-C ends it\n/);
    project.write({ 'files/more.yaml': configMap('b') });
    expect(await watching.until(/more\.yaml\n/)).toBe(
      'dist/: 26 files, 1 changed\n  ~ kubernetes/apps/shop/shop/app/more.yaml\n',
    );
    expect(await watching.end()).toBe(130);
  });

  test('yields for a row of edits what a run of its own yields for each', async () => {
    // What one run leaves in its process would be seen by the next.
    const seen = '((globalThis as { seen?: string[] }).seen ??= [])';
    const counting = (level: string) =>
      `${appNamed('shop', 'x').replace("'x'", `String([...${seen}, '${level}'])`)}${seen}.push('loaded');\n`;
    const project = two('row');
    project.write({ 'apps/shop.ts': counting('begin') });
    const watching = new Watching(project);
    await watching.until(/watching.*\n/);
    for (const level of ['one', 'two', 'three', 'four']) {
      project.write({ 'apps/shop.ts': counting(level) });
      await watching.until(/settings\.yaml\n/);
      expect(project.read(settingsOf('shop'))).toContain(`LEVEL: loaded,${level}\n`);
      expect(isWhatMainYields(project)).toBe(true);
    }
  });

  test('sees files that an editor puts in place by renaming, and new ones that are imported, also from elsewhere', async () => {
    const project = two('atomic');
    const other = new Project('atomic-elsewhere', { 'levels.ts': "export const level = 'silent';\n" });
    const watching = new Watching(project);
    await watching.until(/watching.*\n/);
    for (const level of ['debug', 'warn']) {
      writeFileSync(project.at('apps/.shop.ts.swp'), appNamed('shop', level));
      renameSync(project.at('apps/.shop.ts.swp'), project.at('apps/shop.ts'));
      await watching.until(/settings\.yaml\n/);
      expect(project.read(settingsOf('shop'))).toContain(`LEVEL: ${level}`);
    }
    project.write({
      'apps/shop.ts': appNamed('shop', 'x')
        .replace("'x'", 'level')
        .replace('import', "import { level } from '../../atomic-elsewhere/levels';\nimport"),
    });
    await watching.until(/settings\.yaml\n/);
    expect(project.read(settingsOf('shop'))).toContain('LEVEL: silent');
    other.write({ 'levels.ts': "export const level = 'loud';\n" });
    await watching.until(/settings\.yaml\n/);
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
    expect(said).toMatch(/^error: /);
    expect(said).not.toMatch(/\n\s+at (?!apps)/);
    expect(project.tree()).toEqual(before);
    project.write({ 'apps/shop.ts': appNamed('shop', 'debug') });
    expect(await watching.until(/settings\.yaml\n/)).toBe(
      'dist/: 25 files, 1 changed\n  ~ kubernetes/apps/shop/shop/app/settings.yaml\n',
    );
  });

  test('writes nothing of a tree with an error between two apps, and says which', async () => {
    const project = two('conflict');
    project.write({ 'apps/shop.ts': appNamed('shop', 'info', priorityClass(1)) });
    const watching = new Watching(project);
    await watching.until(/watching.*\n/);
    const before = project.tree();
    project.write({ 'apps/blog.ts': appNamed('blog', 'debug', priorityClass(2)) });
    expect(await watching.until(/object-twice/)).toContain('PriorityClass shared is applied by both');
    expect(project.tree()).toEqual(before);
  });

  test('begins with what does not run, and writes the tree when it does', async () => {
    const project = two('begins-broken');
    rmSync(project.at('apps/blog.ts'));
    const watching = new Watching(project);
    expect(await watching.until(/watching.*\n/)).toMatch(/^error: .*blog/);
    project.write({ 'apps/blog.ts': appNamed('blog', 'info') });
    await watching.until(/25 created/);
    // It is being loaded now, or has been: either way it is written.
    project.write({ 'apps/blog.ts': appNamed('blog', 'debug') });
    await watching.until(/settings\.yaml\n[\s\S]*1 changed\n.*\n/);
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

  test('takes another configuration, also where one is new', async () => {
    const project = two('configuration');
    project.write({ 'apps/shop.ts': appNamed('shop', 'info', plainSecret) });
    const watching = new Watching(project);
    expect(await watching.until(/watching.*\n/)).toContain('security/plaintext-secret');
    project.write({ 'espalier.config.json': '{ "rules": { "security/plaintext-secret": "off" } }' });
    await watching.until(/created\n/);
    project.write({ 'espalier.config.json': '{}' });
    expect(await watching.until(/error[\s\S]*plaintext-secret/)).not.toContain('dist/:');
  });

  test('watches an app whose modules are ES modules, one that waits for something, and one that is a link', async () => {
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
    const link = two('link');
    mkdirSync(link.at('real'));
    for (const path of ['main.ts', 'apps']) renameSync(link.at(path), link.at(`real/${path}`));
    symlinkSync('real/main.ts', link.at('main.ts'));
    const edits = [
      [esm, { 'apps/shop.ts': esm.read('apps/shop.ts').replace("'info'", "'debug'") }],
      [waiting, { 'main.ts': waiting.read('main.ts').replace("'one'", "'two'") }],
      [link, { 'real/apps/shop.ts': appNamed('shop', 'debug') }],
    ] as const;
    for (const [project, files] of edits) {
      const watching = new Watching(project);
      await watching.until(/watching.*\n/);
      project.write(files);
      await watching.until(/dist\/: \d+ files, .*chang.*\n/);
      expect(isWhatMainYields(project)).toBe(true);
      await watching.end();
    }
  });

  test('prints errors only with --quiet; ends with its processes when told to, and not with its input', async () => {
    const project = two('quiet');
    const watching = new Watching(project, ['--quiet']);
    await waitFor(() => childrenOf(watching.pid).length === 1);
    project.write({ 'apps/shop.ts': appNamed('shop', 'debug') });
    const settings = project.at(settingsOf('shop'));
    await waitFor(() => existsSync(settings) && project.read(settingsOf('shop')).includes('LEVEL: debug'));
    project.write({ 'apps/shop.ts': appNamed('shop', 'debug').replace("'shop-settings'", "'No_Name'") });
    expect(await watching.until(/error.*\n/)).toMatch(/^error: home\/apps\/shop/);
    await waitFor(() => childrenOf(watching.pid).length === 1);
    const children = childrenOf(watching.pid);
    expect(await watching.end('SIGTERM')).toBe(143);
    await waitFor(() => children.every((pid) => !isAlive(pid)));
  });

  test('goes on when something ends the process that waits', async () => {
    const project = two('killed');
    const watching = new Watching(project);
    await watching.until(/watching.*\n/);
    await waitFor(() => childrenOf(watching.pid).length === 1);
    for (const pid of childrenOf(watching.pid)) process.kill(pid, 'SIGKILL');
    project.write({ 'apps/shop.ts': appNamed('shop', 'debug') });
    await watching.until(/settings\.yaml\n/);
    expect(isWhatMainYields(project)).toBe(true);
  });

  test('goes on after code that never ends, and after code that ends its process', async () => {
    const project = two('endless');
    const watching = new Watching(project);
    await watching.until(/watching.*\n/);
    project.write({ 'apps/shop.ts': appNamed('shop', 'debug', '  for (;;) {}') });
    await new Promise((done) => setTimeout(done, 2000));
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
      stderr: 'error: --watch writes and --check does not: leave one of them out.\n',
    });
    expect(spawnEspalier(['synth', '--watch', 'other.ts'], { cwd })).toMatchObject({ code: 2, stdout: '' });
  });
});

/** An object of the cluster as a whole, which two apps may not make. */
const priorityClass = (value: number) =>
  `  new ApiObject(directory, 'shared', { apiVersion: 'scheduling.k8s.io/v1', kind: 'PriorityClass', metadata: { name: 'shared' }, value: ${value} } as never);`;

/** A Secret with its values, which is an error. */
const plainSecret = `  new ApiObject(directory, 'plain', { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'plain' }, stringData: { PASSWORD: 'correct horse' } } as never);`;

async function waitFor(condition: () => boolean): Promise<void> {
  for (const end = Date.now() + patience; !condition(); ) {
    if (Date.now() > end) throw new Error('it did not come to that');
    await new Promise((done) => setTimeout(done, 50));
  }
}

/** The runs that it has started. It has another child where its own sources were compiled a moment ago: esbuild's service. */
function childrenOf(pid: number): number[] {
  const { stdout } = run('ps', ['-A', '-o', 'ppid=,pid=,args=']);
  const lines = stdout.split('\n').map((line) => line.trim().split(/\s+/));
  return lines.flatMap(([parent, child, ...args]) =>
    Number(parent) === pid && args.includes('synth') ? [Number(child)] : [],
  );
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

import { parse } from 'yaml';
import type { Facts } from '../../../lib/cli/init/facts';
import type { Layout } from '../../../lib/cli/init/layout';
import { npm, packageManagerOf } from '../../../lib/cli/init/package-managers';
import { type Answers, checkedFolder, planFiles } from '../../../lib/cli/init/plan';

const layout: Layout = {
  clusters: [{ name: 'home', folder: 'clusters/home', kustomizations: 1, objects: 1 }],
  source: '',
  schemaHost: undefined,
  sortResources: false,
  appsRoot: undefined,
  app: 'apps/shop',
  scanned: [],
  urls: [],
  branch: undefined,
};
const facts: Facts = {
  folder: '/home/me/repo',
  top: '/home/me/repo',
  isGit: true,
  below: '',
  branch: 'main',
  forge: undefined,
  manager: npm,
  made: false,
  layout: undefined,
  errors: 0,
  name: 'home',
  renovate: undefined,
};
const versions = { version: '1.2.3', devDependencies: { cdk8s: '^2.70.0', tsx: '^4.0.0', jest: '^30.0.0' } };

function plan(
  of: Partial<Facts>,
  there: Readonly<Record<string, string>> = {},
  answers: Answers = { clusters: ['home'], forge: 'github' },
) {
  const files = planFiles({ ...facts, ...of }, answers, versions, (path) => there[path]);
  return { ...files, texts: Object.fromEntries(files.changes.map(({ path, after }) => [path, after ?? ''])) };
}

test.each([
  ['an empty repository', {}, 'dist', 'new App()', "'home')"],
  ['a folder of one', { below: 'k8s/home' }, 'dist', 'new App()', "'home', { sourceRoot: 'k8s/home/dist' })"],
  ['a repository that Flux reads', { layout }, '.', "outdir: '.'", "sourceRoot: '.'"],
  ['a folder of one', { layout, below: 'k8s' }, '.', "outdir: '..'", "sourceRoot: '.'"],
  [
    'one of which a folder is pushed',
    { layout: { ...layout, source: 'deploy' } },
    'deploy',
    "outdir: '.'",
    'is deploy/:',
  ],
  ['the folder that is pushed', { layout: { ...layout, source: 'deploy' }, below: 'deploy' }, '.', "outdir: '..'", ''],
  ['a folder within', { layout: { ...layout, source: 'k8s' }, below: 'k8s/home' }, '.', "outdir: '../..'", ''],
  ['a folder around', { layout: { ...layout, source: 'k8s/deploy' }, below: 'k8s' }, 'deploy', "outdir: '..'", ''],
])('of %s %j %s is checked, and the tree is written where adopt finds it', (_, of, checked, app, cluster) => {
  expect(checkedFolder({ ...facts, ...of })).toBe(checked);
  const { below = '' } = of as { below?: string };
  const main = plan(of).texts[below === '' ? 'main.ts' : `${below}/main.ts`];
  expect(main).toContain(app);
  expect(main).toContain(cluster);
});

test('packages come in the versions that Espalier is made with, and those that are there stay', () => {
  const there = { 'package.json': '{ "dependencies": { "cdk8s-espalier": "file:x.tgz" } }' };
  expect(JSON.parse(plan({}, there).texts['package.json'] ?? '')).toEqual({
    dependencies: { 'cdk8s-espalier': 'file:x.tgz' },
    scripts: {
      synth: 'tsc --noEmit && espalier synth',
      check: 'espalier check dist',
      diff: 'espalier diff --path dist',
    },
    devDependencies: { cdk8s: '^2.70.0', 'cdk8s-plus-28': '*', constructs: '*', tsx: '^4.0.0', typescript: '*' },
  });
  expect(JSON.parse(plan({}).texts['package.json'] ?? '')).toMatchObject({
    private: true,
    devDependencies: { 'cdk8s-espalier': '^1.2.3' },
  });
});

test('a script of the same name stays, and is named', () => {
  const { texts, kept } = plan({ layout }, { 'package.json': '{ "scripts": { "check": "biome check" } }' });
  expect(JSON.parse(texts['package.json'] ?? '').scripts).toMatchObject({
    check: 'biome check',
    diff: 'espalier diff',
  });
  expect(kept).toEqual(['the script check of package.json']);
});

test.each([
  ['main.ts', {}],
  ['.github/workflows/espalier.yaml', {}],
  ['k8s/main.ts', { below: 'k8s' }],
])('%s of somebody else is refused', (path, of) => {
  expect(() => plan(of, { [path]: 'something' })).toThrow(
    `${path} is there already, and is not Espalier's: it would be overwritten.`,
  );
});

test('what an earlier run has made, edited since, stays; what it has made is not made again', () => {
  const first = plan({}).texts;
  expect(plan({}, first).changes).toEqual([]);
  const edited = { ...first, 'main.ts': `${first['main.ts']}// mine\n` };
  expect(plan({}, edited)).toMatchObject({ changes: [], kept: ['main.ts, which is there already'] });
});

test('packages that Git ignores already need no line', () => {
  expect(plan({}, { '.gitignore': '/node_modules\n' }).texts).not.toHaveProperty('.gitignore');
  expect(plan({}, { '.gitignore': 'dist2\n' }).texts['.gitignore']).toBe('dist2\n# Packages\nnode_modules/\n');
});

test('each cluster of a tree has a variable that is one', () => {
  const main = plan({ layout }, {}, { clusters: ['new', '1-prod'], forge: 'none' }).texts['main.ts'] ?? '';
  expect(main).toContain(
    "const clusterNew = new Cluster(app, 'new', { sourceRoot: '.', root: null, defaults: false, vaultPolicies: false });\n",
  );
  expect(main).toContain("// What several of them apply.\nconst clusterShared = new Cluster(app, 'shared', {");
  expect(main).toContain(
    "const cluster1Prod = new Cluster(app, '1-prod', { sourceRoot: '.', root: null, defaults: false, vaultPolicies: false });\n",
  );
});

test.each([
  ['kubernetes/apps', undefined],
  ['cluster/apps', 'cluster/apps'],
])('apps in %s have the root %s', (appsRoot, said) => {
  const main = plan({ layout: { ...layout, appsRoot } }).texts['main.ts'];
  expect(/appsRoot: '(.+?)'/.exec(main ?? '')?.[1]).toBe(said);
});

test('the app to begin with is named as a command in the folder takes it, and the lines of Git are where the tree is written', () => {
  const { texts } = plan({ layout: { ...layout, app: 'k8s/apps/shop' }, below: 'k8s' });
  expect(texts['k8s/main.ts']).toContain('// espalier adopt apps/shop\n');
  expect(texts['.gitattributes']).toContain('\n/.espalier.sha256 ');
});

test.each([
  [undefined, 'sortKeys: false }'],
  [false as const, 'sortKeys: false, schemaHost: false }'],
  ['https://acme.example/', "sortKeys: false, schemaHost: 'https://acme.example/' }"],
])('documents whose schemas are at %s keep them', (schemaHost, said) => {
  expect(plan({ layout: { ...layout, schemaHost } }).texts['main.ts']).toContain(`new App({ outdir: '.', ${said});`);
});

describe('the CI', () => {
  const commands = (text: string | undefined): string[] => {
    const { jobs, espalier } = parse(text ?? '');
    if (espalier !== undefined) return [...espalier.before_script, ...espalier.script];
    return jobs.clusters.steps.flatMap(({ run }: { run?: string }) => run ?? []);
  };
  const own = (exec: string, tree: string) => [
    `${exec} tsc --noEmit`,
    `${exec} espalier synth --check`,
    expect.stringContaining(`${exec} espalier check${tree}`),
    expect.stringMatching(`${exec} espalier diff .+`),
  ];

  test.each([
    ['github', '.github/workflows/espalier.yaml'],
    ['forgejo', '.forgejo/workflows/espalier.yaml'],
    ['gitea', '.gitea/workflows/espalier.yaml'],
    ['gitlab', '.gitlab/espalier.yml'],
  ] as const)('of %s installs, compares, checks and tells what changes', (forge, path) => {
    const pnpm = packageManagerOf('pnpm@10.0.0', () => false);
    const answers = { clusters: ['home'], forge };
    expect(commands(plan({}, {}, answers).texts[path])).toEqual(['npm ci', ...own('npx --no-install', ' dist')]);
    expect(commands(plan({ manager: pnpm, layout }, {}, answers).texts[path])).toEqual([
      'corepack enable',
      'pnpm install --frozen-lockfile',
      ...own('pnpm exec', ''),
    ]);
  });

  test('pins each action to a commit, and grants reading alone', () => {
    for (const forge of ['github', 'forgejo', 'gitea'] as const) {
      const { texts } = plan({ branch: 'a: b' }, {}, { clusters: ['home'], forge });
      const text = texts[`.${forge}/workflows/espalier.yaml`] ?? '';
      const uses = [...text.matchAll(/uses: (.+)/g)].map(([, action]) => action);
      expect(uses).toHaveLength(2);
      for (const action of uses)
        expect(action).toMatch(/^(?:https:\/\/github\.com\/)?actions\/[a-z-]+@[\da-f]{40} # v\d/);
      expect(parse(text).on.push.branches).toEqual(['a: b']);
    }
    expect(parse(plan({}).texts['.github/workflows/espalier.yaml'] ?? '').permissions).toEqual({ contents: 'read' });
  });

  test('runs in the folder of main.ts', () => {
    const { jobs } = parse(plan({ below: 'k8s/home' }).texts['.github/workflows/espalier.yaml'] ?? '');
    expect(jobs.clusters.defaults.run['working-directory']).toBe('k8s/home');
    const gitlab = plan({ below: 'k8s/home' }, {}, { clusters: ['home'], forge: 'gitlab' }).texts;
    expect(commands(gitlab['.gitlab/espalier.yml'])[0]).toBe('cd k8s/home');
  });

  test('does not fail on errors that were there before', () => {
    const check = (errors: number) => commands(plan({ layout, errors }).texts['.github/workflows/espalier.yaml'])[3];
    expect(check(0)).toBe('npx --no-install espalier check --format github');
    expect(check(2)).toBe('npx --no-install espalier check --format github --fail-on never');
    const told = plan({ layout: { ...layout, source: 'deploy' }, errors: 2 }).texts['.github/workflows/espalier.yaml'];
    expect(told).toContain(
      '# 2 errors were there before. Once they are fixed, or known by `espalier check deploy --write-baseline` and',
    );
  });

  test('of GitLab is included in one that is there by a person', () => {
    const answers: Answers = { clusters: ['home'], forge: 'gitlab' };
    const lines = 'include:\n  - local: .gitlab/espalier.yml';
    expect(plan({}, {}, answers).texts['.gitlab-ci.yml']).toBe(`${lines}\n`);
    expect(plan({}, { '.gitlab-ci.yml': 'test: {}\n' }, answers).todo).toEqual([`Add to .gitlab-ci.yml:\n${lines}`]);
    expect(plan({}, { '.gitlab-ci.yml': `test: {}\n${lines}\n` }, answers).todo).toEqual([]);
  });

  test('is not written where Flux would apply its file', () => {
    const ofForge = (forge: 'github' | 'gitlab', scanned: readonly string[]) =>
      plan({ layout: { ...layout, scanned } }, {}, { clusters: ['home'], forge });
    const [path, ci] = ['.gitlab/espalier.yml', '.gitlab-ci.yml'];
    expect(ofForge('gitlab', ['apps']).texts).toMatchObject({ [path]: expect.anything(), [ci]: expect.anything() });
    const { texts, todo } = ofForge('gitlab', ['']);
    expect(Object.keys(texts)).not.toEqual(expect.arrayContaining([path]));
    expect(Object.keys(texts)).not.toEqual(expect.arrayContaining([ci]));
    expect(todo).toEqual([
      expect.stringMatching(/^There is no CI: Flux applies every YAML file below \.\/, which has no kust/),
    ]);
    // Flux leaves .github/ out of what it fetches.
    expect(ofForge('github', ['']).texts).toHaveProperty(['.github/workflows/espalier.yaml']);
  });

  test('of an unknown forge is asked for, and of none is not', () => {
    expect(plan({}, {}, { clusters: ['home'], forge: undefined }).todo).toEqual([expect.stringContaining('--forge')]);
    expect(plan({}, {}, { clusters: ['home'], forge: 'none' }).todo).toEqual([]);
  });
});

test('Renovate is told where versions are and, where Espalier alone writes a folder, to leave that alone', () => {
  const todo = (of: Partial<Facts>, text = '{}') =>
    plan({ renovate: '.renovaterc', ...of }, { '.renovaterc': text }).todo;
  expect(todo({})).toEqual([expect.stringContaining('the customManagers and "ignorePaths": ["dist/**"] of ')]);
  expect(todo({ layout })).toEqual([expect.stringContaining('the customManagers of ')]);
  expect(todo({}, '{ customManagers: [{ description: "Images: pinned(…) of cdk8s-espalier" }] }')).toEqual([]);
});

test.each([
  ['pnpm@10.0.0', [], 'pnpm'],
  [undefined, ['yarn.lock'], 'yarn'],
  [undefined, ['bun.lock', 'package-lock.json'], 'bun'],
  [{}, [], 'npm'],
])('packageManager %j and %j are %s', (said, files, name) => {
  expect(packageManagerOf(said, (path) => (files as string[]).includes(path)).name).toBe(name);
});

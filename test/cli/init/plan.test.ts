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
const versions = {
  version: '1.2.3',
  devDependencies: { tsx: '^4.2.0', typescript: '^7.0.0', jest: '^30.0.0' },
  peerDependencies: { cdk8s: '^2.70.0', 'cdk8s-plus-28': '^2.5.0', constructs: '^10.4.0', tsx: '^4.0.0' },
};

function plan(
  of: Partial<Facts>,
  there: Readonly<Record<string, string>> = {},
  answers: Answers = { clusters: ['home'], forge: 'github' },
  archive?: string,
) {
  const files = planFiles({ ...facts, ...of }, answers, { ...versions, archive }, (path) => there[path]);
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
    devDependencies: {
      cdk8s: '^2.70.0',
      'cdk8s-plus-28': '^2.5.0',
      constructs: '^10.4.0',
      tsx: '^4.2.0',
      typescript: '^7.0.0',
    },
  });
  expect(JSON.parse(plan({}).texts['package.json'] ?? '')).toMatchObject({
    private: true,
    devDependencies: { 'cdk8s-espalier': '^1.2.3' },
  });
});

test('this package says a version of each package that a project needs', () => {
  const own = require('cdk8s-espalier/package.json');
  const { changes } = planFiles(facts, { clusters: ['home'], forge: 'none' }, own, () => undefined);
  const { devDependencies } = JSON.parse(changes.find(({ path }) => path === 'package.json')?.after ?? '');
  expect(Object.keys(devDependencies)).toEqual([
    'cdk8s-espalier',
    'cdk8s',
    'cdk8s-plus-28',
    'constructs',
    'tsx',
    'typescript',
  ]);
  for (const version of Object.values(devDependencies)) expect(version).toMatch(/^\^\d/);
});

test.each([
  ['packages/e.tgz', 'k8s', []],
  [
    '../../e.tgz',
    'k8s',
    ['k8s/package.json takes cdk8s-espalier from ../../e.tgz: copy it into the repository before the CI runs.'],
  ],
  ['../e.tgz', 'k8s', []],
])(
  'installed from the archive %s, the project in %s has it from there, and the CI cannot reach beyond the repository',
  (archive, below, told) => {
    const { texts, todo } = plan({ below }, {}, undefined, archive);
    expect(JSON.parse(texts[`${below}/package.json`] ?? '').devDependencies).toMatchObject({
      'cdk8s-espalier': `file:${archive}`,
    });
    expect(todo.filter((line) => line.includes('cdk8s-espalier from'))).toEqual(told);
  },
);

test('so does a package.json that has it from such an archive already', () => {
  const manifest = '{ "devDependencies": { "cdk8s-espalier": "file:../e.tgz" } }';
  expect(plan({}, { 'package.json': manifest }).todo).toContain(
    'package.json takes cdk8s-espalier from ../e.tgz: copy it into the repository before the CI runs.',
  );
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
  const paths = {
    github: '.github/workflows/espalier.yaml',
    forgejo: '.forgejo/workflows/espalier.yaml',
    gitea: '.gitea/workflows/espalier.yaml',
    gitlab: '.gitlab/espalier.yml',
    azure: '.azure/espalier.yml',
  } as const;
  type Name = keyof typeof paths;
  const names = Object.keys(paths) as Name[];
  const ci = (forge: Name, of: Partial<Facts> = {}) =>
    plan(of, {}, { clusters: ['home'], forge }).texts[paths[forge]] ?? '';

  const commands = (text: string): string[] => {
    const { jobs, espalier, steps } = parse(text);
    if (espalier !== undefined) return [...espalier.before_script, ...espalier.script];
    if (steps !== undefined) return steps.flatMap(({ script }: { script?: string }) => script ?? []);
    return jobs.clusters.steps.flatMap(({ run }: { run?: string }) => run ?? []);
  };
  /** What a forge does in its own way. */
  const diffs: Readonly<Record<Name, (diff: string) => string>> = {
    github: (diff) => diff.replace(' diff', ' diff HEAD^1'),
    forgejo: (diff) => diff,
    gitea: (diff) => diff,
    gitlab: (diff) => `if [ -n "$CI_MERGE_REQUEST_IID" ]; then ${diff}; fi`,
    azure: (diff) => diff,
  };
  const own = (forge: Name, exec: string, tree: string) => [
    `${exec} tsc --noEmit`,
    `${exec} espalier synth --check`,
    `${exec} espalier check${tree === '' ? '' : ` ${tree}`} --fail-on never --format json > espalier-check.json`,
    ...(forge === 'gitlab'
      ? [
          `${exec} espalier report merge espalier-check.json --fail-on never --format gitlab > gl-code-quality-report.json`,
        ]
      : []),
    diffs[forge](`${exec} espalier diff${tree === '' ? '' : ` --path ${tree}`} --format json > espalier-diff.json`),
    `${exec} espalier comment espalier-*.json`,
  ];

  test.each(names)('of %s installs, compares, checks, tells what changes, and comments', (forge) => {
    const pnpm = packageManagerOf('pnpm@10.0.0', () => false);
    expect(commands(ci(forge))).toEqual(['npm ci', ...own(forge, 'npx --no-install', 'dist')]);
    expect(commands(ci(forge, { manager: pnpm, layout }))).toEqual([
      'corepack enable',
      'pnpm install --frozen-lockfile',
      ...own(forge, 'pnpm exec', ''),
    ]);
  });

  test('pins each action to a commit, and lets the token write nothing but comments', () => {
    for (const forge of ['github', 'forgejo', 'gitea'] as const) {
      const text = ci(forge, { branch: 'a: b' });
      const uses = [...text.matchAll(/uses: (.+)/g)].map(([, action]) => action);
      expect(uses).toHaveLength(2);
      for (const action of uses)
        expect(action).toMatch(/^(?:https:\/\/github\.com\/)?actions\/[a-z-]+@[\da-f]{40} # v\d/);
      expect(parse(text).on.push.branches).toEqual(['a: b']);
    }
    const { permissions, jobs } = parse(ci('github'));
    expect(permissions).toEqual({});
    expect(jobs.clusters.permissions).toEqual({ contents: 'read', 'pull-requests': 'write' });
  });

  test.each([
    ['github', { GITHUB_TOKEN: '${{ github.token }}' }],
    ['forgejo', { FORGEJO_TOKEN: '${{ github.token }}' }],
    ['gitea', { GITEA_TOKEN: '${{ github.token }}' }],
    ['azure', { SYSTEM_ACCESSTOKEN: '$(System.AccessToken)' }],
  ] as const)('of %s gives the token to the step that comments alone', (forge, env) => {
    const { jobs, steps = jobs.clusters.steps } = parse(ci(forge));
    expect(steps.filter((step: object) => 'env' in step)).toEqual([steps.at(-1)]);
    expect(steps.at(-1).env).toEqual(env);
  });

  test('says what a person does that no file can', () => {
    const todo = (forge: Name, there = {}) => plan({}, there, { clusters: ['home'], forge }).todo;
    expect(todo('github')).toEqual([]);
    expect(todo('gitlab')).toEqual([expect.stringContaining('add it to the CI/CD variables as GITLAB_TOKEN')]);
    expect(todo('azure')).toEqual([expect.stringContaining('Make a pipeline of .azure/espalier.yml')]);
    expect(todo('azure', { '.azure/espalier.yml': ci('azure') })).toEqual([]);
  });

  test('runs in the folder of main.ts', () => {
    const below = 'k8s/home';
    expect(parse(ci('github', { below })).jobs.clusters.defaults.run['working-directory']).toBe('k8s/home');
    expect(commands(ci('gitlab', { below }))[0]).toBe('cd k8s/home');
    expect(ci('gitlab', { below })).toContain('codequality: k8s/home/gl-code-quality-report.json\n');
    const folders = parse(ci('azure', { below })).steps.map((step: Record<string, unknown>) => step.workingDirectory);
    expect(folders).toEqual([undefined, undefined, ...Array(6).fill('k8s/home')]);
  });

  test('does not fail on errors that were there before', () => {
    const last = (errors: number) => commands(ci('github', { layout, errors })).at(-1);
    expect(last(0)).toBe('npx --no-install espalier comment espalier-*.json');
    expect(last(2)).toBe('npx --no-install espalier comment espalier-*.json --fail-on never');
    expect(ci('github', { layout: { ...layout, source: 'deploy' }, errors: 2 })).toContain(
      '# 2 errors were there before. Once they are fixed, or known by `espalier check deploy --write-baseline` and',
    );
  });

  test('of GitLab is included in one that is there by a person', () => {
    const answers: Answers = { clusters: ['home'], forge: 'gitlab' };
    const lines = 'include:\n  - local: .gitlab/espalier.yml';
    expect(plan({}, {}, answers).texts['.gitlab-ci.yml']).toBe(`${lines}\n`);
    const token = expect.stringContaining('GITLAB_TOKEN');
    expect(plan({}, { '.gitlab-ci.yml': 'test: {}\n' }, answers).todo).toEqual([
      token,
      `Add to .gitlab-ci.yml:\n${lines}`,
    ]);
    expect(plan({}, { '.gitlab-ci.yml': `test: {}\n${lines}\n` }, answers).todo).toEqual([token]);
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

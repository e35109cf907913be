import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { espalier, type Run, run } from '../repository';
import { put, temporaryFolder } from '../tree/folder';
import { commit, type FakeForge, type ForgeName, startForge, token, variables, writerOf } from './forges/servers';

const all: readonly ForgeName[] = ['forgejo', 'gitea', 'github', 'gitlab', 'azure'];
const marker = '<!-- espalier: tree -->';

let cwd: string;
let forge: FakeForge;
const before = process.env;
beforeAll(() => {
  cwd = temporaryFolder();
});
afterEach(async () => {
  process.env = before;
  await forge?.close();
});

async function start(name: ForgeName): Promise<Record<string, string>> {
  forge = await startForge(name);
  return variables(name, forge);
}

/** Runs it with these variables of a CI, and no other CI's. */
function comment(env: Readonly<Record<string, string | undefined>>, ...args: string[]): Promise<Run> {
  const { PATH, HOME, TMPDIR } = before;
  process.env = {
    ...(PATH && { PATH }),
    ...(HOME && { HOME }),
    ...(TMPDIR && { TMPDIR }),
    ...env,
  } as NodeJS.ProcessEnv;
  return espalier(['comment', ...args], { cwd });
}

const finding = {
  rule: 'secrets/missing-key',
  severity: 'error',
  message: 'Secret shop/shop-db has no key `host`',
  remedy: 'Read a key that the Secret has.',
  file: 'apps/shop/deployment.yaml',
  line: 30,
  column: 24,
  object: 'Deployment shop/shop',
  chain: [],
  frame: [],
  clusters: [],
};
const counts = { files: 6, documents: 6, resources: 5, kustomizations: 1, clusters: 1, suppressed: 0 };
const check = (...findings: object[]) => ({
  version: 1,
  findings,
  unknowns: [],
  notJudged: [],
  clusters: ['home'],
  counts,
});
const warning = { ...finding, severity: 'warning' };
const diff = (danger: string) => ({
  version: 1,
  base: 'origin/main',
  head: 'the work tree',
  danger,
  compared: ['home'],
  clusters:
    danger === 'none'
      ? []
      : [
          {
            name: 'home',
            type: 'changed',
            danger,
            images: [],
            blast: [],
            changes: [
              {
                type: 'changed',
                object: 'Deployment shop/shop',
                kind: 'Deployment',
                namespace: 'shop',
                name: 'shop',
                before: { file: 'apps/shop/deployment.yaml' },
                after: { file: 'apps/shop/deployment.yaml' },
                fields: [{ path: 'spec.replicas', type: 'changed', before: '1', after: '2' }],
                effects: [],
              },
            ],
            effects: [],
          },
        ],
  found: [],
  mended: [],
  noLongerReported: [],
  unknown: [],
});

beforeEach(() => {
  put(cwd, {
    'fails.json': JSON.stringify(check(finding)),
    'warns.json': JSON.stringify(check(warning)),
    'clean.json': JSON.stringify(check()),
    'high.json': JSON.stringify(diff('high')),
    'low.json': JSON.stringify(diff('low')),
    'none.json': JSON.stringify(diff('none')),
  });
});

describe.each(all)('on %s', (name) => {
  test('a run comments, the next one updates that comment in place, and one that says the same changes nothing', async () => {
    const env = await start(name);
    forge.comments.push({ id: 50, author: 'octocat', text: 'LGTM' });
    const first = await comment(env, 'high.json');
    expect(first).toMatchObject({ code: 0, stderr: '' });
    expect(first.stdout).toContain('Commented on ');
    const [, own] = forge.comments;
    expect(own?.text).toContain(`${marker}\n## espalier diff: 🟠 high danger, 1 object differs\n`);

    expect((await comment(env, 'low.json')).stdout).toContain('Updated the comment on ');
    expect(forge.comments).toHaveLength(2);
    expect(forge.comments[1]).toMatchObject({ id: own?.id, text: expect.stringContaining('low danger') });

    forge.requests.length = 0;
    expect((await comment(env, 'low.json')).stdout).toContain(' says so already.');
    expect(forge.requests.filter((request) => !/^GET |graphql/.test(request))).toEqual([]);
  });

  test('when nothing is left to say, the comment is gone or closed; it comes back with the next change', async () => {
    const env = await start(name);
    expect((await comment(env, 'none.json', 'clean.json')).stdout).toContain('Nothing is to say of ');
    expect(forge.comments).toEqual([]);
    await comment(env, 'high.json');
    await comment(env, 'none.json');
    if (name === 'azure') {
      expect(forge.comments).toMatchObject([
        { closed: true, text: `${marker}\nEspalier has nothing to say of this change any more.` },
      ]);
      const requests = forge.requests.length;
      await comment(env, 'none.json');
      expect(forge.requests.slice(requests).filter((request) => !request.startsWith('GET '))).toEqual([]);
    } else {
      expect(forge.comments).toEqual([]);
    }
    await comment(env, 'high.json');
    expect(forge.comments).toHaveLength(1);
    expect(forge.comments[0]).toMatchObject({ text: expect.stringContaining('high danger') });
    expect(forge.comments[0]?.closed ?? false).toBe(false);
  });

  test('what somebody else wrote is left alone, whatever it begins with', async () => {
    const env = await start(name);
    forge.comments.push({ id: 50, author: 'octocat', text: `${marker}\nall is well` });
    await comment(env, 'high.json');
    await comment(env, 'none.json');
    expect(forge.comments[0]).toEqual({ id: 50, author: 'octocat', text: `${marker}\nall is well` });
  });

  test('of two comments that runs at the same time have written, one stays', async () => {
    const env = await start(name);
    const author = writerOf(name);
    forge.comments.push({ id: 60, author, text: `${marker}\nold` }, { id: 61, author, text: `${marker}\nold, too` });
    await comment(env, 'high.json');
    expect(forge.comments).toMatchObject([{ id: 60, text: expect.stringContaining('high danger') }]);
  });

  test('the comment is found behind more than a page of others', async () => {
    const env = await start(name);
    for (let id = 200; id < 450; id++) forge.comments.push({ id, author: 'octocat', text: 'LGTM' });
    forge.comments.push({ id: 999, author: writerOf(name), text: `${marker}\nold` });
    expect((await comment(env, 'high.json')).stdout).toContain('Updated the comment');
    expect(forge.comments).toHaveLength(251);
  });

  test('--name keeps the comments of several trees apart', async () => {
    const env = await start(name);
    await comment(env, 'high.json', '--name', 'prod');
    await comment(env, 'low.json', '--name', 'prod-eu');
    await comment(env, 'none.json', '--name', 'prod');
    const open = forge.comments.filter(({ closed }) => closed !== true);
    expect(open).toMatchObject([{ text: expect.stringContaining('<!-- espalier: prod-eu -->\n') }]);
  });

  test('--status shows beside the commit whether it fails, and why', async () => {
    const env = await start(name);
    await comment(env, 'high.json', 'fails.json', '--status');
    await comment(env, 'low.json', 'clean.json', '--status', '--name', 'eu');
    const [failed, passed] = {
      azure: ['failed', 'succeeded'],
      gitlab: ['failed', 'success'],
      github: ['failure', 'success'],
      forgejo: ['failure', 'success'],
      gitea: ['failure', 'success'],
    }[name] as [string, string];
    expect(forge.statuses).toMatchObject([
      { state: failed, description: 'high danger, 1 changed; 1 error' },
      { state: passed, description: 'low danger, 1 changed; no findings in 6 files' },
    ]);
    expect(JSON.stringify(forge.statuses)).toContain('"espalier/eu"');
  });

  test('a wrong token fails in one message that says what to do, and shows no token', async () => {
    const env = await start(name);
    const wrong = 'a.wrong-token.b';
    const { code, stdout, stderr } = await comment({ ...env, ESPALIER_TOKEN: wrong }, 'high.json');
    expect(code).toBe(2);
    expect(stderr).toMatch(/^error: \S.* answered 401 \(Bad credentials .*\*\*\*\) to GET .*\n$/);
    expect(stderr).toContain('The token in ESPALIER_TOKEN is wrong or has expired.');
    expect(stdout + stderr).not.toContain('wrong-token');
  });

  test('a token that may not write fails, and says which right it lacks', async () => {
    const env = await start(name);
    forge.readOnly = true;
    const { code, stderr } = await comment(env, 'high.json');
    expect(code).toBe(2);
    expect(stderr).toContain('answered 403 (Resource not accessible by integration) to POST ');
    expect(stderr).toContain('may not do that for ');
    expect(stderr).not.toContain(token);
  });

  test('without a token the report is in the log, below where to put one', async () => {
    const env = await start(name);
    const left = Object.fromEntries(Object.entries(env).filter(([key]) => !/TOKEN$/.test(key)));
    const { code, stdout, stderr } = await comment(left, 'high.json');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^No comment on .*: there is no token in .*_(?:ACCESS)?TOKEN\. \S.*\n## espalier diff: /);
    expect(forge.requests).toEqual([]);
  });

  test('--dry-run shows the comment and asks nobody', async () => {
    const env = await start(name);
    const { code, stdout } = await comment(env, 'high.json', 'fails.json', '--dry-run');
    expect(code).toBe(1);
    expect(stdout).toContain('## espalier diff: 🟠 high danger');
    expect(forge.requests).toEqual([]);
  });
});

describe('a pull request of a fork', () => {
  const fork: Readonly<Record<ForgeName, Readonly<Record<string, string>>>> = {
    github: { GITHUB_EVENT_PATH: 'fork.json' },
    forgejo: { GITHUB_EVENT_PATH: 'fork.json' },
    gitea: { GITHUB_EVENT_PATH: 'fork.json' },
    gitlab: { CI_MERGE_REQUEST_SOURCE_PROJECT_ID: '43' },
    azure: { SYSTEM_PULLREQUEST_ISFORK: 'True' },
  };
  beforeEach(() => {
    const pull_request = {
      number: 7,
      head: { sha: commit, repo: { full_name: 'mallory/fleet' } },
      base: { repo: { full_name: 'acme/fleet' } },
    };
    put(cwd, { 'fork.json': JSON.stringify({ pull_request }) });
  });

  test.each(all)('on %s has its report in the log, and fails nothing', async (name) => {
    const env = { ...(await start(name)), ...fork[name] };
    if (env.GITHUB_EVENT_PATH) env.GITHUB_EVENT_PATH = join(cwd, env.GITHUB_EVENT_PATH);
    forge.readOnly = true;
    const refused = await comment(env, 'high.json');
    expect(refused).toMatchObject({ code: 0, stderr: '' });
    expect(refused.stdout).toContain('it is of a fork, whose runs have no token that may write.\n## espalier diff');
    const bare = Object.fromEntries(Object.entries(env).filter(([key]) => !/TOKEN$/.test(key)));
    expect(await comment(bare, 'high.json')).toEqual(refused);
  });

  test('may be commented on where reading is enough for that, as in a public repository of Gitea: only the status is missing', async () => {
    const env = { ...(await start('gitea')), ...fork.gitea, GITHUB_EVENT_PATH: join(cwd, 'fork.json') };
    forge.readOnly = 'statuses';
    expect(await comment(env, 'high.json', '--status')).toEqual({
      code: 0,
      stdout:
        'Commented on acme/fleet#7.\nNothing beside the commit of acme/fleet#7: it is of a fork, whose runs have no token that may write.\n',
      stderr: '',
    });
    expect(forge.comments).toHaveLength(1);
  });

  test('of Dependabot, whose token may only read, is one, too', async () => {
    const env = { ...(await start('github')), GITHUB_ACTOR: 'dependabot[bot]' };
    forge.readOnly = true;
    expect((await comment(env, 'high.json')).stdout).toContain('it is of Dependabot, whose runs have no token');
  });
});

describe('what it says', () => {
  test('the check below the comparison, folded; links to files, the commit and the run', async () => {
    const env = await start('github');
    const { code, stdout } = await comment(env, 'high.json', 'fails.json');
    expect(code).toBe(1);
    const text = forge.comments[0]?.text ?? '';
    expect(text).toContain('\n\n<details><summary>espalier check: 1 error in 1 file</summary>\n');
    expect(text).toContain(`(https://github.com/acme/fleet/blob/${commit}/apps/shop/deployment.yaml#L30)`);
    expect(
      text.endsWith(
        '\n\n<sub>Of commit 4f2c1d0e5b, by [this run](https://github.com/acme/fleet/actions/runs/4711)</sub>',
      ),
    ).toBe(true);
    expect(stdout).toContain('::error file=apps/shop/deployment.yaml,line=30,col=24,title=secrets/missing-key::');
  });

  test.each([
    ['forgejo', `https://git.example.org/acme/fleet/src/commit/${commit}/apps/shop/deployment.yaml#L30`],
    ['gitlab', `https://gitlab.example.org/acme/fleet/-/blob/${commit}/apps/shop/deployment.yaml#L30`],
  ] as const)('on %s, findings link to their lines', async (name, link) => {
    await comment(await start(name), 'fails.json');
    expect(forge.comments[0]?.text).toContain(`(${link})`);
  });

  test.each([
    ['forgejo', 'https://git.example.org/acme/fleet/actions/runs/12'],
    // Gitea took the number of a run for its address until 1.25, since 1.26 it takes the id unless told.
    ['gitea', 'https://git.example.org/acme/fleet/actions/runs/12?by_index=1'],
  ] as const)('on %s, the page of the run is found by its number', async (name, link) => {
    await comment(await start(name), 'high.json');
    expect(forge.comments[0]?.text).toContain(`[this run](${link})`);
  });

  test('links lead to where people find the forge, not to where its runner does', async () => {
    const env = await start('gitea');
    const repository = { full_name: 'acme/fleet', html_url: 'https://git.example.org/forge/acme/fleet' };
    put(cwd, { 'event.json': JSON.stringify({ number: 7, repository }) });
    const within = { GITHUB_SERVER_URL: 'http://gitea:3000', GITHUB_EVENT_PATH: join(cwd, 'event.json') };
    await comment({ ...env, ...within }, 'fails.json');
    const text = forge.comments[0]?.text ?? '';
    expect(text).toContain(`(${repository.html_url}/src/commit/${commit}/apps/shop/deployment.yaml#L30)`);
    expect(text).toContain(`(${repository.html_url}/actions/runs/12?by_index=1)`);
    expect(text).not.toContain('gitea:3000');
  });

  test.each(['forgejo', 'gitea', 'gitlab'] as const)(
    'the log of %s, which shows nothing at its line, tells the findings for which the run fails, and no other',
    async (name) => {
      const env = await start(name);
      put(cwd, { 'mixed.json': JSON.stringify(check(finding, { ...warning, message: 'rather not' })) });
      const { code, stdout } = await comment(env, 'mixed.json');
      expect(code).toBe(1);
      expect(stdout).toContain(
        'apps/shop/deployment.yaml\n  error 30:24 Secret shop/shop-db has no key `host`  secrets/missing-key\n',
      );
      expect(stdout).not.toContain('rather not');
      expect(stdout).toContain('\nThis run fails: 1 error, 1 warning.\n');
      expect((await comment(env, 'warns.json')).stdout).toMatch(/^Updated the comment on \S+\.\n$/);
    },
  );

  test('the log says by how much danger a run fails', async () => {
    const { code, stdout } = await comment(await start('github'), 'high.json', '--danger', 'medium');
    expect({ code, stdout }).toEqual({
      code: 1,
      stdout: 'This run fails: high danger, 1 changed.\nCommented on acme/fleet#7.\n',
    });
  });

  test('on Azure DevOps the log shows findings at their lines', async () => {
    const { stdout } = await comment(await start('azure'), 'fails.json');
    expect(stdout).toContain(
      '##vso[task.logissue type=error;sourcepath=apps/shop/deployment.yaml;linenumber=30;columnnumber=24;code=secrets/missing-key]Secret shop/shop-db has no key `host`',
    );
  });

  test('the longest reports have room in one comment', async () => {
    const many = Array.from({ length: 3000 }, (_, line) => ({
      ...finding,
      line,
      message: `${line} ${'x'.repeat(60)}`,
    }));
    const large = diff('high');
    const [cluster] = large.clusters;
    const changes = Array.from({ length: 3000 }, (_, i) => ({
      ...cluster?.changes[0],
      name: `shop-${i}`,
      object: `Deployment shop/shop-${i}`,
    }));
    put(cwd, {
      'many.json': JSON.stringify(check(...many)),
      'large.json': JSON.stringify({ ...large, clusters: [{ ...cluster, changes }] }),
    });
    await comment(await start('github'), 'large.json', 'many.json');
    const text = forge.comments[0]?.text ?? '';
    expect(text.length).toBeGreaterThan(55_000);
    expect(text.length).toBeLessThan(65_536);
    expect(text).toContain('more');
    expect(text).toContain('[this run](');
  });

  test('findings that were there before are no news beside a comparison, unless they fail', async () => {
    const env = await start('forgejo');
    await comment(env, 'none.json', 'warns.json');
    expect(forge.comments).toEqual([]);
    await comment(env, 'none.json', 'fails.json');
    expect(forge.comments).toHaveLength(1);
    forge.comments.length = 0;
    await comment(env, 'warns.json');
    expect(forge.comments).toHaveLength(1);
  });

  test('the page of the run has the report, too, where there is one', async () => {
    const env = await start('github');
    const file = join(cwd, 'summary.md');
    put(cwd, { 'summary.md': 'before\n' });
    await comment({ ...env, GITHUB_STEP_SUMMARY: file }, 'high.json');
    expect(readFileSync(file, 'utf8')).toMatch(/^before\n## espalier diff: 🟠 high danger/);
  });
});

describe('exit codes', () => {
  test.each([
    [['clean.json'], 0],
    [['fails.json'], 1],
    [['warns.json'], 0],
    [['warns.json', '--fail-on', 'warning'], 1],
    [['fails.json', '--fail-on', 'never'], 0],
    [['high.json'], 0],
    [['high.json', '--danger', 'high'], 1],
    [['low.json', '--danger', 'high'], 0],
    [['none.json', '--danger', 'low'], 0],
  ])('%j: %i', async (args, code) => {
    expect((await comment(await start('forgejo'), ...args)).code).toBe(code);
  });
});

test('a run for no pull request says so, shows findings, and fails as the check does', async () => {
  const { GITHUB_REF: _, ...env } = await start('github');
  const { code, stdout } = await comment(env, 'fails.json');
  expect(code).toBe(1);
  expect(stdout).toContain('::error file=apps/shop/deployment.yaml');
  expect(stdout).toContain('This run is for no pull request of GitHub: there is nothing to comment on.\n');
  expect(forge.requests).toEqual([]);
});

test('a token of Forgejo that may not say whose it is stands for its Actions', async () => {
  const env = await start('forgejo');
  forge.anonymous = true;
  await comment(env, 'high.json');
  expect((await comment(env, 'low.json')).stdout).toContain('Updated the comment on acme/fleet#7.');
});

test('a token of a person that may not say whose it is writes a new comment, and takes its old one away', async () => {
  const env = await start('forgejo');
  forge.anonymous = true;
  forge.writer = 'alice';
  forge.comments.push({ id: 50, author: 'mallory', text: `${marker}\nall is well` });
  await comment(env, 'high.json');
  await comment(env, 'low.json');
  expect(forge.comments).toMatchObject([
    { author: 'mallory' },
    { author: 'alice', text: expect.stringContaining('low danger') },
  ]);
});

test('Woodpecker beside Forgejo: its variables tell the same', async () => {
  await start('forgejo');
  const { stdout, code } = await comment(
    {
      CI: 'woodpecker',
      CI_FORGE_TYPE: 'forgejo',
      CI_FORGE_URL: forge.url,
      CI_REPO: 'acme/fleet',
      CI_COMMIT_PULL_REQUEST: '7',
      CI_COMMIT_SHA: commit,
      CI_PIPELINE_URL: 'https://ci.example.org/repos/1/pipeline/5',
      FORGEJO_TOKEN: token,
    },
    'high.json',
  );
  expect({ stdout, code }).toEqual({ stdout: 'Commented on acme/fleet#7.\n', code: 0 });
  expect(forge.comments[0]?.text).toContain('[this run](https://ci.example.org/repos/1/pipeline/5)');
});

test('a server that stumbles is asked again; one that stays down is told', async () => {
  const env = await start('forgejo');
  forge.fail = { status: 503, message: 'down', times: 1 };
  expect((await comment(env, 'high.json')).code).toBe(0);
  forge.fail = { status: 502, message: 'down', times: 99 };
  const { code, stderr } = await comment(env, 'low.json');
  expect(code).toBe(2);
  expect(stderr).toContain(' answered 502 (down) to GET ');
  expect(stderr).toContain('Run it again later.');
});

test('a repository that takes nothing any more is told as such', async () => {
  const env = await start('gitea');
  forge.fail = { status: 423, message: 'repo is archived', times: 1 };
  const { code, stderr } = await comment(env, 'high.json');
  expect(code).toBe(2);
  expect(stderr).toContain('(repo is archived) to GET ');
  expect(stderr).toContain('Nothing can be written to acme/fleet#7 until that is undone.');
});

test.each(['forgejo', 'gitea'] as const)('what is to do for %s names its own variable', async (name) => {
  const { [`${name.toUpperCase()}_TOKEN`]: _, ...env } = await start(name);
  const { stdout } = await comment(env, 'high.json');
  expect(stdout).toContain(`\`env: { ${name.toUpperCase()}_TOKEN: … }\``);
});

describe('in a folder below the top of the repository, the forge is told where a file is from there', () => {
  const within = async (name: ForgeName) => {
    const env = await start(name);
    const top = join(cwd, 'repository');
    put(top, { 'k8s/home/fails.json': JSON.stringify(check(finding, { ...finding, file: '../shared/a.yaml' })) });
    run('git', ['init', '-q'], { cwd: top });
    process.env = { PATH: before.PATH, ...env } as NodeJS.ProcessEnv;
    return espalier(['comment', 'fails.json'], { cwd: join(top, 'k8s', 'home') });
  };
  test('as annotations', async () => {
    const { stdout } = await within('github');
    expect(stdout).toContain('::error file=k8s/home/apps/shop/deployment.yaml,line=30,');
    expect(stdout).toContain('::error file=k8s/shared/a.yaml,line=30,');
    expect((await within('azure')).stdout).toContain(';sourcepath=k8s/home/apps/shop/deployment.yaml;'.slice(1));
  });
  test('as links', async () => {
    await within('github');
    expect(forge.comments[0]?.text).toContain(`/blob/${commit}/k8s/home/apps/shop/deployment.yaml#L30)`);
  });
  test('in the code quality report; a person is told from where they are', async () => {
    await within('gitlab');
    const folder = { cwd: join(cwd, 'repository', 'k8s', 'home') };
    const report = ['report', 'merge', 'fails.json', '--fail-on', 'never'];
    const { stdout } = await espalier([...report, '--format', 'gitlab'], folder);
    const paths = (JSON.parse(stdout) as { location: { path: string } }[]).map(({ location }) => location.path);
    expect(paths).toEqual(['k8s/shared/a.yaml', 'k8s/home/apps/shop/deployment.yaml']);
    expect((await espalier(report, folder)).stdout).toMatch(/^apps\/shop\/deployment\.yaml$/m);
  });
});

test('a server that cannot be reached is named', async () => {
  const env = await start('forgejo');
  await forge.close();
  const { code, stderr } = await comment(env, 'high.json');
  expect(code).toBe(2);
  expect(stderr).toContain(`error: ${forge.url} of `);
  expect(stderr).toContain('cannot be asked (connect ECONNREFUSED');
});

test.each([
  [[], 'name what to comment: espalier comment check.json diff.json, made with --format json.'],
  [['high.json', '--name', 'a b'], '--name "a b": use at most 60 letters, digits, dots and dashes.'],
  [['high.json', '--danger', 'some'], '--danger "some": it must be one of low, medium, high, critical, never.'],
  [
    ['high.json'],
    'this is not the CI of GitHub, Forgejo, Gitea, GitLab, Azure DevOps: there is no pull request to comment on. Run it there, or add --dry-run to see the comment.',
  ],
])('%j is refused in one sentence', async (args, message) => {
  expect(await comment({}, ...args)).toEqual({ code: 2, stdout: '', stderr: `error: ${message}\n` });
});

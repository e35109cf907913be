import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { commentLimit } from '../../lib/report/limited-text';
import { command, repository, run, temporaryFolder } from '../repository';

interface Step {
  readonly name?: string;
  readonly id?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}
interface Workflow {
  readonly on: Readonly<Record<string, { readonly inputs: Readonly<Record<string, unknown>> } | null>>;
  readonly permissions: Readonly<Record<string, string>>;
  readonly jobs: Readonly<
    Record<string, { readonly permissions: Readonly<Record<string, string>>; readonly steps: readonly Step[] }>
  >;
}

const folder = join(repository, '.github', 'workflows');
const workflow = parse(readFileSync(join(folder, 'review-tree.yaml'), 'utf8')) as Workflow;
const temporary = temporaryFolder();

function step(job: string, found: (step: Step) => boolean): Step {
  const step = workflow.jobs[job]?.steps.find(found);
  if (step === undefined) throw new Error(`${job} has no such step`);
  return step;
}

describe('what may write', () => {
  test('only the job that runs nothing of the pull request', () => {
    const { diff, comment, danger } = workflow.jobs;
    expect(workflow.permissions).toEqual({});
    expect(diff?.permissions).toEqual({ contents: 'read' });
    expect(comment?.permissions).toEqual({ 'pull-requests': 'write' });
    expect(danger?.permissions).toEqual({});
    expect(comment?.steps.map(({ uses, run }) => uses ?? run)).toEqual([
      'actions/download-artifact@v7',
      'actions/github-script@v8',
    ]);
  });

  test('the checkout leaves no token behind', () => {
    expect(step('diff', ({ uses }) => uses?.startsWith('actions/checkout@') === true).with).toMatchObject({
      'persist-credentials': false,
    });
  });

  test('no command is made of what a caller or a pull request says', () => {
    const commands = Object.values(workflow.jobs).flatMap(({ steps }) =>
      steps.map(({ run, with: given }) => run ?? given?.script),
    );
    for (const command of commands) expect(command ?? '').not.toContain('${{');
  });

  test('pull requests run as such, never with the rights of the branch that they are for', () => {
    const caller = parse(readFileSync(join(folder, 'review.yaml'), 'utf8')) as Workflow;
    expect(Object.keys(caller.on)).toEqual(['pull_request']);
  });
});

describe('the comment', () => {
  interface Comment {
    readonly id: number;
    readonly user: { readonly login: string } | null;
    readonly body: string | undefined;
  }

  /** Runs the script of the workflow against comments that there are; tells what it does. */
  async function comment(
    report: string,
    comments: readonly Comment[],
    { changes = 'true', name = 'tree', status = 0 } = {},
  ) {
    const file = join(temporary, 'espalier-diff.md');
    writeFileSync(file, report);
    const calls: unknown[][] = [];
    const deny = () => {
      if (status !== 0) throw Object.assign(new Error('Resource not accessible by integration'), { status });
    };
    const listComments = {};
    const github = {
      paginate: async (method: unknown, options: unknown) => {
        expect(method).toBe(listComments);
        expect(options).toEqual({ owner: 'webgrip', repo: 'soyo', issue_number: 7, per_page: 100 });
        return comments;
      },
      rest: {
        issues: {
          listComments,
          createComment: async ({ body, issue_number }: { body: string; issue_number: number }) => {
            deny();
            calls.push(['create', issue_number, body]);
          },
          updateComment: async ({ body, comment_id }: { body: string; comment_id: number }) => {
            deny();
            calls.push(['update', comment_id, body]);
          },
        },
      },
    };
    const core = {
      info: (text: string) => calls.push(['info', text]),
      warning: (text: string) => calls.push(['warning', text]),
    };
    const context = { repo: { owner: 'webgrip', repo: 'soyo' }, issue: { number: 7 } };
    const script = step('comment', ({ uses }) => uses?.startsWith('actions/github-script@') === true).with
      ?.script as string;
    const AsyncFunction = (async () => {}).constructor as new (
      ...args: string[]
    ) => (...args: unknown[]) => Promise<void>;
    const fakeProcess = { env: { REPORT: file, NAME: name, CHANGES: changes } };
    await new AsyncFunction('github', 'context', 'core', 'require', 'process', script)(
      github,
      context,
      core,
      require,
      fakeProcess,
    );
    return calls;
  }

  const bot = { login: 'github-actions[bot]' };
  const report = '<!-- espalier diff -->\n## espalier diff: 🟡 medium danger, 1 object differs\n';
  const body = `<!-- espalier diff: tree -->\n${report.trimEnd()}`;

  test('is created where there is none', async () => {
    expect(await comment(report, [{ id: 1, user: bot, body: 'Coverage' }])).toEqual([['create', 7, body]]);
  });

  test('is updated in place, however many comments there are', async () => {
    const others = Array.from({ length: 250 }, (_, id) => ({ id, user: { login: 'octocat' }, body: 'LGTM' }));
    const old = { id: 999, user: bot, body: '<!-- espalier diff: tree -->\nold' };
    expect(await comment(report, [...others, old])).toEqual([['update', 999, body]]);
  });

  test('is left alone where nothing in it is new', async () => {
    expect(await comment(report, [{ id: 3, user: bot, body }])).toEqual([]);
  });

  test('of somebody else is never touched, whatever it begins with', async () => {
    const others = [
      { id: 4, user: { login: 'octocat' }, body },
      { id: 5, user: null, body },
      { id: 6, user: bot, body: undefined },
    ];
    expect(await comment(report, others)).toEqual([['create', 7, body]]);
  });

  test('of another tree is another comment, also where one name begins with the other', async () => {
    const other = { id: 8, user: bot, body: '<!-- espalier diff: tree-prod -->\n' };
    expect(await comment(report, [other])).toEqual([['create', 7, body]]);
    expect(await comment(report, [], { name: '--> <b>' })).toEqual([
      ['create', 7, body.replace('diff: tree', 'diff: --%3E%20%3Cb%3E')],
    ]);
  });

  test('says so when nothing changes any more; for that alone there is none', async () => {
    const empty = '<!-- espalier diff -->\n## espalier diff: nothing changes\n';
    expect(await comment(empty, [{ id: 9, user: bot, body }], { changes: 'false' })).toEqual([
      ['update', 9, `<!-- espalier diff: tree -->\n${empty.trimEnd()}`],
    ]);
    expect(await comment(empty, [], { changes: 'false' })).toEqual([
      ['info', 'Nothing changes, and there is no comment that says otherwise.'],
    ]);
  });

  test('a token that may not write fails nothing; anything else does', async () => {
    expect(await comment(report, [], { status: 403 })).toEqual([
      [
        'warning',
        "The report is in the run's summary: the token may not write a comment (Resource not accessible by integration).",
      ],
    ]);
    await expect(comment(report, [], { status: 500 })).rejects.toThrow('Resource not accessible');
  });

  test('the longest report and its marker fit', () => {
    expect(`<!-- espalier diff: ${'n'.repeat(100)} -->\n`.length + commentLimit).toBeLessThan(65_536);
  });
});

const git = (cwd: string, ...args: string[]) => {
  const { code, stderr } = run('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', ...args], { cwd });
  if (code !== 0) throw new Error(stderr);
};

/** Runs a step as GitHub does: bash that ends at the first failure. */
function bash(script: string, cwd: string, env: Readonly<Record<string, string>>) {
  return run('bash', ['-e', '-c', script], { cwd, env });
}

describe('the comparison', () => {
  const ks = (path: string) => `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: shop, namespace: flux-system }
spec:
  interval: 1h
  retryInterval: 1m
  path: ${path}
  prune: true
  sourceRef: { kind: GitRepository, name: flux-system }
`;
  const configMap = (value: string) => `apiVersion: v1
kind: ConfigMap
metadata: { name: shop, namespace: default }
data: { greeting: ${value} }
`;

  /** A repository checked out at the merge of a pull request. */
  function pullRequest(name: string, files: Readonly<Record<string, string>>): string {
    const cwd = join(temporary, name);
    const write = (all: Readonly<Record<string, string>>) => {
      for (const [file, text] of Object.entries(all)) {
        mkdirSync(join(cwd, file, '..'), { recursive: true });
        writeFileSync(join(cwd, file), text);
      }
      git(cwd, 'add', '.');
      git(cwd, 'commit', '--quiet', '--allow-empty', '-m', 'x');
    };
    mkdirSync(cwd, { recursive: true });
    git(cwd, 'init', '--quiet', '-b', 'main');
    write({ 'clusters/ks.yaml': ks('./apps'), 'apps/config.yaml': configMap('hello') });
    git(cwd, 'checkout', '--quiet', '-b', 'topic');
    write(files);
    git(cwd, 'checkout', '--quiet', 'main');
    // What others merged meanwhile is not of this pull request.
    write({ 'apps/other.yaml': configMap('other').replace('name: shop', 'name: other') });
    git(cwd, 'merge', '--quiet', '--no-ff', '-m', 'merge', 'topic');
    return cwd;
  }

  function compare(cwd: string, env: Readonly<Record<string, string>> = {}) {
    const script = step('diff', ({ id }) => id === 'diff').run as string;
    const [output, summary, report] = ['output', 'summary', 'report.md'].map((file) => `${cwd}.${file}`) as [
      string,
      string,
      string,
    ];
    for (const file of [output, summary]) writeFileSync(file, '');
    const ran = bash(script, cwd, {
      COMMAND: `node ${command}`,
      OPTIONS: '--trace',
      TREE: '.',
      REPORT: report,
      GITHUB_OUTPUT: output,
      GITHUB_STEP_SUMMARY: summary,
      ...env,
    });
    const read = (file: string) => readFileSync(file, 'utf8');
    return { ...ran, output: read(output), summary: read(summary), report: read(report) };
  }

  test('what the pull request changes, and nothing that others did: report, summary, danger', () => {
    const { code, output, report, summary } = compare(
      pullRequest('changes', { 'apps/config.yaml': configMap('goodbye') }),
    );
    expect(code).toBe(0);
    expect(output).toMatch(/^changes=true\ndanger=(low|medium)\n$/);
    expect(report).toContain('-hello\n+goodbye\n');
    expect(report).not.toContain('other');
    expect(summary).toBe(report);
  });

  test('nothing changes', () => {
    const { code, output, report } = compare(pullRequest('nothing', { 'README.md': 'x' }));
    expect(code).toBe(0);
    expect(output).toBe('changes=false\ndanger=\n');
    expect(report).toContain('## espalier diff: nothing changes\n');
  });

  test('what cannot run fails, and says why', () => {
    const { code, stderr, output } = compare(pullRequest('wrong', {}), { OPTIONS: '--schemas nowhere' });
    expect(code).toBe(2);
    expect(stderr).toContain('nowhere');
    expect(output).toBe('');
  });
});

test.each([
  ['', 'low', 0],
  ['low', 'low', 1],
  ['medium', 'high', 0],
  ['high', 'high', 1],
  ['critical', 'low', 1],
  ['low', 'severe', 2],
])('danger %p fails from %p on: exit code %i', (danger, failOn, code) => {
  const script = step('danger', ({ run }) => run !== undefined).run as string;
  expect(bash(script, repository, { DANGER: danger, FAIL_ON: failOn }).code).toBe(code);
});

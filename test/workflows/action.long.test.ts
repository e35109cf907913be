import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { type FakeForge, startForge, variables } from '../cli/forges/servers';
import { command, repository, run, temporaryFolder } from '../repository';

interface Step {
  readonly id?: string;
  readonly if?: string;
  readonly run?: string;
  readonly env?: Readonly<Record<string, string>>;
}

const action = parse(readFileSync(join(repository, 'action.yml'), 'utf8')) as { runs: { steps: readonly Step[] } };
const [reports, comment] = action.runs.steps.filter((step) => step.run !== undefined) as [Step, Step];
const temporary = temporaryFolder();

describe('what may write', () => {
  test('the token is in the step that comments alone', () => {
    const holders = action.runs.steps.filter((step) => JSON.stringify(step).includes('token'));
    expect(holders).toEqual([comment]);
  });

  test('no command is made of what a caller or a pull request says', () => {
    for (const { run: script } of [reports, comment]) expect(script).not.toContain('${{');
  });

  test('here, nothing of a pull request runs where the token may write', () => {
    const { jobs, on, permissions } = parse(readFileSync(join(repository, '.github/workflows/review.yaml'), 'utf8'));
    expect(Object.keys(on)).toEqual(['pull_request']);
    expect(permissions).toEqual({});
    expect(jobs.soyo.permissions).toEqual({ contents: 'read' });
    expect(jobs.comment.steps[0].with).toMatchObject({ ref: '${{ github.event.pull_request.base.sha }}' });
  });
});

const git = (cwd: string, ...args: string[]): string => {
  const { code, stdout, stderr } = run('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', ...args], {
    cwd,
  });
  if (code !== 0) throw new Error(stderr);
  return stdout.trim();
};

const ks = `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: shop, namespace: flux-system }
spec:
  interval: 1h
  retryInterval: 1m
  path: ./apps
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
  write({ 'clusters/ks.yaml': ks, 'apps/config.yaml': configMap('hello') });
  git(cwd, 'checkout', '--quiet', '-b', 'topic');
  write(files);
  git(cwd, 'checkout', '--quiet', 'main');
  // What others merged meanwhile is not of this pull request.
  write({ 'apps/other.yaml': configMap('other').replace('name: shop', 'name: other') });
  git(cwd, 'merge', '--quiet', '--no-ff', '-m', 'merge', 'topic');
  git(cwd, 'checkout', '--quiet', '--detach');
  return cwd;
}

/** Runs a step as GitHub does: bash that ends at the first failure, with nothing but the variables that it names. */
function step({ run: script = '' }: Step, cwd: string, env: Readonly<Record<string, string>>) {
  const output = `${cwd}.output`;
  writeFileSync(output, '');
  const told = { COMMAND: `node ${command}`, OPTIONS: '--trace', TREE: '.', CHARTS: 'false', EVENT: 'pull_request' };
  const folder = { REPORTS: `${cwd}.reports`, GITHUB_SHA: git(cwd, 'rev-parse', 'HEAD'), GITHUB_OUTPUT: output };
  const ran = run('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', script], {
    cwd,
    env: { ...told, ...folder, ...env },
  });
  return { ...ran, output: readFileSync(output, 'utf8') };
}
const read = (cwd: string, file: string) => JSON.parse(readFileSync(join(`${cwd}.reports`, file), 'utf8'));

test('what the pull request changes, and nothing that others did', () => {
  const cwd = pullRequest('changes', { 'apps/config.yaml': configMap('goodbye') });
  const { code, stderr, output } = step(reports, cwd, {});
  expect({ code, stderr, output }).toEqual({ code: 0, stderr: '', output: `folder=${cwd}.reports\n` });
  const diff = read(cwd, 'diff.json');
  expect(diff.clusters[0].changes.map(({ name }: { name: string }) => name)).toEqual(['shop']);
  expect(diff.base).toBe('HEAD^1');
  expect(read(cwd, 'check.json').findings).toEqual([]);
});

test('where the branch itself is checked out, its base is where it left the other', () => {
  const cwd = pullRequest('branch', { 'apps/config.yaml': configMap('goodbye') });
  git(cwd, 'checkout', '--quiet', 'topic');
  expect(step(reports, cwd, { GITHUB_SHA: 'another' })).toMatchObject({ code: 0, stderr: '' });
  expect(read(cwd, 'diff.json').base).toMatch(/^merge base with main/);
});

test('a push has nothing to compare', () => {
  const cwd = pullRequest('push', {});
  expect(step(reports, cwd, { EVENT: 'push' }).code).toBe(0);
  expect(() => read(cwd, 'diff.json')).toThrow('ENOENT');
});

test('what cannot run fails, and says why', () => {
  const { code, stderr } = step(reports, pullRequest('wrong', {}), { OPTIONS: '--schemas nowhere' });
  expect(code).toBe(2);
  expect(stderr).toContain('nowhere');
});

describe('the comment', () => {
  let forge: FakeForge;
  beforeEach(async () => {
    forge = await startForge('github');
  });
  afterEach(() => forge.close());

  test('is not written where no server is, and the step fails: the variables reach the command', () => {
    const cwd = pullRequest('comment', { 'apps/config.yaml': configMap('goodbye') });
    step(reports, cwd, {});
    const options = { NAME: 'prod', FAIL_ON: 'error', DANGER: 'low', STATUS: '--status' };
    // The server of this process cannot answer while it waits for the command.
    const { GITHUB_TOKEN, ...rest } = variables('github', forge);
    const env = { ...rest, GITHUB_API_URL: 'http://127.0.0.1:9' };
    const { code, stderr } = step(comment, cwd, { ...env, ...options, ESPALIER_TOKEN: String(GITHUB_TOKEN) });
    expect(code).toBe(2);
    expect(stderr).toContain('http://127.0.0.1:9 of GitHub cannot be asked');
  });
});

import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parse } from 'yaml';
import type { Forge } from '../../lib/cli/init/forge';
import { npm } from '../../lib/cli/init/package-managers';
import { workflowFor } from '../../lib/cli/init/workflows';
import { has, repository, run, temporaryFolder } from '../repository';
import { put } from '../tree/folder';

/**
 * What forges read, judged by their own tools and schemas where they are on the PATH: actionlint, and check-jsonschema with the schemas
 * of workflows, actions, GitLab's CI, Azure Pipelines, issue forms and hooks that come with it. Without, these tests are skipped.
 */
const actionlint = has('actionlint', ['-version']) ? test : test.skip;
const schemas = has('check-jsonschema') ? test : test.skip;
const hadolint = has('hadolint') ? test : test.skip;
const hooks = has('pre-commit') ? test : test.skip;

const folder = temporaryFolder();
const workflow = { manager: npm, branch: 'main', tree: 'dist', below: '', errors: 0 };
const variants = [workflow, { ...workflow, below: 'k8s/home', tree: '.', errors: 2, branch: 'feature/#1' }];

/** Every file that `espalier init` writes for a forge. */
function generated(forge: Forge): string[] {
  return variants.map((variant, i) => {
    const file = `${forge}-${i}.yml`;
    put(folder, { [file]: workflowFor(forge, variant).text });
    return join(folder, file);
  });
}

/** Every file of docs/ci.md, by the forge that its section is of. */
function documented(section: string, first = ''): string[] {
  const page = readFileSync(join(repository, 'docs', 'ci.md'), 'utf8');
  const [, text = ''] = page.split(`\n## ${section}\n`);
  const blocks = [...(text.split(/\n## /)[0] ?? '').matchAll(/^```yaml\n(.*?)^```$/gms)].map(([, code = '']) => code);
  return blocks
    .filter((code) => code.startsWith(first))
    .map((code, i) => {
      const file = `docs-${section.toLowerCase().replace(/\W+/g, '-')}-${i}.yml`;
      put(folder, { [file]: code });
      return join(folder, file);
    });
}

/** Copies that may be edited. */
function copied(path: string): string[] {
  return filesIn(path).map((file) => {
    const name = `copied-${basename(file)}`;
    put(folder, { [name]: readFileSync(file, 'utf8') });
    return join(folder, name);
  });
}

const filesIn = (path: string) => {
  return readdirSync(join(repository, path))
    .filter((file) => /\.ya?ml$/.test(file))
    .map((file) => join(repository, path, file));
};
const judge = (...args: string[]) => {
  const { code, stdout, stderr } = run(args[0] as string, args.slice(1));
  return { code, said: code === 0 ? '' : stdout + stderr };
};
const good = { code: 0, said: '' };

test('the page has a file of each forge, of 20 lines at most', () => {
  for (const section of ['Forgejo and Gitea', 'GitHub', 'GitLab', 'Azure DevOps']) {
    const [first = ''] = documented(section);
    expect(readFileSync(first, 'utf8').trimEnd().split('\n').length).toBeLessThanOrEqual(20);
  }
});

actionlint('workflows of this repository, of docs/ci.md and of espalier init: actionlint', () => {
  const elsewhere = [
    ...documented('Forgejo and Gitea'),
    ...copied('.forgejo/workflows'),
    ...(['forgejo', 'gitea'] as const).flatMap(generated),
  ];
  // What no other forge knows: an action by its address.
  for (const file of elsewhere) {
    writeFileSync(file, readFileSync(file, 'utf8').replaceAll('uses: https://github.com/', 'uses: '));
  }
  const files = [...filesIn('.github/workflows'), ...documented('GitHub'), ...generated('github'), ...elsewhere];
  expect(files.length).toBeGreaterThan(10);
  // Labels of runners are everybody's own on Forgejo and Gitea.
  const unknownLabel = 'label "docker" is unknown';
  expect(judge('actionlint', '-no-color', '-ignore', unknownLabel, ...files)).toEqual(good);
});

schemas('workflows and actions: the schemas of GitHub', () => {
  const files = [...filesIn('.github/workflows'), ...documented('GitHub'), ...generated('github')];
  expect(judge('check-jsonschema', '--builtin-schema', 'vendor.github-workflows', ...files)).toEqual(good);
});

schemas('the action: the schema of actions', () => {
  const file = join(repository, 'action.yml');
  expect(judge('check-jsonschema', '--builtin-schema', 'vendor.github-actions', file)).toEqual(good);
});

schemas("GitLab: the schema of GitLab's CI", () => {
  // The schema is of one document: the first of a component declares its inputs.
  const [, job = ''] = readFileSync(join(repository, 'templates', 'espalier.yml'), 'utf8').split('\n---\n');
  put(folder, { 'component.yml': job });
  const files = [...documented('GitLab'), ...generated('gitlab'), join(folder, 'component.yml')];
  expect(judge('check-jsonschema', '--builtin-schema', 'vendor.gitlab-ci', ...files)).toEqual(good);
});

schemas('Azure DevOps: the schema of Azure Pipelines', () => {
  const files = [...documented('Azure DevOps'), ...generated('azure'), join(repository, 'ci', 'azure-steps.yml')];
  const azure = ['--regex-variant', 'python', '--data-transform', 'azure-pipelines'];
  expect(judge('check-jsonschema', ...azure, '--builtin-schema', 'vendor.azure-pipelines', ...files)).toEqual(good);
});

schemas('a wrong file is refused: the schemas judge', () => {
  put(folder, { 'wrong.yml': 'espalier: { image: node, artifacts: { reports: { codequality: { a: 1 } } } }\n' });
  const { code } = judge('check-jsonschema', '--builtin-schema', 'vendor.gitlab-ci', join(folder, 'wrong.yml'));
  expect(code).toBe(1);
});

schemas('issue forms: the schemas of GitHub, of which Forgejo and Gitea read the same files', () => {
  const [config, ...forms] = filesIn('.github/ISSUE_TEMPLATE').sort((a) => (a.endsWith('config.yml') ? -1 : 1));
  expect(judge('check-jsonschema', '--builtin-schema', 'vendor.github-issue-config', config as string)).toEqual(good);
  expect(judge('check-jsonschema', '--builtin-schema', 'vendor.github-issue-forms', ...forms)).toEqual(good);
});

hadolint('the image: hadolint', () => {
  expect(judge('hadolint', join(repository, 'Dockerfile'))).toEqual(good);
});

test('the image runs as nobody, and its build sees no tree of this repository', () => {
  const lines = readFileSync(join(repository, 'Dockerfile'), 'utf8').split('\n');
  expect(lines.filter((line) => line.startsWith('USER '))).toEqual(['USER 65532:65532']);
  expect(lines.filter((line) => /^ADD |curl|wget|:latest/.test(line))).toEqual([]);
});

hooks('hooks for pre-commit: its own reader', () => {
  expect(judge('pre-commit', 'validate-manifest', join(repository, '.pre-commit-hooks.yaml'))).toEqual(good);
});

(has('pre-commit') && has('git') ? test : test.skip)(
  'a commit that only deletes files runs the hooks for pre-commit, too',
  () => {
    const cwd = join(folder, 'hooked');
    const git = (...args: string[]) =>
      run('git', ['-c', 'user.name=A', '-c', 'user.email=a@example.org', ...args], { cwd });
    const hooks = (parse(readFileSync(join(repository, '.pre-commit-hooks.yaml'), 'utf8')) as { id: string }[]).map(
      (hook) => ({ ...hook, language: 'system', entry: 'echo' }),
    );
    put(cwd, {
      'apps/shop.yaml': 'kind: A\n',
      'main.ts': 'export {};\n',
      '.pre-commit-config.yaml': JSON.stringify({ repos: [{ repo: 'local', hooks }] }),
    });
    git('init', '-q');
    git('add', '.');
    git('commit', '-q', '-m', 'one');
    git('rm', '-q', 'apps/shop.yaml');
    const { code, stdout } = run('pre-commit', ['run'], { cwd });
    expect({ code, passed: stdout.match(/Passed/g)?.length }).toEqual({ code: 0, passed: hooks.length });
  },
);

/** Whatever the action is of: a tag can be moved. */
test('every action that runs here, or that the docs name, is pinned to a commit, with its version beside it', () => {
  const files = [...filesIn('.github/workflows'), ...filesIn('.forgejo/workflows'), join(repository, 'action.yml')];
  const pages = readdirSync(join(repository, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.md'))
    .map((file) => join(repository, 'docs', file));
  const wrong = [...files, ...pages].flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/^ *(?:- )?uses: (?!\.\/|OWNER\/)(?:https:\/\/github\.com\/)?(.*)/gm)]
      .map(([, uses = '']) => uses)
      .filter((uses) => !/^[\w./-]+@[\da-f]{40} # v\d+\.\d+\.\d+$/.test(uses)),
  );
  expect(wrong).toEqual([]);
});

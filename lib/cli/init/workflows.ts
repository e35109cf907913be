import type { Forge } from './forge';
import type { PackageManager } from './package-managers';

/** What a CI runs, and where. */
export interface Workflow {
  readonly manager: PackageManager;
  /** The branch that Flux follows. */
  readonly branch: string;
  /** The folder of the tree, as the commands name it; `.` for the folder that they run in. */
  readonly tree: string;
  /** Where they run, from the top of the repository; '' for the top itself. */
  readonly below: string;
  /** How many errors the tree has already. */
  readonly errors: number;
}

/** A file of a CI, from the top of the repository. */
export interface WorkflowFile {
  readonly path: string;
  readonly text: string;
  /** What includes it where the repository has a CI of its own already: a file, and the lines for it. */
  readonly included?: { readonly path: string; readonly text: string };
  /** What a person does for it, since no file can. */
  readonly next?: string;
}

/** The releases of actions that were read when this was written (November 2026), each by its commit: a tag can be moved. */
const checkout = 'actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1';
const setupNode = 'actions/setup-node@820762786026740c76f36085b0efc47a31fe5020 # v7.0.0';
const node = 24;

/** The CI of a forge: the tree is what main.ts says, Flux would apply it, and what a pull request changes in the cluster. */
export function workflowFor(forge: Forge, workflow: Workflow): WorkflowFile {
  switch (forge) {
    case 'github':
      return { path: '.github/workflows/espalier.yaml', text: github(workflow) };
    case 'forgejo':
      return { path: '.forgejo/workflows/espalier.yaml', text: forgejo(workflow, 'docker', 'FORGEJO_TOKEN') };
    case 'gitea':
      return { path: '.gitea/workflows/espalier.yaml', text: forgejo(workflow, 'ubuntu-latest', 'GITEA_TOKEN') };
    case 'gitlab': {
      const path = '.gitlab/espalier.yml';
      const text = `include:\n  - local: ${path}\n`;
      const next =
        'For comments on merge requests make a project access token (role Reporter, scope api), and add it to the CI/CD variables as GITLAB_TOKEN, masked and not protected.';
      return { path, text: gitlab(workflow), included: { path: '.gitlab-ci.yml', text }, next };
    }
    case 'azure': {
      const path = '.azure/espalier.yml';
      const next = `Make a pipeline of ${path}, and a build validation policy of the branch that runs it; allow the build service to contribute to pull requests.`;
      return { path, text: azure(workflow), next };
    }
  }
}

const heading =
  '# What a change does to the clusters, before Flux does it. Made by `espalier init`, and yours from then on.\n';

function github(workflow: Workflow): string {
  return `${heading}name: espalier

${triggers(workflow)}
permissions: {}

concurrency:
  group: \${{ github.workflow }}-\${{ github.ref }}
  cancel-in-progress: \${{ github.event_name == 'pull_request' }}

jobs:
  clusters:
    runs-on: ubuntu-latest
    timeout-minutes: 15
    permissions:
      contents: read
      # For the comment.
      pull-requests: write
${directory(workflow)}    steps:
      # The merge of the pull request and, as its first parent, what it is merged into.
      - uses: ${checkout}
        with:
          fetch-depth: 2
          persist-credentials: false
      - uses: ${setupNode}
        with:
          node-version: ${node}
${cache(workflow)}${steps(workflow, { base: 'HEAD^1', token: 'GITHUB_TOKEN' })}`;
}

/** Forgejo and Gitea run what GitHub does, but check the branch of the pull request out, not its merge. */
function forgejo(workflow: Workflow, runner: string, token: string): string {
  return `${heading}name: espalier

${triggers(workflow)}
jobs:
  clusters:
    # A label of your runners.
    runs-on: ${runner}
${directory(workflow)}    steps:
      - uses: https://github.com/${checkout}
        with:
          fetch-depth: 0
          persist-credentials: false
      - uses: https://github.com/${setupNode}
        with:
          node-version: ${node}
${steps(workflow, { token })}`;
}

function gitlab(workflow: Workflow): string {
  const { manager, below } = workflow;
  const { check, diff, report, comment } = commandsOf(workflow);
  const before = [...(below === '' ? [] : [`cd ${below}`]), ...(manager.setup ? [manager.setup] : []), manager.ci];
  const quality = 'gl-code-quality-report.json';
  return `${heading}espalier:
  image: node:${node}
  variables:
    # All of the history: espalier diff compares with where the branch began.
    GIT_DEPTH: 0
  rules:
    - if: $CI_PIPELINE_SOURCE == "merge_request_event"
    - if: $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH
  before_script:
${before.map((line) => `    - ${line}\n`).join('')}  script:
    - ${manager.exec} tsc --noEmit
    - ${manager.exec} espalier synth --check
    - ${check}
    - ${report} > ${quality}
    - if [ -n "$CI_MERGE_REQUEST_IID" ]; then ${diff}; fi
${known(workflow, '    ')}    - ${comment}
  artifacts:
    when: always
    reports:
      codequality: ${below === '' ? '' : `${below}/`}${quality}
`;
}

function azure(workflow: Workflow): string {
  const { manager, below, branch } = workflow;
  const { check, diff, comment } = commandsOf(workflow);
  const where = below === '' ? '' : `    workingDirectory: ${JSON.stringify(below)}\n`;
  const script = (lines: string, more = '') => `  - script: ${lines}\n${where}${more}`;
  return `${heading}trigger: [${name(branch)}]
pool:
  vmImage: ubuntu-latest
steps:
  - checkout: self
    # All of the history: espalier diff compares with where the branch began.
    fetchDepth: '0'
  - task: NodeTool@0
    inputs:
      versionSpec: ${node}.x
${manager.setup ? script(manager.setup) : ''}${script(manager.ci)}${script(`${manager.exec} tsc --noEmit`)}${script(`${manager.exec} espalier synth --check`)}${script(check)}${script(diff, "    condition: and(succeeded(), eq(variables['Build.Reason'], 'PullRequest'))\n")}${known(workflow, '  ')}${script(comment, '    env:\n      SYSTEM_ACCESSTOKEN: $(System.AccessToken)\n')}`;
}

function triggers({ branch }: Workflow): string {
  return `on:
  pull_request:
  push:
    branches: [${name(branch)}]
`;
}

/** A branch as YAML has it. */
function name(branch: string): string {
  return /^[\w./-]+$/.test(branch) ? branch : JSON.stringify(branch);
}

function directory({ below }: Workflow): string {
  return below === '' ? '' : `    defaults:\n      run:\n        working-directory: ${JSON.stringify(below)}\n`;
}

function cache({ manager, below }: Workflow): string {
  if (manager.name !== 'npm') return '';
  const lock = below === '' ? '' : `          cache-dependency-path: ${JSON.stringify(`${below}/package-lock.json`)}\n`;
  return `          cache: npm\n${lock}`;
}

function steps(workflow: Workflow, { base, token }: { readonly base?: string; readonly token: string }): string {
  const { manager } = workflow;
  const { check, diff, comment } = commandsOf(workflow, base);
  return `${manager.setup ? `      - run: ${manager.setup}\n` : ''}      - run: ${manager.ci}
      - run: ${manager.exec} tsc --noEmit
      - name: The tree is what main.ts says
        run: ${manager.exec} espalier synth --check
      - name: What Flux would fail on
        run: ${check}
      - name: What the pull request changes
        if: github.event_name == 'pull_request'
        run: ${diff}
${known(workflow, '      ')}      - name: One comment on the pull request; errors fail
        run: ${comment}
        env:
          ${token}: \${{ github.token }}
`;
}

/** A CI that fails from its first run on would be taken out. */
function known({ errors, tree }: Workflow, indent: string): string {
  if (errors === 0) return '';
  const were = errors === 1 ? 'one error was' : `${errors} errors were`;
  const write = `\`espalier check${tree === '.' ? '' : ` ${tree}`} --write-baseline\``;
  return (
    `${indent}# ${were} there before. Once they are fixed, or known by ${write} and\n` +
    `${indent}# \`baseline: espalier.baseline\` in espalier.config.yaml, take --fail-on never away: what is new fails then.\n`
  );
}

/** @param base what a change is compared with; undefined where the CI tells espalier */
function commandsOf({ manager, tree, errors }: Workflow, base?: string) {
  const run = (command: string, ...parts: readonly (string | undefined)[]) =>
    [`${manager.exec} espalier ${command}`, ...parts].filter((part) => part !== undefined && part !== '').join(' ');
  const json = '--format json > espalier-';
  return {
    check: run('check', tree === '.' ? '' : tree, `--fail-on never ${json}check.json`),
    diff: run('diff', base, tree === '.' ? '' : `--path ${tree}`, `${json}diff.json`),
    report: run('report merge espalier-check.json', '--fail-on never --format gitlab'),
    comment: run('comment', 'espalier-*.json', errors > 0 ? '--fail-on never' : ''),
  };
}

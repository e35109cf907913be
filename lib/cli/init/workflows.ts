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
      return { path: '.forgejo/workflows/espalier.yaml', text: forgejo(workflow, 'docker') };
    case 'gitea':
      return { path: '.gitea/workflows/espalier.yaml', text: forgejo(workflow, 'ubuntu-latest') };
    case 'gitlab': {
      const path = '.gitlab/espalier.yml';
      const text = `include:\n  - local: ${path}\n`;
      return { path, text: gitlab(workflow), included: { path: '.gitlab-ci.yml', text } };
    }
  }
}

const heading =
  '# What a change does to the clusters, before Flux does it. Made by `espalier init`, and yours from then on.\n';

function github(workflow: Workflow): string {
  const { check, diff } = commandsOf(workflow, '--format github');
  return `${heading}name: espalier

${triggers(workflow)}
permissions:
  contents: read

concurrency:
  group: \${{ github.workflow }}-\${{ github.ref }}
  cancel-in-progress: \${{ github.event_name == 'pull_request' }}

jobs:
  clusters:
    runs-on: ubuntu-latest
    timeout-minutes: 15
${directory(workflow)}    steps:
      # The merge of the pull request and, as its first parent, what it is merged into.
      - uses: ${checkout}
        with:
          fetch-depth: 2
          persist-credentials: false
      - uses: ${setupNode}
        with:
          node-version: ${node}
${cache(workflow)}${steps(workflow, check)}
      - name: What the pull request changes
        if: github.event_name == 'pull_request'
        run: ${diff} HEAD^1${pathOption(workflow)} --format markdown >> "$GITHUB_STEP_SUMMARY"
`;
}

/** Forgejo and Gitea run what GitHub does, but check the branch of the pull request out, not its merge. */
function forgejo(workflow: Workflow, runner: string): string {
  const { check, diff } = commandsOf(workflow, '');
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
${steps(workflow, check)}
      - name: What the pull request changes
        if: github.event_name == 'pull_request'
        run: ${diff} "$(git merge-base HEAD "origin/$GITHUB_BASE_REF")"${pathOption(workflow)}
`;
}

function gitlab(workflow: Workflow): string {
  const { manager, below } = workflow;
  const { check, diff } = commandsOf(workflow, '');
  const before = [...(below === '' ? [] : [`cd ${below}`]), ...(manager.setup ? [manager.setup] : []), manager.ci];
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
${comment(workflow, '    ')}    - ${check}
    - if [ -n "$CI_MERGE_REQUEST_DIFF_BASE_SHA" ]; then ${diff} "$CI_MERGE_REQUEST_DIFF_BASE_SHA"${pathOption(workflow)}; fi
`;
}

function triggers({ branch }: Workflow): string {
  return `on:
  pull_request:
  push:
    branches: [${/^[\w./-]+$/.test(branch) ? branch : JSON.stringify(branch)}]
`;
}

function directory({ below }: Workflow): string {
  return below === '' ? '' : `    defaults:\n      run:\n        working-directory: ${JSON.stringify(below)}\n`;
}

function cache({ manager, below }: Workflow): string {
  if (manager.name !== 'npm') return '';
  const lock = below === '' ? '' : `          cache-dependency-path: ${JSON.stringify(`${below}/package-lock.json`)}\n`;
  return `          cache: npm\n${lock}`;
}

function steps(workflow: Workflow, check: string): string {
  const { manager } = workflow;
  return `${manager.setup ? `      - run: ${manager.setup}\n` : ''}      - run: ${manager.ci}
      - run: ${manager.exec} tsc --noEmit
      - name: The tree is what main.ts says
        run: ${manager.exec} espalier synth --check
${comment(workflow, '      ')}      - name: Flux can apply the tree
        run: ${check}`;
}

/** A CI that fails from its first run on would be taken out. */
function comment({ errors, tree }: Workflow, indent: string): string {
  if (errors === 0) return '';
  const were = errors === 1 ? 'one error was' : `${errors} errors were`;
  const known = `\`espalier check${tree === '.' ? '' : ` ${tree}`} --write-baseline\``;
  return (
    `${indent}# ${were} there before. Once they are fixed, or known by ${known} and\n` +
    `${indent}# \`baseline: espalier.baseline\` in espalier.config.yaml, take --fail-on never away: what is new fails then.\n`
  );
}

function commandsOf({ manager, tree, errors }: Workflow, format: string): { check: string; diff: string } {
  const parts = [tree === '.' ? '' : tree, format, errors > 0 ? '--fail-on never' : ''].filter((part) => part !== '');
  return {
    check: [`${manager.exec} espalier check`, ...parts].join(' '),
    diff: `${manager.exec} espalier diff`,
  };
}

function pathOption({ tree }: Workflow): string {
  return tree === '.' ? '' : ` --path ${tree}`;
}

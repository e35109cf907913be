import { join, relative } from 'node:path';
import { EspalierError } from '../errors';
import { dnsLabel } from '../systems/kubernetes/names';
import { count } from '../text/count';
import { diffPlan } from '../tree/diff';
import { realPath, slashes } from '../tree/source/seen-from';
import type { Command } from './command';
import { archiveOf } from './init/archive';
import { Questions } from './init/ask';
import { type Facts, readFacts, readText } from './init/facts';
import type { Forge } from './init/forge';
import { type Answers, appToBegin, checkedFolder, type Files, planFiles, type Versions } from './init/plan';
import { writeFiles } from './init/write-files';
import { paint, print } from './terminal';

const forges = ['github', 'gitlab', 'forgejo', 'gitea', 'azure', 'none'] as const;

const help = `espalier init: makes a folder a project, an empty one or a repository that Flux reads already.

Usage: espalier init [options]

  --name NAME     the cluster (default: what the tree calls it, else the folder; of several that Flux has here, all)
  --forge FORGE   whose CI to write: ${forges.join(', ')} (default: as remotes and files tell)
  --yes           ask nothing
  --dry-run       write nothing; show what would be written
  --trace         print the stack trace of an error

It writes package.json, main.ts, tsconfig.json, .gitignore, .gitattributes and a CI workflow. To files that are there it adds
what they lack; nothing is overwritten. Where Flux has a tree here, that stays as it is, and main.ts waits for espalier adopt.

Exit codes: 0 written, or nothing to write; 2 it could not run, or would have overwritten a file: then nothing is written.

Example: espalier init --yes --forge github`;

export const init: Command = {
  help,
  positionals: 0,
  options: {
    name: { type: 'string' },
    forge: { type: 'string', choices: forges },
    yes: { type: 'boolean' },
    'dry-run': { type: 'boolean' },
  },
  async run({ values }) {
    const given = {
      name: values.name as string | undefined,
      forge: values.forge as (typeof forges)[number] | undefined,
    };
    const fault = given.name === undefined ? undefined : nameFault(given.name);
    if (fault !== undefined) throw new EspalierError(`--name ${JSON.stringify(given.name)}: ${fault}`);
    const silent = values.yes === true || values['dry-run'] === true;
    if (!silent && !process.stdin.isTTY) {
      throw new EspalierError(
        'espalier init asks on a terminal, and this is none. Add --yes, and what it cannot know: --name, --forge.',
      );
    }
    const facts = await readFacts(realPath(process.cwd()));
    print(found(given.forge === undefined || given.forge === 'none' ? facts : { ...facts, forge: given.forge }));
    const plan = (answers: Answers) => {
      return planFiles(facts, answers, versions(process.cwd()), (path) => readText(join(facts.top, path)));
    };
    const standard = standardAnswers(facts, given);
    if (values['dry-run']) {
      const files = plan(standard);
      const created = files.changes.filter(({ before }) => before === undefined);
      const changed = files.changes.filter(({ before }) => before !== undefined);
      print(diffPlan({ created, changed, pruned: [] }, { manifests: false }).trimEnd() || upToDate);
      tell(files);
      return 0;
    }
    const files = silent ? plan(standard) : await askAll(facts, given, standard, plan);
    if (files === undefined) return 0;
    writeFiles(facts.top, files.changes);
    if (files.changes.length === 0) print(upToDate);
    else print(silent ? listed(files) : 'Written.');
    tell(files);
    if (files.changes.length > 0) print(nextSteps(facts));
    return 0;
  },
};

const upToDate = 'Nothing to write: all that espalier init writes is there.';

interface Given {
  readonly name: string | undefined;
  readonly forge: (typeof forges)[number] | undefined;
}

function nameFault(name: string): string | undefined {
  return dnsLabel.accepts(name) ? undefined : `it must be ${dnsLabel.allowed}.`;
}

/** By the package's own name: the way to the file differs between the sources and what is compiled. */
function versions(folder: string): Versions {
  const manifest = require.resolve('cdk8s-espalier/package.json');
  const archive = archiveOf(manifest);
  return {
    ...(require(manifest) as Versions),
    archive: archive === undefined ? undefined : slashes(relative(realPath(folder), archive)),
  };
}

function standardAnswers({ layout, name, forge }: Facts, given: Given): Answers {
  const clusters = given.name === undefined ? (layout?.clusters.map((one) => one.name) ?? [name]) : [given.name];
  return { clusters: [...new Set(clusters)], forge: given.forge ?? forge };
}

/** What the folder is taken for, before anything is asked. */
function found({ layout, made, isGit, branch, forge, errors, manager }: Facts): string {
  const where = [forge, isGit ? `branch ${branch}` : 'no Git repository', manager.name].filter(
    (part) => part !== undefined,
  );
  const lines = (layout?.clusters ?? []).map(({ name, folder, kustomizations, objects }) => {
    const size = `${count(kustomizations, 'Kustomization')}, ${count(objects, 'object')}`;
    return `  cluster ${name}: Flux begins in ${folder === '' ? './' : `${folder}/`}; ${size}`;
  });
  const apps = layout?.appsRoot === undefined ? [] : [`  apps in ${layout.appsRoot}/<namespace>/<app>/ks.yaml`];
  const faults = errors === 0 ? [] : [`  ${count(errors, 'error')} that espalier check finds today`];
  return [
    `Found: ${where.join(', ')}${layout === undefined && !made ? '; no tree of Flux' : ''}`,
    ...lines,
    ...apps,
    ...faults,
  ].join('\n');
}

/** @returns undefined when the person wants nothing written */
async function askAll(
  facts: Facts,
  given: Given,
  standard: Answers,
  plan: (answers: Answers) => Files,
): Promise<Files | undefined> {
  return Questions.during(async (questions) => {
    let { clusters, forge } = standard;
    if (given.name === undefined && clusters.length === 1) {
      clusters = [await questions.ask('What is the cluster called?', clusters[0] ?? facts.name, nameFault)];
    }
    if (given.forge === undefined && forge === undefined) {
      const answer = await questions.ask(`Whose CI shall check it: ${forges.join(', ')}?`, 'github', (text) => {
        return (forges as readonly string[]).includes(text) ? undefined : `one of ${forges.join(', ')}`;
      });
      forge = answer as Forge | 'none';
    }
    const files = plan({ clusters, forge });
    if (files.changes.length === 0) return files;
    print(listed(files));
    const answer = await questions.ask('Write these files?', 'yes', (text) =>
      /^(?:y|yes|n|no)$/i.test(text) ? undefined : 'yes or no',
    );
    if (/^y/i.test(answer)) return files;
    print('Nothing was written.');
    return undefined;
  });
}

function listed({ changes }: Files): string {
  return changes
    .map(({ path, before }) => (before === undefined ? paint('green', `  + ${path}`) : paint('yellow', `  ~ ${path}`)))
    .join('\n');
}

function tell({ kept, todo }: Files): void {
  if (kept.length > 0) print(`Kept: ${kept.join('; ')}.`);
  for (const one of todo) print(one);
}

function nextSteps(facts: Facts): string {
  const { manager, layout, isGit } = facts;
  const last =
    layout === undefined
      ? [`${manager.exec} espalier check ${checkedFolder(facts)}`, 'what Flux would fail on']
      : [`${manager.exec} espalier adopt ${appToBegin(facts)}`, 'the first app becomes code'];
  const steps = [
    [manager.install, 'also makes the lockfile that the CI needs: commit it'],
    [`${manager.run} synth`, layout === undefined ? 'writes the tree to dist/' : 'says that main.ts has no app yet'],
    last,
  ];
  const width = Math.max(...steps.map(([command = '']) => command.length));
  const lines = steps.map(([command = '', what]) => `  ${command.padEnd(width)}  # ${what}`);
  return [...(isGit ? [] : ['This is no Git repository yet: git init']), 'Next:', ...lines].join('\n');
}

import { resolve } from 'node:path';
import type { Finding } from '../checks/finding';
import { setChartHosts } from '../constructs/synthesis';
import { EspalierError } from '../errors';
import type { SynthesizedFolder } from '../report/outcomes';
import { count } from '../text/count';
import { compareTree, type Plan, writeTree } from '../tree';
import { ignoredBy } from '../tree/source/folder';
import { acceptImages, type EditedFile, editedImages, imagesEdited } from './accept-images';
import { cdk8sSynth } from './cdk8s-synth';
import type { Command, Invocation } from './command';
import { readConfig } from './config';
import { loadApp } from './load-app';
import { optimizeLater } from './optimize-later';
import { Cache } from './outcome-cache';
import { type Target, targetsOf } from './targets';
import { hasColours, print, printError } from './terminal';
import { standBy } from './watch/standby';
import { isAllThere, isCurrent, shown, summary, writtenFolder } from './written';

const help = `espalier synth [FILE]: writes the tree that an app describes: all of it or nothing, and only the files that changed.

Usage: espalier synth [FILE] [options]

  FILE            the app (default: main.ts)
  --cluster NAME  write only the folder of this Cluster; the others, and what .espalier.sha256 says of them, stay as they are
  --output DIR    the folder to write to (default: outdir of App, else dist)
  --check         write nothing; show what would change and exit with 1 if anything would
  --watch         keep running, and write again whenever a file of the app changes
  --resolve       after a merge or rebase, make anew what Git alone has changed or could not merge; in the app's file,
                  keep the lines that both sides have added
  --accept-images write what Flux's image automation has set in the tree into the source, too
  --force         overwrite files that somebody else made or changed
  --no-cache      check the tree even if an earlier run has checked the same one
  --quiet         print errors only
  --format FORMAT text or json (default: text)
  --trace         print the stack trace of an error

Exit codes: 0 written, or nothing to change; 1 --check found a difference; 2 it could not run,
or Flux would fail on the tree, which is then not written (failOn in the configuration sets which findings count).

Example: espalier synth --check`;

export const synth: Command = {
  help,
  positionals: 1,
  options: {
    cluster: { type: 'string', offers: 'cluster' },
    output: { type: 'string' },
    check: { type: 'boolean' },
    watch: { type: 'boolean' },
    resolve: { type: 'boolean' },
    'accept-images': { type: 'boolean' },
    force: { type: 'boolean' },
    'no-cache': { type: 'boolean' },
    quiet: { type: 'boolean' },
    format: { type: 'string', choices: ['text', 'json'] },
  },
  async run({ values, positionals }) {
    if (values['accept-images'] && (values.check || values.watch)) {
      throw new EspalierError(
        '--accept-images writes the source, and neither --check nor --watch does: leave one of them out.',
      );
    }
    if (values.watch) return watchInstead(values, positionals[0]);
    const isJson = values.format === 'json';
    const quiet = values.quiet === true || isJson;
    optimizeLater();
    if (values.resolve && !values.check) await resolveCode(positionals[0], quiet);
    const tellLoaded = await standBy(positionals[0]);
    const config = await readConfig(undefined, process.cwd(), undefined);
    const { charts } = config.config;
    setChartHosts((typeof charts === 'object' && charts.hosts) || []);
    const { file, synthesized } = await loadApp(positionals[0]);
    tellLoaded(
      file,
      synthesized.flatMap(({ tree }) => tree.madeOf ?? []),
    );
    const [output, cluster] = [values.output, values.cluster] as (string | undefined)[];
    const cache = values['no-cache'] === true ? undefined : Cache.ofProject(resolve(file));
    const all = await targetsOf(synthesized, { file, output, config, cache, cluster });
    const targets = all.filter(({ files }) => files.size > 0);
    if (targets.length === 0 && !quiet) print(noAppYet(file));
    const edited = values.force === true || values.resolve === true ? [] : targets.map(editedImages);
    if (edited.some((files) => files.length > 0)) {
      if (values['accept-images'] !== true) return tellImages(targets, edited, values.check === true);
      const code = acceptImages(file, targets, edited, process.argv.slice(2));
      if (code !== undefined) return code;
    }
    for (const target of targets) refuseErrors(target, quiet);
    if (values.check) return check(file, targets, isJson);
    const told: SynthesizedFolder[] = [];
    const cdk8s = cdk8sSynth(targets.map(({ outdir }) => outdir));
    for (const [i, target] of (cdk8s.writeTree ? targets : []).entries()) {
      const merged = values.resolve === true ? whatGitMerged(target.outdir) : undefined;
      const force = values.force === true || new Set(edited[i]?.map(({ path }) => path));
      const plan = writeTree(target.files, target.outdir, { force, merged, within: target.within });
      if (isJson) told.push(folderOf(target, plan, !plan.written));
      if (values.quiet) continue;
      if (!isJson) print(summary(plan, shown(target.outdir), target.files.size));
      warnOfIgnored(file, target);
    }
    if (cdk8s.copyTo !== undefined) {
      writeTree(new Map(targets.flatMap(({ files }) => [...files])), cdk8s.copyTo, { force: true });
    }
    if (isJson) tell(told);
    return 0;
  },
};

/** Merges the code first: what Git's markers stand in does not run. */
async function resolveCode(file: string | undefined, quiet: boolean): Promise<void> {
  const resolving = require('./resolve-code') as typeof import('./resolve-code');
  for (const path of await resolving.resolveCode(file))
    if (!quiet) print(`${path}: merged, what both sides have added is in it`);
}

function whatGitMerged(outdir: string): (path: string) => boolean {
  const { mergedByGit } = require('../tree/source/merge-sides') as typeof import('../tree/source/merge-sides');
  return mergedByGit(outdir);
}

/** Says that image automation has edited a tree. @throws EspalierError where it would be written over */
function tellImages(targets: readonly Target[], edited: readonly (readonly EditedFile[])[], check: boolean): number {
  const messages = targets.map(({ outdir }, i) => imagesEdited(edited[i] ?? [], outdir));
  const message = messages.filter((text) => text !== undefined).join('\n');
  if (!check) throw new EspalierError(message);
  printError(`error: ${message}`);
  return 1;
}

/** @throws EspalierError for what cannot be watched */
function watchInstead(values: Invocation['values'], file: string | undefined): Promise<number> {
  if (values.cluster !== undefined) {
    throw new EspalierError('--watch writes what is saved, whichever cluster that is of: leave --cluster out.');
  }
  if (values.check) {
    throw new EspalierError('--watch writes and --check does not: leave one of them out.');
  }
  if (values.format === 'json') {
    throw new EspalierError('--watch goes on until it is ended, and JSON is told at an end: leave one of them out.');
  }
  const { watch } = require('./watch/watch') as typeof import('./watch/watch');
  const flags = ['force', 'resolve', 'no-cache', 'quiet', 'trace'].filter((name) => values[name] === true);
  const output = values.output === undefined ? [] : [`--output=${values.output}`];
  return watch({ file, options: [...output, ...flags.map((name) => `--${name}`)], quiet: values.quiet === true });
}

/** @throws EspalierError when Flux would fail on the tree */
function refuseErrors({ result, outdir, failOn, known }: Target, quiet: boolean): void {
  if (!quiet) {
    tellKnown(known);
    if (result?.counts.known) print(count(result.counts.known, 'known finding'));
  }
  if (result === undefined || (result.findings.length === 0 && result.unknowns.length === 0)) return;
  const { refusal } = require('../report/refusal') as typeof import('../report/refusal');
  const refused = refusal(result, shown(outdir), failOn);
  if (refused !== undefined) throw new EspalierError(refused);
  if (quiet) return;
  const { pretty } = require('../report/pretty') as typeof import('../report/pretty');
  const options = { color: hasColours(process.stderr), width: process.stderr.columns, failOn, version: '' };
  printError(pretty.render({ ...result, notJudged: [], rules: [] }, options).trimEnd());
}

/** At most so many findings of other people's files are listed: `espalier check` has them all. */
const mostKnown = 10;

/** What is wrong in the repository that the tree has no part in. */
function tellKnown(known: readonly Finding[]): void {
  if (known.length === 0) return;
  const lines = known
    .slice(0, mostKnown)
    .map(({ file, line, rule, message }) => `  ${file}:${line} ${rule}: ${message}`);
  const more = known.length > lines.length ? ` (the first ${lines.length}; espalier check lists all)` : '';
  const what = known.every(({ severity }) => severity === 'error') ? 'error' : 'finding';
  printError(`warning: ${count(known.length, what)} that the tree does not cause${more}:\n${lines.join('\n')}`);
}

/** Warns of a tree that Git ignores, unless all of the project is, or Flux reads it from a registry or a bucket. */
function warnOfIgnored(app: string, { files, outdir }: Target): void {
  const [first] = files.keys();
  const by = first === undefined ? undefined : ignoredBy(outdir, first);
  if (by === undefined || ignoredBy('.', app) !== undefined) return;
  const isRead = [...files.values()].some((text) => /^ +kind: GitRepository$/m.test(text));
  if (!isRead) return;
  const { ignoredWarning } = require('./ignored') as typeof import('./ignored');
  printError(ignoredWarning(shown(outdir).replace(/\/$/, ''), by));
}

/** Such as the first run in a repository whose YAML is there already. */
function noAppYet(file: string): string {
  return `${file} has no app yet, so there is nothing to write. \`espalier adopt PATH\` turns YAML that is there into code.`;
}

function check(file: string, targets: readonly Target[], isJson: boolean): number {
  const told: SynthesizedFolder[] = [];
  const stale = targets.filter((target) => {
    const { outdir, files, within } = target;
    const plan = compareTree(files, outdir, { within });
    if (!isJson) return !isCurrent(plan, { folder: shown(outdir), source: file, command: thisCommand() });
    told.push(folderOf(target, plan, isAllThere(plan)));
    return !isAllThere(plan);
  });
  if (isJson) tell(told);
  return stale.length === 0 ? 0 : 1;
}

function folderOf({ outdir, result, known }: Target, plan: Plan, upToDate: boolean): SynthesizedFolder {
  const { findingData } = require('../report/json') as typeof import('../report/json');
  const { findings = [], unknowns = [] } = result ?? {};
  return {
    ...writtenFolder(plan, shown(outdir), upToDate),
    findings: findings.map(findingData),
    unknowns: unknowns.map(({ message, file, line }) => ({ message, file, line })),
    notCaused: known.map(findingData),
  };
}

function tell(trees: readonly SynthesizedFolder[]): void {
  const { outcomeJson } = require('../report/outcomes') as typeof import('../report/outcomes');
  print(outcomeJson({ version: 1, trees }));
}

/** What the user typed to get here. */
function thisCommand(): string {
  return process.env.npm_lifecycle_event === 'start' ? 'npm start' : 'espalier synth';
}

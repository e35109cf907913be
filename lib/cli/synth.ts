import { resolve } from 'node:path';
import type { CheckSettings } from '../checks/check-synthesized';
import type { Result } from '../checks/finding';
import { ruleIds } from '../checks/rules';
import type { Synthesized } from '../constructs/synthesis';
import { EspalierError } from '../errors';
import { objectMayHoldHcl } from '../graph/vault/policies';
import { outputOf } from '../report/output';
import { pretty } from '../report/pretty';
import { refusal } from '../report/refusal';
import { compareTree, writeTree } from '../tree';
import { loadHcl } from '../tree/hcl';
import { cdk8sSynth } from './cdk8s-synth';
import type { Command } from './command';
import { type Config, readConfig } from './config';
import { loadApp } from './load-app';
import { hasColours, print, printError } from './terminal';
import { isCurrent, shown, summary } from './written';

const help = `espalier synth [FILE]: writes the tree that an app yields: all of it or nothing, and only what changed.

Usage: espalier synth [FILE] [options]

  FILE            the app (default: main.ts)
  --output DIR    the folder to write to (default: what App({ outdir }) says, else dist)
  --check         write nothing; show what would change and exit with 1 if anything would
  --force         overwrite files that somebody else made or changed
  --quiet         print errors only
  --trace         print the stack trace of an error

Exit codes: 0 written, or nothing to change; 1 --check found a difference; 2 it could not run,
or Flux would fail on the tree, which then is not written.

Example: espalier synth --check`;

/** The rendered tree of one output folder. */
interface Target {
  readonly outdir: string;
  readonly files: ReadonlyMap<string, string>;
  /** What the checks found in it; undefined when the app wants none. */
  readonly result: Result | undefined;
}

export const synth: Command = {
  name: 'synth',
  summary: 'write the tree that main.ts yields; --check compares only',
  help,
  positionals: 1,
  options: {
    output: { type: 'string' },
    check: { type: 'boolean' },
    force: { type: 'boolean' },
    quiet: { type: 'boolean' },
  },
  async run({ values, positionals }) {
    const { config } = await readConfig(undefined, process.cwd(), ruleIds);
    const { file, targets } = await targetsOf(positionals[0], values.output as string | undefined, config);
    for (const target of targets) refuseErrors(target, values.quiet === true);
    if (values.check) return check(file, targets);
    const cdk8s = cdk8sSynth(targets.map(({ outdir }) => outdir));
    for (const target of cdk8s.writeTree ? targets : []) {
      const plan = writeTree(target.files, target.outdir, { force: values.force === true });
      if (!values.quiet) print(summary(plan, shown(target.outdir), target.files.size));
    }
    if (cdk8s.copyTo !== undefined) {
      writeTree(new Map(targets.flatMap(({ files }) => [...files])), cdk8s.copyTo, { force: true });
    }
    return 0;
  },
};

/** What each output folder is to hold; several apps of a file may share one. */
async function targetsOf(
  file: string | undefined,
  output: string | undefined,
  config: Config,
): Promise<{ file: string; targets: Target[] }> {
  const loaded = await loadApp(file);
  const trees = new Map<string, Synthesized[]>();
  for (const app of loaded.synthesized) {
    const outdir = resolve(output ?? app.outdir ?? 'dist');
    trees.set(outdir, [...(trees.get(outdir) ?? []), app]);
  }
  const documents = loaded.synthesized.flatMap(({ tree }) => tree.files.flatMap((one) => one.documents));
  const hcl = documents.some(objectMayHoldHcl) ? await loadHcl() : undefined;
  const targets = [...trees].map(([outdir, apps]) => {
    const tree = {
      files: apps.flatMap((app) => app.tree.files),
      external: apps.flatMap((app) => app.tree.external ?? []),
      policies: apps.flatMap((app) => app.tree.policies ?? []),
    };
    if (tree.files.length === 0) throw nothingToWrite(loaded.file, outdir);
    const check = settingsOf(apps, config) ?? false;
    return { outdir, ...outputOf(tree, { outdir, schemaHost: apps[0]?.schemaHost, check, hcl }) };
  });
  return { file: loaded.file, targets };
}

/** What apps say of the checks, and over that the configuration; undefined when they want none. */
function settingsOf(apps: readonly Synthesized[], { rules, external = [] }: Config): CheckSettings | undefined {
  const wanted = apps.flatMap(({ check }) => (check === false ? [] : [check]));
  if (wanted.length === 0) return undefined;
  return {
    rules: Object.assign({}, ...wanted.map((settings) => settings.rules), rules),
    external: [...wanted.flatMap((settings) => settings.external ?? []), ...external],
  };
}

/** @throws EspalierError when Flux would fail on the tree */
function refuseErrors({ result, outdir }: Target, quiet: boolean): void {
  if (result === undefined) return;
  const refused = refusal(result, shown(outdir));
  if (refused !== undefined) throw new EspalierError(refused);
  if (result.findings.length > 0 && !quiet) {
    const options = {
      color: hasColours(process.stderr),
      width: process.stderr.columns,
      failOn: 'error',
      version: '',
    } as const;
    printError(pretty.render(result, options).trimEnd());
  }
}

/** An app without a cluster is a mistake far more often than a wish to delete the tree. */
function nothingToWrite(file: string, outdir: string): EspalierError {
  return new EspalierError(
    `${file} yields no files for ${shown(outdir)}: its app has no Cluster. To do away with the tree, delete the folder.`,
  );
}

function check(file: string, targets: readonly Target[]): number {
  const stale = targets.filter(({ outdir, files }) => {
    return !isCurrent(compareTree(files, outdir), { folder: shown(outdir), source: file, command: thisCommand() });
  });
  return stale.length === 0 ? 0 : 1;
}

/** What the user typed to get here. */
function thisCommand(): string {
  return process.env.npm_lifecycle_event === 'start' ? 'npm start' : 'espalier synth';
}

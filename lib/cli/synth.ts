import { isAbsolute, relative, resolve, sep } from 'node:path';
import { compareTree, diffPlan, hasChanges, type Plan, renderTree, writeTree } from '../tree';
import type { Command } from './command';
import { loadApp } from './load-app';
import { paint, print, printError } from './terminal';

const help = `espalier synth [FILE]: writes the tree that an app yields: all of it or nothing, and only what changed.

Usage: espalier synth [FILE] [options]

  FILE            the app (default: main.ts)
  --output DIR    the folder to write to (default: what App({ outdir }) says, else dist)
  --check         write nothing; show what would change and exit with 1 if anything would
  --force         overwrite files that somebody else made or changed
  --quiet         print errors only
  --trace         print the stack trace of an error

Exit codes: 0 written, or nothing to change; 1 --check found a difference; 2 it could not run.

Example: espalier synth --check`;

/** Trees of one output folder: several apps of a file may share it. */
interface Target {
  readonly outdir: string;
  readonly files: Map<string, string>;
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
    const { file, targets } = await targetsOf(positionals[0], values.output as string | undefined);
    if (values.check) return check(file, targets);
    for (const target of withCdk8sOutput(targets)) {
      const plan = writeTree(target.files, target.outdir, { force: values.force === true });
      if (!values.quiet) print(summary(plan, target));
    }
    return 0;
  },
};

async function targetsOf(
  file: string | undefined,
  output: string | undefined,
): Promise<{ file: string; targets: Target[] }> {
  const loaded = await loadApp(file);
  const targets = new Map<string, Target>();
  for (const { tree, outdir, schemaHost } of loaded.synthesized) {
    const folder = resolve(output ?? outdir ?? 'dist');
    const target = targets.get(folder) ?? { outdir: folder, files: new Map() };
    targets.set(folder, target);
    for (const [path, text] of renderTree(tree, { schemaHost })) target.files.set(path, text);
  }
  return { file: loaded.file, targets: [...targets.values()] };
}

/**
 * Under `cdk8s synth` the tree goes to the folder that cdk8s has just emptied and will list, too. With `--stdout` that is
 * a temporary folder, and nothing else is written.
 */
function withCdk8sOutput(targets: readonly Target[]): readonly Target[] {
  const folder = process.env.CDK8S_OUTDIR;
  if (folder === undefined) return targets;
  const outdir = resolve(folder);
  if (targets.some((target) => target.outdir === outdir)) {
    printError(
      `warning: cdk8s synth has emptied ${folder}/ before the app ran, foreign files included. Write \`output: build/cdk8s\` in cdk8s.yaml: the tree still goes to ${folder}/, and nothing is lost there.`,
    );
    return targets;
  }
  const copies = targets.map((target) => ({ ...target, outdir }));
  const inProject = !relative(process.cwd(), outdir).startsWith('..') && !isAbsolute(relative(process.cwd(), outdir));
  return inProject ? [...targets, ...copies] : copies;
}

function check(file: string, targets: readonly Target[]): number {
  let drift = false;
  for (const { outdir, files } of targets) {
    const plan = compareTree(files, outdir);
    const folder = shown(outdir);
    if (!hasChanges(plan)) {
      print(`${folder} is what ${file} yields: ${count(files.size, 'file')}.`);
      continue;
    }
    drift = true;
    print(diffPlan(plan).trimEnd());
    if (plan.incomplete) printError(`${folder} is incomplete: a run was cut short.`);
    printError(
      `error: ${folder} is not what ${file} yields (${changes(plan)}). Run espalier synth (here: npm start) and commit the result.`,
    );
  }
  return drift ? 1 : 0;
}

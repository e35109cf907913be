import { resolve } from 'node:path';
import type { CheckSettings } from '../checks/check-synthesized';
import type { Synthesized } from '../constructs/synthesis';
import { EspalierError } from '../errors';
import { objectMayHoldHcl } from '../graph/vault/policies';
import { type Output, outputOf } from '../report/output';
import { loadHcl } from '../tree/hcl';
import type { Config } from './config';
import { shown } from './written';

/** The rendered tree of one output folder, and what the checks found in it. */
export interface Target extends Output {
  readonly outdir: string;
}

/** Of what a tree's output follows besides its apps. */
export interface TargetOptions {
  /** The app's file, for messages. */
  readonly file: string;
  /** The folder to write to, whatever the apps say. */
  readonly output: string | undefined;
  readonly config: Config;
}

/**
 * What each output folder is to hold; several apps of a file may share one.
 *
 * @throws EspalierError for a tree that cannot be written (see outputOf) and for one without files
 */
export async function targetsOf(
  synthesized: readonly Synthesized[],
  { file, output, config }: TargetOptions,
): Promise<Target[]> {
  const trees = new Map<string, Synthesized[]>();
  for (const app of synthesized) {
    const outdir = resolve(output ?? app.outdir ?? 'dist');
    trees.set(outdir, [...(trees.get(outdir) ?? []), app]);
  }
  const documents = synthesized.flatMap(({ tree }) => tree.files.flatMap((one) => one.documents));
  const hcl = documents.some(objectMayHoldHcl) ? await loadHcl() : undefined;
  return [...trees].map(([outdir, apps]) => {
    const tree = {
      files: apps.flatMap((app) => app.tree.files),
      external: apps.flatMap((app) => app.tree.external ?? []),
      policies: apps.flatMap((app) => app.tree.policies ?? []),
    };
    if (tree.files.length === 0) throw nothingToWrite(file, outdir);
    const check = settingsOf(apps, config) ?? false;
    return { outdir, ...outputOf(tree, { outdir, schemaHost: apps[0]?.schemaHost, check, hcl }) };
  });
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

/** An app without a cluster is a mistake far more often than a wish to delete the tree. */
function nothingToWrite(file: string, outdir: string): EspalierError {
  return new EspalierError(
    `${file} yields no files for ${shown(outdir)}: its app has no Cluster. To do away with the tree, delete the folder.`,
  );
}

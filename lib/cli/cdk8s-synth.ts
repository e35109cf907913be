import { isAbsolute, relative, resolve } from 'node:path';
import { printError } from './terminal';

/** What `cdk8s synth`, which runs this command as its app, wants of it. */
export interface Cdk8sSynth {
  /** The folder that cdk8s has emptied, and that it lists afterwards; undefined when nobody asks for a copy. */
  readonly copyTo: string | undefined;
  /** False under `cdk8s synth --stdout`: only the copy is wanted, in a temporary folder. */
  readonly writeTree: boolean;
}

/**
 * `cdk8s synth` deletes its output folder before it runs the app. With an output of its own (`output: build/cdk8s` in
 * cdk8s.yaml) it deletes a copy, and the tree itself is written as ever. (cdk8s-cli, cli/cmds/synth)
 *
 * @param outdirs where the trees go
 */
export function cdk8sSynth(outdirs: readonly string[]): Cdk8sSynth {
  const folder = process.env.CDK8S_OUTDIR;
  if (folder === undefined) return { copyTo: undefined, writeTree: true };
  const copyTo = resolve(folder);
  if (outdirs.includes(copyTo)) {
    printError(
      `warning: cdk8s synth emptied ${folder}/ before this ran, including files that espalier did not make. Write "output: build/cdk8s" in cdk8s.yaml: the tree still goes to ${folder}/, and cdk8s only empties its own copy.`,
    );
    return { copyTo: undefined, writeTree: true };
  }
  const below = relative(process.cwd(), copyTo);
  return { copyTo, writeTree: !below.startsWith('..') && !isAbsolute(below) };
}

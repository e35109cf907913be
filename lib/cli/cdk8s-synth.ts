import { readFileSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { EspalierError } from '../errors';
import { isIn } from '../tree/source/seen-from';
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
 * @throws EspalierError where it would delete more than a tree: also before anybody runs it, for then it is too late
 */
export function cdk8sSynth(outdirs: readonly string[]): Cdk8sSynth {
  const folder = process.env.CDK8S_OUTDIR;
  refuseEmptying(folder ?? outputInConfig(), outdirs);
  if (folder === undefined) return { copyTo: undefined, writeTree: true };
  const copyTo = resolve(folder);
  if (outdirs.includes(copyTo)) {
    printError(
      `warning: cdk8s synth emptied ${folder}/ before this ran, including files that espalier did not make. Write "output: build/cdk8s" in cdk8s.yaml: the tree still goes to ${folder}/, and cdk8s only empties its own copy.`,
    );
    return { copyTo: undefined, writeTree: true };
  }
  return { copyTo, writeTree: isIn(copyTo, process.cwd()) };
}

/** The `output` of the project's cdk8s.yaml. */
function outputInConfig(): string | undefined {
  try {
    return /^output:[ \t]*(["']?)([^"'#\n]*?)\1[ \t]*(?:#.*)?$/m.exec(readFileSync('cdk8s.yaml', 'utf8'))?.[2];
  } catch {
    return undefined;
  }
}

function refuseEmptying(folder: string | undefined, outdirs: readonly string[]): void {
  if (folder === undefined || folder === '') return;
  const emptied = resolve(folder);
  const more = [process.cwd(), ...outdirs.filter((outdir) => outdir !== emptied)].find((path) => isIn(path, emptied));
  if (more === undefined) return;
  throw new EspalierError(
    `cdk8s.yaml: output: ${folder}: cdk8s synth deletes this folder before it runs the app, and with it all of ${relative(process.cwd(), more) || 'the project'}. Write "output: build/cdk8s": the tree goes where main.ts says, and cdk8s deletes its own copy alone.`,
  );
}

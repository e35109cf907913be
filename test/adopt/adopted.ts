import { type Adopted, adopt } from '../../lib/adopt/adopt';
import { schemaHostOf } from '../../lib/adopt/comments/schema-host';
import type { ComposeOptions } from '../../lib/adopt/compose';
import { addToMain, newMain } from '../../lib/adopt/print/main-file';
import { printProgram } from '../../lib/adopt/print/program';
import { runProgram } from '../../lib/adopt/run';
import { type Survey, survey } from '../../lib/adopt/survey';
import { renderTree } from '../../lib/tree/render';
import { graphOf } from '../graph/graph';
import type { Texts } from '../tree/kustomize/memory';

/** What adopt makes of a tree in memory: the code, and what that code writes. */
export function adopted(
  texts: Texts,
  options: Pick<ComposeOptions, 'cluster' | 'renovate'> = {},
  mentions?: (path: string) => string | undefined,
): {
  readonly found: Survey;
  readonly result: Adopted;
  readonly main: string;
  readonly code: ReadonlyMap<string, string>;
  readonly yaml: ReadonlyMap<string, string>;
} {
  const found = survey(graphOf(texts), () => true);
  const documents = [...found.files.flatMap(({ objects }) => objects), ...found.folders].map(
    ({ document }) => document,
  );
  const schemaHost = schemaHostOf(documents);
  const result = adopt(found, { outdir: '.', schemaHost, ...options }, undefined, mentions);
  const { tree } = runProgram(result.program);
  if (tree === undefined) throw new Error('the program does not run');
  const printed = printProgram(result.program);
  const main = addToMain(newMain(result.program), printed, './src');
  if ('why' in main) throw new Error(main.why);
  return { found, result, main: main.text, code: printed.modules, yaml: renderTree(tree, { schemaHost }) };
}

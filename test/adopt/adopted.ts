import { type Adopted, adopt } from '../../lib/adopt/adopt';
import { schemaHostOf } from '../../lib/adopt/comments/schema-host';
import { printProgram } from '../../lib/adopt/print/program';
import { runProgram } from '../../lib/adopt/run';
import { survey } from '../../lib/adopt/survey';
import { renderTree } from '../../lib/tree/render';
import { graphOf } from '../graph/graph';
import type { Texts } from '../tree/kustomize/memory';

/** What adopt makes of a tree in memory: the code, and what that code writes. */
export function adopted(texts: Texts): {
  readonly result: Adopted;
  readonly code: ReadonlyMap<string, string>;
  readonly yaml: ReadonlyMap<string, string>;
} {
  const found = survey(graphOf(texts), () => true);
  const documents = [...found.files.flatMap(({ objects }) => objects), ...found.folders].map(
    ({ document }) => document,
  );
  const schemaHost = schemaHostOf(documents);
  const result = adopt(found, { name: 'home', outdir: '.', schemaHost });
  const { tree } = runProgram(result.program);
  if (tree === undefined) throw new Error('the program does not run');
  return { result, code: printProgram(result.program).modules, yaml: renderTree(tree, { schemaHost }) };
}

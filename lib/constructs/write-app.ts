import { EspalierError } from '../errors';
import { refusal } from '../report/refusal';
import type { Tree } from '../tree/tree';
import { writeTree } from '../tree/write';
import { type OutputOptions, outputOf } from './output';

/**
 * Checks and writes the tree of an app that runs on its own: `node main.js`.
 *
 * @throws EspalierError for a tree on which Flux would fail, and for what cannot be written
 */
export function writeApp(tree: Tree, options: OutputOptions): void {
  const { files, result } = outputOf(tree, options);
  const failOn = options.check === false ? undefined : options.check.failOn;
  const refused = result && refusal(result, options.outdir, failOn);
  if (refused) throw new EspalierError(refused);
  writeTree(files, options.outdir);
}

import { type CheckSettings, checkSynthesized, synthesizedGraph } from '../checks/check-synthesized';
import type { Result } from '../checks/finding';
import type { ParseHcl } from '../tree/hcl';
import { checkPaths } from '../tree/paths';
import { renderTree } from '../tree/render';
import type { Tree } from '../tree/tree';
import { policyFiles } from './policy/files';

export interface OutputOptions {
  /** Where it is to be written. */
  readonly outdir: string;
  /** Where editors find the schemas (see RenderOptions). */
  readonly schemaHost?: string | false;
  /** What the checks shall know; false for none. */
  readonly check: CheckSettings | false;
  /**
   * Reads policies in HCL that are among the tree's own objects.
   *
   * @default - they are not checked
   */
  readonly hcl?: ParseHcl;
}

/** All that is written for a tree. */
export interface Output {
  /** By path, in the order of code units: the tree's own files and those that follow from it. */
  readonly files: ReadonlyMap<string, string>;
  /** What the checks found; undefined when nobody wants them. */
  readonly result: Result | undefined;
}

/**
 * Renders a tree with what follows from it, and checks it.
 *
 * @throws EspalierError for what cannot be written (see renderTree), and for a file that stands where a policy belongs
 */
export function outputOf(tree: Tree, { outdir, schemaHost, check, hcl }: OutputOptions): Output {
  const own = renderTree(tree, { schemaHost });
  if (check === false && tree.policies === undefined) return { files: own, result: undefined };
  const graph = synthesizedGraph(tree, own, outdir, check === false ? {} : check, hcl);
  const more = policyFiles(tree, graph);
  if (more.length > 0) checkPaths([...tree.files, ...more]);
  const all = [...own, ...more.map(({ path, text }) => [path, text] as const)];
  const files = new Map(all.sort(([a], [b]) => (a < b ? -1 : 1)));
  return { files, result: check === false ? undefined : checkSynthesized(graph, check) };
}

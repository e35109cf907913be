import { makeBuild } from '../tree/kustomize';
import { sourceOfTree } from '../tree/source';
import type { Tree } from '../tree/tree';
import { checkTree } from './check-tree';
import type { Result, Severity } from './finding';

/** What a user says of the checks of a tree. */
export interface CheckSettings {
  /** Rules by id: turned off, or of another severity. */
  readonly rules?: Readonly<Record<string, Severity | 'off'>>;
  /** Objects that are in the cluster but not in the tree, as `Secret/flux-system/sops-age`; `*` stands for any characters. */
  readonly external?: readonly string[];
}

/**
 * Checks a tree before it is written.
 *
 * @param texts its files as they would be written
 * @param outdir where
 */
export function checkSynthesized(
  tree: Tree,
  texts: ReadonlyMap<string, string>,
  outdir: string,
  { rules = {}, external = [] }: CheckSettings = {},
): Result {
  // Where the tree will lie in its repository is not known; neither is a program needed to build what constructs yield.
  const source = { ...sourceOfTree(tree, texts, outdir), location: '' };
  const build = makeBuild(source, { kustomize: false });
  return checkTree(source, build, {
    severities: new Map(Object.entries(rules)),
    external: [...external, ...(tree.external ?? [])],
  });
}

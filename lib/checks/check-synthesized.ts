import type { Graph } from '../graph/graph';
import { makeGraph } from '../graph/make-graph';
import { schemaStore } from '../graph/schema/store';
import type { ParseHcl } from '../tree/hcl';
import { makeBuild } from '../tree/kustomize';
import { readSchemaFile } from '../tree/schemas';
import { sourceOfTree } from '../tree/source';
import type { Tree } from '../tree/tree';
import type { Result, Severity } from './finding';
import { checks } from './index';
import { runChecks } from './run';

/** What a user says of the checks of a tree. */
export interface CheckSettings {
  /** Rules by id: turned off, or of another severity. */
  readonly rules?: Readonly<Record<string, Severity | 'off'>>;
  /** Objects that are in the cluster but not in the tree, as `Secret/flux-system/sops-age`; `*` stands for any characters. */
  readonly external?: readonly string[];
}

/**
 * Follows the references of a tree before it is written.
 *
 * @param texts its files as they would be written
 * @param outdir where
 * @param hcl reads policies in HCL that the tree holds; without it they are not read
 */
export function synthesizedGraph(
  tree: Tree,
  texts: ReadonlyMap<string, string>,
  outdir: string,
  { external = [] }: CheckSettings = {},
  hcl?: ParseHcl,
): Graph {
  // Where the tree will lie in its repository is not known; neither is a program needed to build what constructs yield.
  const source = { ...sourceOfTree(tree, texts, outdir), location: '' };
  const build = makeBuild(source);
  const schemas = schemaStore(readSchemaFile);
  return makeGraph(source, build, { external: [...external, ...(tree.external ?? [])], schemas, hcl });
}

/** Checks a tree before it is written. */
export function checkSynthesized(graph: Graph, { rules = {} }: CheckSettings = {}): Result {
  return runChecks(graph, { checks, severities: new Map(Object.entries(rules)) });
}

import { dirname, relative, resolve } from 'node:path';
import { followTree, lacksFiles } from '../graph/follow-tree';
import type { Graph } from '../graph/graph';
import type { GraphOptions } from '../graph/make-graph';
import { readPolicies } from '../graph/read-policies';
import { readSchemas } from '../graph/schema/read-schemas';
import type { CheckSettings } from '../rules/settings';
import type { ParseHcl } from '../systems/vault/hcl';
import { baselineText } from '../tree/baseline-file';
import { before, gitTop, isAt, laidOver, liesAmongOthers, realPath, slashes, sourceOfTree } from '../tree/source';
import type { Tree } from '../tree/tree';
import { type Baseline, readLines } from './baseline';
import { configure } from './configure';
import type { Result } from './finding';
import { runChecks } from './run';

/** What a tree is checked with, and where. */
export interface SynthesizedOptions {
  /** Where it is to be written. */
  readonly outdir: string;
  /** Where its author has it written, when this run writes it elsewhere. @default outdir */
  readonly belongs?: string;
  readonly check?: CheckSettings;
  /** Reads policies in HCL that the tree holds. @default they are not read */
  readonly hcl?: ParseHcl;
}

/** A tree's references, followed before it is written. */
export interface SynthesizedGraph extends Graph {
  /** Whether they lead to files that people wrote beside it, or to none: then more than the tree itself decides what is found. */
  readonly readsBeside: boolean;
  /** Of a tree that is written among what people wrote: what lies there now. */
  readonly before?: () => Graph;
}

/**
 * Follows the references of a tree before it is written. Where they lead to what the tree does not have, they are followed into
 * the folder that it will lie in: of the files there, those count that its Kustomizations apply. Of a tree that is written among
 * YAML that people wrote, that is read as a whole, as a check of the folder would read it.
 *
 * @param texts its files as they would be written
 */
export function synthesizedGraph(
  tree: Tree,
  texts: ReadonlyMap<string, string>,
  { outdir, belongs = outdir, check: { external = [], schemas, kubernetes } = {}, hcl }: SynthesizedOptions,
): SynthesizedGraph {
  const options = {
    external: [...external, ...(tree.external ?? [])],
    schemas: readSchemas({ folders: schemas, kubernetes, tree: belongs }),
    hcl,
  };
  const among = [outdir, belongs].find((folder) => liesAmongOthers(texts, folder));
  const top = among && gitTop(realPath(resolve(among)));
  if (among && top) return amongOthers(tree, texts, among, slashes(relative(top, realPath(resolve(among)))), options);
  // Where the tree will lie in its repository is not known.
  const own = followTree({ ...sourceOfTree(tree, texts, outdir), location: '' }, options);
  if (among) return amongOthers(tree, texts, among, isAt(among, own.above) ? own.above : '', options);
  if (!lacksFiles(own)) return { ...own, readsBeside: false };
  const place = [outdir, belongs].find((folder) => isAt(folder, own.above));
  const laid =
    place === undefined
      ? { ...laidOver(tree, texts, outdir, ''), location: '' }
      : laidOver(tree, texts, place, own.above);
  return { ...followTree(laid, options), readsBeside: true };
}

/** @param above the way from the repository to the output folder */
function amongOthers(
  tree: Tree,
  texts: ReadonlyMap<string, string>,
  outdir: string,
  above: string,
  options: GraphOptions,
): SynthesizedGraph {
  const graph = followTree(laidOver(tree, texts, outdir, above, true), options);
  return { ...graph, readsBeside: true, before: () => followTree(before(texts, outdir, above), options) };
}

/** Checks a tree before it is written. */
export function checkSynthesized(graph: Graph, settings: CheckSettings = {}): Result {
  const { policies = [] } = settings;
  const whole = policies.length === 0 ? graph : { ...graph, policies: readPolicies(policies) };
  const known = settings.baseline === undefined ? undefined : readBaseline(settings.baseline);
  return runChecks(whole, { ...configure(settings), baseline: known });
}

/** @throws EspalierError where it cannot be read */
export function readBaseline(path: string): Baseline {
  return { folder: dirname(resolve(path)), lines: readLines(baselineText(path)) };
}

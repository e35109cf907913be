import type { CheckResult, Finding } from '../checks/finding';
import type { PolicyFile } from '../report/policy/files';
import type { CheckSettings } from '../rules/settings';
import type { ParseHcl } from '../systems/vault/hcl';
import { checkPaths } from '../tree/paths';
import { renderTree } from '../tree/render';
import type { SchemaHost } from '../tree/schema-url';
import type { Tree } from '../tree/tree';

export interface OutputOptions {
  /** Where it is to be written. */
  readonly outdir: string;
  /** Where its author has it written, when this run writes it elsewhere. @default outdir */
  readonly belongs?: string;
  /** Where editors find the schemas (see RenderOptions). */
  readonly schemaHost?: SchemaHost;
  /** What the checks shall know; false for none. */
  readonly check: CheckSettings | false;
  /**
   * Reads policies in HCL that are among the tree's own objects.
   *
   * @default - they are not checked
   */
  readonly hcl?: ParseHcl;
}

/** What follows from a tree: all that is known of it only once its references are followed. */
export interface Outcome {
  /** What the checks found; undefined when nobody wants them. */
  readonly result: CheckResult | undefined;
  /** Files that are written beside the tree's own. */
  readonly policies: readonly PolicyFile[];
  /** Whether they follow from files beside the tree, too. @default false */
  readonly readsBeside?: boolean;
  /** Of a tree that is written among what people wrote: what is wrong there and not of its making. @default none */
  readonly known?: readonly Finding[];
}

/** All that is written for a tree. */
export interface Output {
  /** By path, in the order of code units: the tree's own files and those that follow from it. */
  readonly files: ReadonlyMap<string, string>;
  /** What the checks found; undefined when nobody wants them. */
  readonly result: CheckResult | undefined;
  readonly known: readonly Finding[];
}

/**
 * Renders a tree with what follows from it, and checks it.
 *
 * @throws EspalierError for what cannot be written (see renderTree), and for a file that stands where a policy belongs
 */
export function outputOf(tree: Tree, options: OutputOptions): Output {
  const own = renderTree(tree, options);
  return joined(own, needsGraph(tree, options.check) ? outcomeOf(tree, own, options) : nothing);
}

const nothing: Outcome = { result: undefined, policies: [] };

/** Whether references must be followed: they are for the checks and for policies. */
export function needsGraph({ policies }: Tree, check: CheckSettings | false): boolean {
  return check !== false || (policies !== undefined && policies.length > 0);
}

/** A tree's own files and those that follow from it. */
export function joined(own: ReadonlyMap<string, string>, { result, policies, known = [] }: Outcome): Output {
  if (policies.length === 0) return { files: own, result, known };
  const all = [...own, ...policies.map(({ path, text }) => [path, text] as const)];
  return { files: new Map(all.sort(([a], [b]) => (a < b ? -1 : 1))), result, known };
}

/**
 * Follows the references of a tree. What that takes, most of this library, is loaded here: a tree that is as it was needs none of it.
 *
 * @param own the tree's files as they would be written
 * @throws EspalierError for a file that stands where a policy belongs
 */
export function outcomeOf(tree: Tree, own: ReadonlyMap<string, string>, options: OutputOptions): Outcome {
  const { check } = options;
  const { checkSynthesized, synthesizedGraph } =
    require('../checks/check-synthesized') as typeof import('../checks/check-synthesized');
  const graph = synthesizedGraph(tree, own, { ...options, check: check === false ? {} : check });
  const { policyFiles } = require('../report/policy/files') as typeof import('../report/policy/files');
  const policies = policyFiles(tree, graph);
  if (policies.length > 0) checkPaths([...tree.files, ...policies]);
  const { readsBeside, before } = graph;
  if (check === false) return { result: undefined, policies, readsBeside };
  const result = checkSynthesized(graph, check);
  if (before === undefined) return { result, policies, readsBeside };
  const { causedBy } = require('../changes/caused') as typeof import('../changes/caused');
  const { failsRun } = require('../report/findings') as typeof import('../report/findings');
  const judged = () => {
    const old = before();
    return { graph: old, ...checkSynthesized(old, check) };
  };
  const { findings, known, isOwn } = causedBy({ graph, findings: result.findings }, judged, ({ severity }) =>
    failsRun(severity, check.failOn ?? 'error'),
  );
  // What cannot be judged of people's files is theirs to ask for.
  const unknowns = result.unknowns.filter(({ file }) => file !== undefined && isOwn(file));
  return { result: { ...result, findings, unknowns }, policies, readsBeside, known };
}

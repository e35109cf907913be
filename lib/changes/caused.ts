import { type Finding, type NotJudged, objectAlone } from '../checks/finding';
import type { Graph } from '../graph/graph';
import { describe } from '../graph/identity';
import { shownPath } from '../graph/shown-path';
import { display } from '../graph/substitution';
import { newIn } from './new-findings';

/** A tree, and what the checks find in it. */
export interface Found {
  readonly graph: Graph;
  readonly findings: readonly Finding[];
  readonly notJudged: readonly NotJudged[];
}

/** What the checks find in a tree that is written among what people wrote. */
export interface Parted {
  /** What is found in the tree's own files, or caused by them. */
  readonly findings: readonly Finding[];
  /** What would keep the tree from being written, and does not: it was there before, or is not of the tree's making. */
  readonly known: readonly Finding[];
  /** Whether a file, as it is named from where the command runs, is the tree's own. */
  readonly isOwn: (file: string) => boolean;
}

/**
 * Tells what a tree causes from what is wrong in the repository anyway. What counts is caused by the tree where the repository, as it
 * lies there now, does not have it: in files of the tree's own; and in others, where what it is a fault of was judged before.
 *
 * @param before what lies there now; asked only where something counts
 * @param counts whether a finding keeps the tree from being written
 */
export function causedBy(
  { graph, findings }: Pick<Found, 'graph' | 'findings'>,
  before: () => Found,
  counts: (finding: Finding) => boolean,
): Parted {
  const made = [...graph.tree.files.values()].filter(({ madeBy }) => madeBy !== undefined);
  const own = new Set(made.map(({ path }) => shownPath(graph.tree, path)));
  const counting = new Map(findings.filter(counts).map((finding) => [unmade(finding), finding]));
  const caused = new Set<Finding>();
  if (counting.size > 0) {
    const old = before();
    const wasJudged = judgedIn(old);
    for (const finding of newIn({ findings: [...counting.keys()] }, { findings: old.findings.map(unmade) })) {
      const original = counting.get(finding);
      if (original && (own.has(finding.file) || wasJudged(finding))) caused.add(original);
    }
  }
  return {
    findings: findings.filter((finding) => (counts(finding) ? caused.has(finding) : own.has(finding.file))),
    isOwn: (file) => own.has(file),
    known: [...counting.values()].filter((finding) => !caused.has(finding)),
  };
}

/** As it reads of files that nobody made. */
export function unmade(finding: Finding): Finding {
  return { ...finding, object: finding.object && objectAlone(finding.object) };
}

/**
 * Whether the checks had a look at what a finding is about, and nothing kept them from seeing all of it. An object that was not there, of
 * a file of which all was seen, is the tree's doing: a Kustomization that applies the file anew, with another namespace for example.
 */
function judgedIn({ graph: { clusters, tree, reached }, notJudged }: Found): (finding: Finding) => boolean {
  const [objects, seen, partly] = [new Set<string>(), new Set<string>(), new Set<string>()];
  for (const { resources, kustomizations } of clusters) {
    const unsure = new Set(
      kustomizations
        .filter(({ contents }) => contents.type !== 'built' || contents.built.faults.length > 0)
        .flatMap((kustomization) => kustomization.resources),
    );
    for (const one of resources) {
      (unsure.has(one) ? partly : seen).add(shownPath(tree, one.document.file.path));
      if (!unsure.has(one)) objects.add(display(describe(one)));
    }
  }
  const files = new Set([...reached].map((path) => shownPath(tree, path)));
  const open = new Set(notJudged.map(({ rule, object }) => `${rule} ${object}`));
  return ({ rule, object, file }) => {
    if (object === undefined) return files.has(file);
    return objects.has(object) ? !open.has(`${rule} ${object}`) : seen.has(file) && !partly.has(file);
  };
}

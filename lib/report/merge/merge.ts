import { worst } from '../../changes/make-review';
import type { Review } from '../../changes/review';
import type { Finding, NotJudged, Result, RuleDescription, Unknown } from '../../checks/finding';
import { objectAlone } from '../../checks/finding';
import { EspalierError } from '../../errors';
import { compareText } from '../../text/compare';
import { groupBy } from '../../text/group-by';
import { listed } from '../../text/listed';
import type { CheckData, Report } from './read';

/** What several runs found, as one. */
export type Merged =
  | { readonly kind: 'check'; readonly result: Result }
  | { readonly kind: 'diff'; readonly review: Review };

export interface MergeOptions {
  /** What is said of every rule, for formats that tell it. */
  readonly rules: readonly RuleDescription[];
  /** Whether findings that differ in their places alone are told once: for people. */
  readonly fold: boolean;
}

/**
 * Several runs' reports as one, in which each cluster is one.
 *
 * @throws EspalierError for reports of both commands, and for a cluster that two of them have
 */
export function merge(reports: readonly Report[], { rules, fold }: MergeOptions): Merged {
  const checks = reports.flatMap((report) => (report.kind === 'check' ? [report] : []));
  const diffs = reports.flatMap((report) => (report.kind === 'diff' ? [report] : []));
  const [check, diff] = [checks[0], diffs[0]];
  if (check !== undefined && diff !== undefined) {
    throw new EspalierError(
      `${check.file} is of espalier check, and ${diff.file} of espalier diff. Merge those of each command on their own.`,
    );
  }
  const clusters = clustersOf(reports);
  const findings = (ofEach: readonly (readonly Finding[])[]) => mergedFindings(ofEach, reports, clusters, fold);
  return check === undefined
    ? {
        kind: 'diff',
        review: mergedReview(
          diffs.map(({ data }) => data),
          clusters,
          findings,
        ),
      }
    : {
        kind: 'check',
        result: mergedResult(
          checks.map(({ data }) => data),
          clusters,
          rules,
          findings,
        ),
      };
}

type MergeFindings = (ofEach: readonly (readonly Finding[])[]) => readonly Finding[];

/** The clusters of each report: as it says or, of one that does not, its file. */
function namesOf({ kind, data, file }: Report): readonly string[] {
  return (kind === 'check' ? data.clusters : data.compared) ?? [file];
}

/** @throws EspalierError for a cluster that two of them have */
function clustersOf(reports: readonly Report[]): readonly string[] {
  const files = new Map<string, string>();
  for (const report of reports) {
    for (const name of namesOf(report)) {
      const other = files.get(name);
      if (other !== undefined) {
        throw new EspalierError(
          `the cluster ${name} is in ${other} and in ${report.file}. Give each once; clusters of several trees are told apart by the annotation espalier/cluster of their root Kustomizations.`,
        );
      }
      files.set(name, report.file);
    }
  }
  return [...files.keys()];
}

function mergedResult(
  all: readonly CheckData[],
  clusters: readonly string[],
  rules: readonly RuleDescription[],
  findings: MergeFindings,
): Result {
  const sum = (of: (counts: CheckData['counts']) => number) => all.reduce((total, { counts }) => total + of(counts), 0);
  const known = all.some(({ counts }) => counts.known !== undefined);
  return {
    findings: findings(all.map((one) => one.findings)),
    unknowns: once(all.flatMap(({ unknowns }) => unknowns)),
    notJudged: once<NotJudged>(all.flatMap(({ notJudged }) => notJudged)).sort(comparePlaces),
    clusters,
    rules,
    counts: {
      files: sum(({ files }) => files),
      documents: sum(({ documents }) => documents),
      resources: sum(({ resources }) => resources),
      kustomizations: sum(({ kustomizations }) => kustomizations),
      clusters: sum((counts) => counts.clusters),
      suppressed: sum(({ suppressed }) => suppressed),
      ...(known && { known: sum((counts) => counts.known ?? 0) }),
    },
  };
}

function mergedReview(all: readonly Review[], clusters: readonly string[], findings: MergeFindings): Review {
  const sides = (of: (review: Review) => string) => listed(new Set(all.map(of)), 3);
  return {
    base: sides(({ base }) => base),
    head: sides(({ head }) => head),
    danger: worst(all.map(({ danger }) => danger)),
    compared: clusters,
    clusters: all.flatMap((one) => one.clusters),
    found: findings(all.map(({ found }) => found)),
    mended: findings(all.map(({ mended }) => mended)),
    noLongerReported: findings(all.map(({ noLongerReported }) => noLongerReported)),
    unknown: [...new Set(all.flatMap(({ unknown }) => unknown))],
  };
}

/** Equal ones once. */
function once<T extends Unknown | NotJudged>(all: readonly T[]): T[] {
  return [...groupBy(all, (one) => JSON.stringify(one)).values()].map(([first]) => first);
}

/** The findings of every report, equal ones once, with the clusters that have them. */
function mergedFindings(
  ofEach: readonly (readonly Finding[])[],
  reports: readonly Report[],
  all: readonly string[],
  fold: boolean,
): readonly Finding[] {
  const told = ofEach.flatMap((findings, i) => {
    const names = namesOf(reports[i] as Report);
    return findings.map((one) => ({ ...one, clusters: one.clusters.length === 0 ? names : one.clusters }));
  });
  const equal = [...groupBy(told, placed).values()].map((group) => ({ ...group[0], clusters: clustersIn(group) }));
  const findings = fold ? [...groupBy(equal, said).values()].flatMap(folded) : equal;
  return findings
    .map((one) => (one.clusters.length === all.length ? { ...one, clusters: [] } : one))
    .sort((a, b) => comparePlaces(a, b) || compareText(a.rule, b.rule) || compareText(a.message, b.message));
}

/** What makes two findings one: all that they say. */
function placed({ clusters: _, kustomizations: __, frame: ___, ...said }: Finding): string {
  return JSON.stringify(said);
}

/** What two findings of different files say alike. */
function said({ rule, severity, message, remedy, object = '', chain }: Finding): string {
  return JSON.stringify([rule, severity, message, remedy, objectAlone(object), chain]);
}

function clustersIn(findings: readonly Finding[]): readonly string[] {
  return [...new Set(findings.flatMap(({ clusters }) => clusters))].sort(compareText);
}

/** One for all, where several clusters have it; what one cluster has in several places stays as it is. */
function folded(group: readonly [Finding, ...Finding[]]): readonly Finding[] {
  const clusters = clustersIn(group);
  if (group.length === 1 || clusters.length === 1) return group;
  const [first] = group;
  return [
    {
      ...first,
      message: `${first.message}; the same in ${clusters.length} clusters: ${listed(clusters, 6)}`,
      places: group.flatMap((one) => one.places ?? [`${one.file}:${one.line}`]),
      clusters,
    },
  ];
}

function comparePlaces(a: Finding | NotJudged, b: Finding | NotJudged): number {
  return compareText(a.file, b.file) || a.line - b.line || a.column - b.column;
}

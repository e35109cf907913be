import { clusterNames } from '../graph/cluster-name';
import type { Graph } from '../graph/graph';
import { hiddenAt, hider, maskForms, replaceAll, topOf } from '../graph/masking';
import type { ResourcePath, ValuePlace } from '../graph/resource';
import { shownPath } from '../graph/shown-path';
import { display } from '../graph/substitution';
import { pathText } from '../json/path-text';
import { compareText } from '../text/compare';
import { lazy, memoize } from '../text/memoize';
import type { SourceDocument } from '../tree/source/source';
import { type Baseline, KnownFindings } from './baseline';
import type { Check, Problem, Spot } from './check';
import { describeRule } from './describe-rule';
import type { Finding, FindingFix, NotJudged, Result, RuleDescription, Severity, Unknown } from './finding';
import { findingFix } from './fix';
import { isOff, togetherOf } from './of-charts';
import { SensitiveLines } from './position';
import { badSuppression, Suppressions, suppressionFaults, unusedSuppression } from './suppression';
import { documentOf, type FoundProblem, findingOf, notJudgedOf, type Shown, shortened } from './told';
import { toldOnce } from './told-once';
import { summaryOf, unknownsOf } from './unknowns';

export interface RunOptions {
  readonly checks: readonly Check[];
  /** What the user says of rules, by id. */
  readonly severities?: ReadonlyMap<string, Severity | 'off'>;
  /**
   * Whether what is said once a tree is said of each place: for those who compare findings, or show them beside objects.
   *
   * @default false
   */
  readonly each?: boolean;
  /**
   * The ids of the rules that are reported. The others run, too: what is said of comments that suppress findings rests on all.
   *
   * @default - all
   */
  readonly only?: ReadonlySet<string>;
  /**
   * Whether findings carry what fixes them, for which files are read once more.
   *
   * @default true
   */
  readonly fixes?: boolean;
  /** Findings that are known already. @default - none */
  readonly baseline?: Baseline | undefined;
}

function hiddenIn(at: Spot): readonly string[] {
  if ('file' in at) return [];
  const value = 'resource' in at ? at.resource.value : at.document.value;
  return hiddenAt(value, topOf({ document: documentOf(at) }), at.path);
}

/** How many findings of a rule in a file are kept: who fixes a thousand of them finds the others. */
const maximumAlike = 1000;

/** Counts what a rule finds in a file. */
class Alike {
  private readonly counts = new Map<string, number>();

  isFull(rule: string, at: Spot): boolean {
    const key = `${rule} ${'file' in at ? at.file : documentOf(at).file.path}`;
    const count = (this.counts.get(key) ?? 0) + 1;
    this.counts.set(key, count);
    return count > maximumAlike;
  }

  /** What is said of those that were left out. */
  leftOut(tree: Graph['tree'], isAsked: (rule: string) => boolean): Unknown[] {
    return [...this.counts].flatMap(([key, count]) => {
      const [rule, file] = [key.slice(0, key.indexOf(' ')), key.slice(key.indexOf(' ') + 1)];
      if (count <= maximumAlike || !isAsked(rule)) return [];
      const message = `${rule} finds ${count} faults; only the first ${maximumAlike} are listed`;
      return [{ message, file: shownPath(tree, file) }];
    });
  }
}

/** Runs the rules over a tree. The findings are sorted, and the same for the same tree. */
export function runChecks(graph: Graph, options: RunOptions): Result {
  return tell(graph, options, findProblems(graph, options), new Map());
}

/** As `runChecks`; what values of HelmReleases cause in what their charts make is told at the values. */
export async function runChecksTraced(graph: Graph, options: RunOptions): Promise<Result> {
  const problems = findProblems(graph, options);
  const ofCharts = [...problems.found.values()].flatMap(({ problem: { at } }) =>
    'resource' in at && at.resource.chart !== undefined ? [at] : [],
  );
  const places = ofCharts.length === 0 ? undefined : await graph.trace?.(ofCharts);
  return tell(graph, options, problems, places ?? new Map());
}

/** What the rules have found, before it is known what is told of it. */
interface Problems {
  readonly found: ReadonlyMap<string, FoundProblem>;
  readonly open: ReadonlyMap<string, FoundProblem>;
  readonly sensitive: SensitiveLines;
  readonly alike: Alike;
  readonly suppressed: number;
}

/** Where values of HelmReleases are written that problems of their charts' objects are made of. */
type ValuePlaces = ReadonlyMap<ResourcePath, ValuePlace>;

function findProblems(graph: Graph, { checks, severities = new Map() }: RunOptions): Problems {
  const active = checks.filter(({ id }) => severities.get(id) !== 'off');
  const suppressions = new Suppressions();
  const found = new Map<string, FoundProblem>();
  const open = new Map<string, FoundProblem>();
  const sensitive = new SensitiveLines();
  const alike = new Alike();
  const add = (check: Check, problem: Problem, cluster?: string) => {
    if (isOff(check, problem)) return;
    if (problem.sensitive === true) sensitive.add(problem.at);
    if (suppressions.covers(check.id, problem.at)) return;
    if (problem.of !== undefined && suppressions.covers(check.id, { resource: problem.of, path: [] })) return;
    const into = problem.unless !== undefined || isUncertain(problem.at) ? open : found;
    const key = keyOf(check, problem);
    if (!into.has(key) && alike.isFull(check.id, problem.at)) return;
    const item = into.get(key) ?? { check, problem, clusters: new Set(), kustomizations: new Set() };
    into.set(key, item);
    for (const name of kustomizationsOf(problem)) item.kustomizations.add(name);
    if (cluster !== undefined) item.clusters.add(cluster);
  };
  for (const check of active) {
    if ('checkTree' in check) for (const problem of check.checkTree(graph, check.options ?? {})) add(check, problem);
    else {
      for (const cluster of graph.clusters) {
        for (const problem of check.check(cluster, graph, check.options ?? {})) add(check, problem, cluster.name);
      }
    }
  }
  const ids = new Set(checks.map(({ id }) => id));
  for (const { check, problem } of suppressionFaults(graph, suppressions, ids, severities)) {
    found.set(keyOf(check, problem), { check, problem, clusters: new Set(), kustomizations: new Set() });
  }
  return { found, open, sensitive, alike, suppressed: suppressions.used };
}

function tell(
  graph: Graph,
  { checks, severities = new Map(), each = false, fixes = true, only, baseline }: RunOptions,
  { found, open, sensitive, alike, suppressed }: Problems,
  places: ValuePlaces,
): Result {
  const isAsked = (rule: string) => only === undefined || only.has(rule);
  const active = checks.filter(({ id }) => severities.get(id) !== 'off');
  const placeOf = ({ at }: Problem) => ('resource' in at ? places.get(at) : undefined);
  const hide = lazy(() => hider([graph]));
  const shown: Shown = (text, at) => {
    const own = at === undefined ? text : replaceAll(text, hiddenIn(at));
    return hide()(maskForms(display(own)));
  };
  const known = baseline && new KnownFindings(baseline);
  const told = [...found.values()]
    .filter(({ check }) => isAsked(check.id))
    .map((item) => ({
      finding: {
        ...findingOf(item, placeOf(item.problem), graph, severities, sensitive, shown),
        ...(fixes && optional(findingFix(item.problem, graph, (text) => shown(text, item.problem.at)))),
      },
      path: 'file' in item.problem.at ? '' : shown(pathText(item.problem.at.path)),
      together:
        placeOf(item.problem) === undefined
          ? togetherOf(item.check, item.problem, (text, at) => shortened(shown(text, at)))
          : undefined,
    }))
    .sort((a, b) => compareFindings(a.finding, b.finding))
    .filter((one) => !known?.covers(one.finding, one.path));
  const notJudged = [...open.values()]
    .filter(({ check }) => isAsked(check.id))
    .map((item) => notJudgedOf(item, graph, shown))
    .sort(compareFindings);
  return {
    findings: each ? told.map((one) => one.finding) : toldOnce(told),
    unknowns: [...unknownsOf(graph), ...summaryOf(notJudged), ...alike.leftOut(graph.tree, isAsked)].map((unknown) => ({
      ...unknown,
      message: shown(unknown.message),
    })),
    notJudged,
    clusters: [...clusterNames(graph).values()],
    rules: [...active, unusedSuppression, badSuppression]
      .filter(({ id }) => isAsked(id))
      .map(describeRule)
      .sort((a, b) => compareText(a.id, b.id)),
    counts: { ...counts(graph, suppressed), ...(known && { known: known.count }) },
    ...(known && { baseline: known.compared(isAsked) }),
  };
}

function kustomizationsOf({ at, kustomizations }: Problem): readonly string[] {
  if (kustomizations !== undefined) return kustomizations;
  const by = 'resource' in at ? at.resource.appliedBy : undefined;
  return by === undefined ? [] : [`${by.namespace}/${by.name}`];
}

/** What a patch that is not known may have fixed is not reported. */
function isUncertain(at: Spot): boolean {
  return 'resource' in at && at.resource.uncertain;
}

/** Ids of documents, so that a problem of a shared document is one problem in all clusters. */
const documentId = memoize((_: SourceDocument) => nextId++);
let nextId = 0;

function keyOf({ id }: RuleDescription, { at, message }: Problem): string {
  if ('file' in at) return JSON.stringify([id, at.file, at.line, at.column, message]);
  return JSON.stringify([id, documentId(documentOf(at)), at.path, at.on, message]);
}

function optional(fix: FindingFix | undefined): { readonly fix?: FindingFix } {
  return fix === undefined ? {} : { fix };
}

function compareFindings<T extends Finding | NotJudged>(a: T, b: T): number {
  return (
    compareText(a.file, b.file) ||
    a.line - b.line ||
    a.column - b.column ||
    compareText(a.rule, b.rule) ||
    compareText(sayingOf(a), sayingOf(b))
  );
}

function sayingOf(found: Finding | NotJudged): string {
  return 'message' in found ? found.message : JSON.stringify([found.kind, found.namespace, found.name, found.key]);
}

function counts({ tree, clusters }: Graph, suppressed: number): Result['counts'] {
  const sum = (of: (cluster: Graph['clusters'][number]) => number) =>
    clusters.reduce((total, cluster) => total + of(cluster), 0);
  let documents = 0;
  for (const file of tree.files.values()) documents += file.documents.length;
  return {
    files: tree.files.size,
    documents,
    resources: sum(({ resources }) => resources.length),
    kustomizations: sum(({ kustomizations }) => kustomizations.length),
    clusters: clusters.length,
    suppressed,
  };
}

import { clusterNames } from '../graph/cluster-name';
import type { Graph } from '../graph/graph';
import { describe, isObject } from '../graph/identity';
import { frame, hiddenAt, hider, maskForms, replaceAll, topOf } from '../graph/masking';
import type { ResourcePath, ValuePlace } from '../graph/resource';
import { shownPath } from '../graph/shown-path';
import { display } from '../graph/substitution';
import { pathText } from '../json/path-text';
import { compareText } from '../text/compare';
import { lazy, memoize } from '../text/memoize';
import { sentence } from '../text/sentence';
import { folderOf, isPutAside } from '../tree/paths';
import type { Position, SourceDocument } from '../tree/source/source';
import { type Baseline, KnownFindings } from './baseline';
import type { Check, Problem, Spot } from './check';
import { describeRule } from './describe-rule';
import type { Finding, FindingFix, FrameLine, NotJudged, Result, RuleDescription, Severity, Unknown } from './finding';
import { findingFix } from './fix';
import { isOff, originStep, severityOf, togetherOf } from './of-charts';
import { fileOf, framed, positionOf, SensitiveLines } from './position';
import { badSuppression, Suppressions, suppressionFaults, unusedSuppression } from './suppression';
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

/** A problem with where it was found, before it is known in which other clusters it is. */
interface FoundProblem {
  readonly check: RuleDescription;
  readonly problem: Problem;
  readonly clusters: Set<string>;
  readonly kustomizations: Set<string>;
}

/** A text as it may be shown, without what is secret in the tree, nor at the place that it speaks of. */
type Shown = (text: string, at?: Spot) => string;

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
        ...finding(item, placeOf(item.problem), graph, severities, sensitive, shown),
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

function documentOf(at: Exclude<Spot, { file: string }>): SourceDocument {
  return 'resource' in at ? at.resource.document : at.document;
}

function finding(
  { check, problem, clusters, kustomizations }: FoundProblem,
  place: ValuePlace | undefined,
  graph: Graph,
  severities: ReadonlyMap<string, Severity | 'off'>,
  sensitive: SensitiveLines,
  shown: Shown,
): Finding {
  const { at, message } = problem;
  const set = severities.get(check.id);
  const { file, line, column } = positionOf(place ?? at);
  const isSensitive = problem.sensitive === true || place?.secret === true || sensitive.near(file, line);
  // What the user's own value causes is as severe as in the user's own objects.
  const own = place === undefined ? severityOf(check, problem) : (problem.severity ?? check.severity);
  return {
    rule: check.id,
    severity: set === undefined || set === 'off' ? own : set,
    message: shortened(shown(`${message}${writtenApart(problem, graph)}`, at)),
    remedy: sentence(problem.remedy === undefined ? check.remedy : shown(problem.remedy, at)),
    file: 'file' in at && at.isShown === true ? file : shownPath(graph.tree, file),
    line,
    column,
    object: shownObject(at, shown) ?? (problem.of === undefined ? undefined : shown(describe(problem.of))),
    chain: [...originStep(problem), ...(problem.chain ?? [])].map((step) => shortened(shown(step))),
    frame: isSensitive ? [] : frameOf(graph, file, { line, column }, shown),
    clusters: clusters.size === graph.clusters.length ? [] : [...clusters].sort(compareText),
    ...(kustomizations.size > 1 && { kustomizations: [...kustomizations].sort(compareText) }),
  };
}

/** Where a missing object is written all the same: in a file that nothing applies. */
function writtenApart({ lacks }: Problem, graph: Graph): string {
  const apart = apartIn(graph.unreached);
  const document = lacks && (apart.get(describe(lacks)) ?? apart.get(describe({ ...lacks, namespace: '' })));
  if (document === undefined) return '';
  return `; ${shownPath(graph.tree, document.file.path)} has it, but nothing applies that file`;
}

const apartIn = memoize((documents: readonly SourceDocument[]): ReadonlyMap<string, SourceDocument> => {
  const found = documents.flatMap((document) => {
    const { value, file } = document;
    if (!isObject(value) || isPutAside(folderOf(file.path))) return [];
    const { kind, metadata } = value;
    return [[describe({ kind, name: metadata.name, namespace: String(metadata.namespace ?? '') }), document] as const];
  });
  return new Map(found);
});

function optional(fix: FindingFix | undefined): { readonly fix?: FindingFix } {
  return fix === undefined ? {} : { fix };
}

/** More of a text nobody reads; what a tree names may be as long as a file. */
const longestMessage = 1000;

function shortened(text: string): string {
  return text.length > longestMessage ? `${text.slice(0, longestMessage)}…` : text;
}

function notJudgedOf({ check, problem, clusters }: FoundProblem, graph: Graph, shown: Shown): NotJudged {
  const { at, unless } = problem;
  // Few formats tell where each is.
  const position = lazy(() => positionOf(at));
  const own = 'resource' in at ? at.resource : { kind: '', namespace: '', name: '' };
  const { kind, namespace, name } = unless ?? own;
  return {
    rule: check.id,
    kind,
    namespace: shown(namespace),
    name: shown(name),
    key: unless?.key === undefined ? undefined : shown(unless.key),
    object: shownObject(at, shown),
    file: shownPath(graph.tree, fileOf(at)),
    get line() {
      return position().line;
    },
    get column() {
      return position().column;
    },
    why: shown(unless?.by.why ?? 'something that espalier does not follow changes it'),
    clusters: clusters.size === graph.clusters.length ? [] : [...clusters].sort(compareText),
  };
}

/** The object at fault, with what is not known of its name as its author wrote it, and the construct that made it. */
function shownObject(at: Spot, shown: Shown): string | undefined {
  const object = objectOf(at);
  if (object === undefined || 'file' in at) return undefined;
  const { madeBy } = documentOf(at).file;
  return `${shortened(shown(object))}${madeBy === undefined ? '' : `, made by ${madeBy}`}`;
}

function objectOf(at: Spot): string | undefined {
  if ('file' in at) return undefined;
  if ('resource' in at) return describe(at.resource);
  const { value } = at.document;
  if (!isObject(value)) return undefined;
  const namespace = value.metadata.namespace;
  return describe({
    kind: value.kind,
    name: value.metadata.name,
    namespace: typeof namespace === 'string' ? namespace : '',
  });
}

/** The lines around a problem, without what is secret in them. */
function frameOf(graph: Graph, path: string, position: Position, shown: Shown): readonly FrameLine[] {
  const file = graph.tree.file(path) ?? graph.tree.files.get(path);
  if (file === undefined) return [];
  return frame(file, position, framed).map(({ number, text }) => ({ number, text: shown(text) }));
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

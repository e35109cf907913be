import type { Graph } from '../graph/graph';
import { describe, isObject } from '../graph/identity';
import { frame } from '../graph/masking';
import type { ValuePlace } from '../graph/resource';
import { shownPath } from '../graph/shown-path';
import { compareText } from '../text/compare';
import { lazy, memoize } from '../text/memoize';
import { sentence } from '../text/sentence';
import { folderOf, isPutAside } from '../tree/paths';
import type { Position, SourceDocument } from '../tree/source/source';
import type { Problem, Spot } from './check';
import type { Finding, FrameLine, NotJudged, RuleDescription, Severity } from './finding';
import { originStep, severityOf } from './of-charts';
import { fileOf, framed, positionOf, type SensitiveLines } from './position';

/** A problem with where it was found, before it is known in which other clusters it is. */
export interface FoundProblem {
  readonly check: RuleDescription;
  readonly problem: Problem;
  readonly clusters: Set<string>;
  readonly kustomizations: Set<string>;
}

/** A text as it may be shown, without what is secret in the tree, nor at the place that it speaks of. */
export type Shown = (text: string, at?: Spot) => string;

export function documentOf(at: Exclude<Spot, { file: string }>): SourceDocument {
  return 'resource' in at ? at.resource.document : at.document;
}

/**
 * What is told of a problem.
 *
 * @param place where the value of a HelmRelease is written that it is made of
 */
export function findingOf(
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

/** More of a text nobody reads; what a tree names may be as long as a file. */
const longestMessage = 1000;

export function shortened(text: string): string {
  return text.length > longestMessage ? `${text.slice(0, longestMessage)}…` : text;
}

export function notJudgedOf({ check, problem, clusters }: FoundProblem, graph: Graph, shown: Shown): NotJudged {
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

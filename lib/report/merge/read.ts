import { type Change, dangers, effectKinds, type Review } from '../../changes/review';
import type { CheckResult, Finding, NotJudged } from '../../checks/finding';
import { EspalierError } from '../../errors';
import { isJsonObject, type Json } from '../../json/json';
import { severities } from '../../rules/severity';
import { list, number, object, oneOf, optional, type Shape, text } from './shape';

/** A report of a run, read from its JSON. */
export type Report =
  | { readonly kind: 'check'; readonly file: string; readonly data: CheckData }
  | { readonly kind: 'diff'; readonly file: string; readonly data: Review };

/** What the JSON of `espalier check` holds: all but the rules. */
export interface CheckData extends CheckResult {
  readonly notJudged: readonly NotJudged[];
  readonly clusters?: readonly string[];
}

const texts = list(text);

const editPlace = object({ line: number, column: number, offset: number });
const edit = object({ file: text, start: editPlace, end: editPlace, text });

const finding: Shape<Finding> = object({
  rule: text,
  severity: oneOf(...severities),
  message: text,
  remedy: text,
  file: text,
  line: number,
  column: number,
  object: optional(text),
  chain: texts,
  places: optional(texts),
  fix: optional(object({ title: text, edits: list(edit), instead: optional(text) })),
  frame: list(object({ number, text })),
  clusters: texts,
  kustomizations: optional(texts),
});

const check: Shape<CheckData> = object({
  findings: list(finding),
  unknowns: list(object({ message: text, file: optional(text), line: optional(number) })),
  notJudged: list(
    object({
      rule: text,
      kind: text,
      namespace: text,
      name: text,
      key: optional(text),
      object: optional(text),
      file: text,
      line: number,
      column: number,
      why: text,
      clusters: texts,
    }),
  ) as Shape<readonly NotJudged[]>,
  clusters: optional(texts),
  counts: object({
    files: number,
    documents: number,
    resources: number,
    kustomizations: number,
    clusters: number,
    suppressed: number,
    known: optional(number),
  }),
});

const effect = object({
  kind: oneOf(...effectKinds),
  danger: oneOf(...dangers),
  object: text,
  message: text,
  chain: texts,
  todo: texts,
  held: optional(text),
});

const whereabouts = optional(object({ file: text, kustomization: optional(text) }));

const change = object({
  type: oneOf('created', 'changed', 'moved', 'deleted'),
  object: text,
  kind: text,
  namespace: text,
  name: text,
  before: whereabouts,
  after: whereabouts,
  fields: list(
    object({
      path: text,
      type: oneOf('added', 'removed', 'changed'),
      before: optional(text),
      after: optional(text),
      lines: optional(texts),
    }),
  ),
  effects: list(effect),
  madeBy: optional(object({ release: text, template: text })),
}) as Shape<Change>;

const cluster = object({
  name: text,
  type: oneOf('created', 'changed', 'deleted'),
  danger: oneOf(...dangers),
  charts: optional(
    list(
      object({
        chart: text,
        before: optional(text),
        after: optional(text),
        releases: texts,
        danger: oneOf(...dangers),
        objects: number,
        routine: number,
        summary: texts,
      }),
    ),
  ),
  images: list(object({ object: text, what: text, before: optional(text), after: optional(text) })),
  blast: list(object({ kustomization: text, changes: number, dependents: texts, readers: texts })),
  changes: list(change),
  effects: list(effect),
});

const diff = object({
  base: text,
  head: text,
  danger: oneOf(...dangers),
  compared: optional(texts),
  clusters: list(cluster),
  found: list(finding),
  mended: list(finding),
  noLongerReported: list(finding),
  unknown: texts,
}) as Shape<Review>;

/** The version of both reports that is read. */
const version = 1;

/**
 * Reads what `--format json` printed. The file may be anybody's: nothing is taken but the fields that the report has.
 *
 * @throws EspalierError for anything else, with the file and the field
 */
export function readReport(file: string, content: string): Report {
  const value = parsed(file, content);
  const kind = isJsonObject(value)
    ? 'findings' in value
      ? 'check'
      : 'danger' in value
        ? 'diff'
        : undefined
    : undefined;
  if (kind === undefined || !isJsonObject(value)) {
    throw new EspalierError(
      `${file} is no report. Give what espalier check or espalier diff prints with --format json.`,
    );
  }
  if (value.version !== version) {
    throw new EspalierError(
      `${file}: version: ${JSON.stringify(value.version)?.slice(0, 40)}: reports of version ${version} can be merged. Make it with the espalier that merges.`,
    );
  }
  try {
    return kind === 'check' ? { kind, file, data: check(value, '') } : { kind, file, data: diff(value, '') };
  } catch (error) {
    throw new EspalierError(`${file}: ${(error as Error).message}`);
  }
}

function parsed(file: string, content: string): Json {
  try {
    return JSON.parse(content) as Json;
  } catch {
    const what = content.trim() === '' ? 'is empty: the run that was to write it failed' : 'is no JSON';
    throw new EspalierError(`${file} ${what}. Give what espalier check or espalier diff prints with --format json.`);
  }
}

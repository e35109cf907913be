import { isJsonObject, type Json, type JsonObject, type Path } from '../../json/json';
import { at, textAt } from '../../json/read';
import { groupBy } from '../../text/group-by';
import { isKnown } from '../../text/symbolic';
import type { Charts, RenderedObject, RenderInput } from '../../tree/charts/chart';
import type { SourceTree } from '../../tree/source/source';
import type { Cluster } from '../cluster';
import type { Graph } from '../graph';
import type { ResourcePath, ValuePlace } from '../resource';
import type { OpenedChart } from './judged-values';
import { placeOfValue } from './value-place';

/** A text or number among the values of a release. */
interface Leaf {
  readonly path: Path;
  readonly value: string | number;
}

/** So often a release is rendered at most. */
const mostRenderings = 40;

/** What finds where HelmReleases give the values that fields of what their charts make are of. */
export function tracer(
  tree: SourceTree,
  clusters: readonly Cluster[],
  charts: Pick<Charts, 'render'>,
): NonNullable<Graph['trace']> {
  return async (fields) => {
    const places = new Map<ResourcePath, ValuePlace>();
    const byRelease = [...groupBy(fields, ({ resource }) => resource.chart?.release)];
    await Promise.all(
      byRelease.map(async ([release, own]) => {
        const cluster = release && clusters.find((one) => one.charts.has(release));
        const contents = release && cluster?.charts.get(release);
        if (release === undefined || cluster === undefined || contents?.type !== 'opened') return;
        for (const [field, path] of await traceFields(charts, contents, own)) {
          places.set(field, placeOfValue(release, cluster, tree, path));
        }
      }),
    );
    return places;
  };
}

/**
 * Which values of a release the fields of its objects are made of: the paths among its values; of a field that only the chart makes,
 * none.
 *
 * The chart is rendered with a mark in each value that the field may be of. Where a mark changes which fields there are, a template
 * looks at the value rather than to print it: the marks are tried by halves then.
 */
export async function traceFields(
  charts: Pick<Charts, 'render'>,
  contents: OpenedChart,
  fields: readonly ResourcePath[],
): Promise<ReadonlyMap<ResourcePath, Path>> {
  const leaves = leavesFor(fields, contents.input.values);
  const marked = leaves.length === 0 ? [] : await new Marking(charts, contents).run(leaves);
  const traced = new Map<ResourcePath, Path>();
  for (const field of fields) {
    const found = marked.flatMap((objects) => [...marksIn(fieldIn(field, objects))]);
    const path = commonPath(found.map((mark) => (leaves[mark] as Leaf).path));
    if (path !== undefined) traced.set(field, path);
  }
  return traced;
}

/** The values that fields may be of: what stands in the field, or is worked out by a template of its own. */
function leavesFor(fields: readonly ResourcePath[], values: JsonObject): Leaf[] {
  const texts = fields
    .map(({ resource, path }) => at(resource.value, ...path))
    .filter(isScalar)
    .map(String);
  const may = [...leavesIn(values)].filter(({ value }) => {
    const text = String(value);
    return text.includes('{{') || texts.some((shown) => shown.includes(text));
  });
  return may.slice(0, numbers);
}

function* leavesIn(value: Json, path: Path = []): Generator<Leaf> {
  if (Array.isArray(value)) for (const [i, item] of value.entries()) yield* leavesIn(item as Json, [...path, i]);
  else if (isJsonObject(value)) for (const [key, item] of Object.entries(value)) yield* leavesIn(item, [...path, key]);
  else if (typeof value === 'string' ? value !== '' && isKnown(value) : Number.isInteger(value)) {
    yield { path, value: value as string | number };
  }
}

function isScalar(value: Json | undefined): value is string | number {
  return typeof value === 'string' || typeof value === 'number';
}

/** Renders with marks. */
class Marking {
  private left = mostRenderings;
  private leaves: readonly Leaf[] = [];

  constructor(
    private readonly charts: Pick<Charts, 'render'>,
    private readonly contents: OpenedChart,
  ) {}

  /** What is rendered with marks, the index of its leaf in each. */
  async run(leaves: readonly Leaf[]): Promise<readonly (readonly RenderedObject[])[]> {
    this.leaves = leaves;
    const plain = await this.render(this.contents.input);
    if (plain === undefined) return [];
    return this.tried([...leaves.keys()], shapeOf(plain));
  }

  private async tried(marks: readonly number[], shape: string): Promise<readonly (readonly RenderedObject[])[]> {
    const { input } = this.contents;
    const values = marks.reduce((all, mark) => withMark(all, this.leaves[mark] as Leaf, mark), input.values);
    const objects = await this.render({ ...input, values });
    if (objects !== undefined && shapeOf(objects) === shape) return [objects];
    if (marks.length === 1) return [];
    const half = Math.ceil(marks.length / 2);
    return [...(await this.tried(marks.slice(0, half), shape)), ...(await this.tried(marks.slice(half), shape))];
  }

  private async render(input: RenderInput): Promise<readonly RenderedObject[] | undefined> {
    this.left -= 1;
    if (this.left < 0) return undefined;
    const rendering = await this.charts.render(this.contents.chart, input);
    return rendering.type === 'rendered' ? rendering.objects : undefined;
  }
}

/** Numbers that no chart writes; Helm prints a million as 1e+06. */
const firstNumber = 731_000;
const numbers = 1_000;
const marks = /-zq(\d+)x/g;

function withMark(values: JsonObject, { path, value }: Leaf, mark: number): JsonObject {
  const marked = typeof value === 'number' ? firstNumber + mark : `${value}-zq${mark}x`;
  return replaced(values, path, marked) as JsonObject;
}

function replaced(value: Json, [step, ...rest]: Path, by: Json): Json {
  if (step === undefined) return by;
  if (Array.isArray(value))
    return value.map((item, i) => (i === step ? replaced(item as Json, rest, by) : (item as Json)));
  if (!isJsonObject(value)) return value;
  return { ...value, [step]: replaced(value[step] as Json, rest, by) };
}

/** The marks in a value. */
function* marksIn(value: Json | undefined): Generator<number> {
  if (typeof value === 'number' && value >= firstNumber && value < firstNumber + numbers) yield value - firstNumber;
  if (typeof value !== 'string') return;
  for (const [, mark] of value.matchAll(marks)) yield Number(mark);
  const [number] = /\b731\d{3}\b/.exec(value) ?? [];
  if (number !== undefined) yield Number(number) - firstNumber;
}

/** A field in what was rendered again. */
function fieldIn({ resource, path }: ResourcePath, objects: readonly RenderedObject[]): Json | undefined {
  const same = objects.filter(
    (object) => keyOf(object.value, object.template) === keyOf(resource.value, resource.chart?.template),
  );
  return same.length === 1 ? at(same[0]?.value, ...path) : undefined;
}

function keyOf(value: JsonObject, template: string | undefined): string {
  return [template, textAt(value, 'kind'), textAt(value, 'metadata', 'name')].join(' ').replace(marks, '');
}

/** Which fields there are, whatever is in them. */
function shapeOf(objects: readonly RenderedObject[]): string {
  return JSON.stringify(objects.map(({ value, template }) => [keyOf(value, template), shapeIn(value)]));
}

function shapeIn(value: Json): Json {
  if (Array.isArray(value)) return value.map((item) => shapeIn(item as Json));
  if (!isJsonObject(value)) return null;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, shapeIn(inner)]));
}

/** The values that several lie in; undefined for none, and for all. */
function commonPath(paths: readonly Path[]): Path | undefined {
  const [first, ...others] = paths;
  if (first === undefined) return undefined;
  let length = first.length;
  for (const path of others) {
    let same = 0;
    while (same < length && path[same] === first[same]) same += 1;
    length = same;
  }
  return length === 0 ? undefined : first.slice(0, length);
}

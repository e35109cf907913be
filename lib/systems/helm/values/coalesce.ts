import { isJsonObject, type Json, type JsonObject } from '../../../json/json';
import { at, listAt, objectAt } from '../../../json/read';
import { put, type Values } from '../merge-values';
import type { ChartTexts, Subchart } from './chart';
import { subchartsOf } from './subcharts';

/** A chart that is rendered, and where its values lie among those of the whole. */
export interface PlacedChart {
  readonly chart: ChartTexts;
  readonly path: readonly string[];
}

export interface RenderValues {
  /** `.Values` of the chart; those of charts within it lie below their keys. */
  readonly values: JsonObject;
  /** The chart and those within it, without those that values turn off. */
  readonly charts: readonly PlacedChart[];
}

/**
 * The values that templates see: the release's over those of the charts.
 *
 * Source: helm v4.3 pkg/chart/common/util/coalesce.go, pkg/chart/v2/util/dependencies.go
 */
export function renderValues(chart: ChartTexts, values: JsonObject): RenderValues {
  const all: PlacedChart = { chart, path: [] };
  const everything = coalesce(
    all,
    values,
    ({ chart: one }) => one.values,
    () => true,
  );
  const isOn: IsOn = (subchart, path) => isEnabled(subchart, path, everything);
  const charts: PlacedChart[] = [];
  const own: OwnValues = (one) => withDependencies(one, isOn);
  return { values: coalesce(all, values, own, isOn, charts), charts };
}

type IsOn = (subchart: Subchart, path: readonly string[]) => boolean;
type OwnValues = (chart: PlacedChart) => JsonObject;

/** The charts within a chart that are on and there, by the keys of their values. */
function* within({ chart, path }: PlacedChart, isOn: IsOn): Generator<[string, PlacedChart, Subchart['imports']]> {
  for (const subchart of subchartsOf(chart)) {
    const { key, chart: inner, imports } = subchart;
    if (inner !== undefined && isOn(subchart, path)) yield [key, { chart: inner, path: [...path, key] }, imports];
  }
}

/** Values over a chart's own, and those of charts within it below their keys. */
function coalesce(
  placed: PlacedChart,
  over: JsonObject,
  ownOf: OwnValues,
  isOn: IsOn,
  charts: PlacedChart[] = [],
): Values {
  charts.push(placed);
  const values: Values = { ...over };
  const inner = [...within(placed, isOn)];
  for (const [key, value] of Object.entries(ownOf(placed))) {
    const isOfChart = inner.some(([one]) => one === key);
    const given = field(values, key);
    if (given === undefined) {
      if (value !== null) put(values, key, withoutNulls(value));
    } else if (given === null) delete values[key];
    else if (isJsonObject(given) && isJsonObject(value)) {
      put(values, key, tables(given, isOfChart ? value : withoutNullsIn(value), isOfChart));
    }
  }
  for (const [key, one] of inner) {
    const given = field(values, key) ?? {};
    if (isJsonObject(given)) put(values, key, coalesce(one, withGlobals(given, values), ownOf, isOn, charts));
  }
  return values;
}

/** The values of a chart with those of its dependencies below their keys, null and all, and those that it takes from them. */
function withDependencies(placed: PlacedChart, isOn: IsOn): JsonObject {
  const { chart } = placed;
  if (listAt(chart.metadata, 'dependencies').length === 0) return chart.values;
  const values = merge(placed, {}, chart.values, isOn);
  let taken: Values = {};
  for (const [key, , imports] of within(placed, isOn)) {
    for (const { child, parent } of imports) {
      const found = objectAt(values, key, ...child) ?? {};
      const there = parent.reduceRight<JsonObject>((below, step) => ({ [step]: below }), found);
      taken = tables(taken, there, true);
    }
  }
  return tables(values, taken, true);
}

/** As `coalesce`, but null stays. */
function merge(placed: PlacedChart, over: JsonObject, own: JsonObject, isOn: IsOn): Values {
  const values = tables(over, own, true);
  for (const [key, one] of within(placed, isOn)) {
    const given = field(values, key) ?? {};
    if (!isJsonObject(given)) continue;
    put(values, key, merge(one, withGlobals(given, values), withDependencies(one, isOn), isOn));
  }
  return values;
}

/** A map over another. @param keep whether null stays, as a word for those who read it later */
function tables(over: JsonObject, under: JsonObject, keep: boolean): Values {
  const made: Values = { ...over };
  for (const [key, value] of Object.entries(under)) {
    const given = field(made, key);
    if (given === undefined) put(made, key, value);
    else if (given === null && !keep && value !== null) delete made[key];
    else if (isJsonObject(given) && isJsonObject(value)) put(made, key, tables(given, value, keep));
  }
  return made;
}

/** What is global in a chart is global in those within it, and counts before what they say. */
function withGlobals(values: JsonObject, from: JsonObject): JsonObject {
  const globals = field(from, 'global') ?? {};
  const known = field(values, 'global') ?? {};
  if (!isJsonObject(globals) || !isJsonObject(known)) return values;
  const made: Values = { ...known };
  for (const [key, value] of Object.entries(globals)) {
    const given = field(made, key);
    if (!isJsonObject(value)) {
      if (!isJsonObject(given)) put(made, key, value);
    } else if (given === undefined) put(made, key, value);
    else if (isJsonObject(given)) put(made, key, tables(value, given, true));
  }
  return { ...values, global: made };
}

function isEnabled({ condition, tags }: Subchart, path: readonly string[], values: JsonObject): boolean {
  for (const way of condition) {
    const value = at(values, ...path, ...way.split('.'));
    if (typeof value === 'boolean') return value;
  }
  const told = tags.map((tag) => at(values, 'tags', tag)).filter((value) => typeof value === 'boolean');
  return told.length === 0 || told.includes(true);
}

function withoutNulls(value: Json): Json {
  return isJsonObject(value) ? withoutNullsIn(value) : value;
}

function withoutNullsIn(map: JsonObject): JsonObject {
  const kept = Object.entries(map).filter(([, value]) => value !== null);
  return Object.fromEntries(kept.map(([key, value]) => [key, withoutNulls(value)]));
}

function field(values: JsonObject, key: string): Json | undefined {
  return Object.hasOwn(values, key) ? values[key] : undefined;
}

import { isJsonObject, type Json, type JsonObject } from '../../../json/json';
import { at, objectAt } from '../../../json/read';
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
  const everything = coalesce(chart, clone(values), () => true);
  const isOn = (subchart: Subchart, path: readonly string[]) => isEnabled(subchart, path, everything);
  const charts: PlacedChart[] = [];
  return {
    values: coalesce(chart, clone(values), (subchart, path) => isOn(subchart, path), [], charts),
    charts,
  };
}

type IsOn = (subchart: Subchart, path: readonly string[]) => boolean;

function coalesce(
  chart: ChartTexts,
  values: Values,
  isOn: IsOn,
  path: readonly string[] = [],
  charts: PlacedChart[] = [],
): Values {
  charts.push({ chart, path });
  const within = subchartsOf(chart).filter((subchart) => isOn(subchart, path));
  const keys = new Set(within.map(({ key }) => key));
  for (const [key, value] of Object.entries(clone(withImports(chart))))
    coalesceField(values, key, value, keys.has(key));
  for (const { key, chart: inner } of within) {
    const own = values[key] ?? {};
    if (!isJsonObject(own) || inner === undefined) continue;
    const copy = clone(own);
    passGlobals(copy, values);
    put(values, key, coalesce(inner, copy, isOn, [...path, key], charts));
  }
  return values;
}

function coalesceField(values: Values, key: string, value: Json, isOfChart: boolean): void {
  const given = own(values, key);
  if (given === undefined) {
    if (value !== null) put(values, key, withoutNulls(value));
  } else if (given === null) delete values[key];
  else if (isJsonObject(given) && isJsonObject(value)) {
    put(values, key, coalesceTables(given, isOfChart ? value : withoutNullsIn(value), isOfChart));
  }
}

/** A map over another. @param merge whether null stays, as a word for those who read it later */
function coalesceTables(over: JsonObject, under: JsonObject, merge: boolean): Values {
  const made: Values = { ...over };
  for (const [key, value] of Object.entries(under)) {
    const given = own(made, key);
    if (given === undefined) put(made, key, value);
    else if (given === null && !merge && value !== null) delete made[key];
    else if (isJsonObject(given) && isJsonObject(value)) put(made, key, coalesceTables(given, value, merge));
  }
  return made;
}

/** What is global in a chart is global in those within it, and counts before what they say. */
function passGlobals(values: Values, from: JsonObject): void {
  const globals = own(from, 'global') ?? {};
  const known = own(values, 'global') ?? {};
  if (!isJsonObject(globals) || !isJsonObject(known)) return;
  const made: Values = { ...known };
  for (const [key, value] of Object.entries(globals)) {
    const given = own(made, key);
    if (!isJsonObject(value)) {
      if (!isJsonObject(given)) put(made, key, value);
    } else if (given === undefined) put(made, key, value);
    else if (isJsonObject(given)) put(made, key, coalesceTables(value, given, true));
  }
  put(values, 'global', made);
}

/** The values of a chart with those that it takes from charts within it. */
function withImports(chart: ChartTexts): JsonObject {
  let values = chart.values;
  for (const { chart: inner, imports, key } of subchartsOf(chart)) {
    for (const { child, parent } of imports) {
      const own = inner === undefined ? {} : withImports(inner);
      const taken = coalesceTables(objectAt(values, key, ...child) ?? {}, objectAt(own, ...child) ?? {}, true);
      const placed = parent.reduceRight<JsonObject>((below, step) => ({ [step]: below }), taken);
      values = coalesceTables(values, placed, true);
    }
  }
  return values;
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

function own(values: JsonObject, key: string): Json | undefined {
  return Object.hasOwn(values, key) ? values[key] : undefined;
}

function clone(values: JsonObject): Values {
  return structuredClone(values) as Values;
}

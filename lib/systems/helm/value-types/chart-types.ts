import type { ChartTexts } from '../values/chart';
import { readsOfChart } from '../values/reads';
import { subchartsOf } from '../values/subcharts';
import { defaultTypes } from './default-types';
import { kindsAsked } from './kinds-asked';
import { joinKeys, overlay } from './overlay';
import { SchemaTypes } from './schema-types';
import { closed, withReads } from './used-types';
import {
  membersOf,
  type ObjectType,
  openObject,
  unionOf,
  unknownType,
  type ValueKey,
  type ValueType,
} from './value-type';

/** The types of a chart's values. */
export interface ChartTypes {
  readonly values: ObjectType;
  /** Those that have a name. */
  readonly definitions: ReadonlyMap<string, ValueType>;
  /** Schemas that lie outside of the chart, and are not read: what they describe is unknown. */
  readonly unreached: readonly string[];
  /** Subcharts that the chart's files lack: their values are unknown. */
  readonly missing: readonly string[];
}

/**
 * What a chart takes as values: what its values.schema.json says, and what its values.yaml shows where that says nothing, with those
 * of its subcharts below their names or aliases, as Helm reads them (helm.sh/helm/v4, pkg/chart/common/util: coalesce.go,
 * pkg/chart/v2/util: dependencies.go). What its templates read of them tells whether an object takes other keys.
 *
 * @param files the chart's, those of subcharts below `charts/NAME/`
 */
export function chartTypes(chart: ChartTexts, files: ReadonlyMap<string, string>): ChartTypes {
  const reading: Reading = { schemas: new SchemaTypes(files), missing: new Set() };
  const known = typesOf(chart, '', reading, 0);
  const { schemas, missing } = reading;
  const read = readsOfChart(chart)?.values;
  const places = read && [read];
  return {
    values: closed(withReads(known, places), places) as ObjectType,
    definitions: new Map([...schemas.definitions].map(([name, type]) => [name, closed(type, undefined)])),
    unreached: [...schemas.unreached].sort(),
    missing: [...missing].sort(),
  };
}

/** What is found while a chart and its subcharts are read. */
interface Reading {
  readonly schemas: SchemaTypes;
  readonly missing: Set<string>;
}

/** Charts within charts, deeper than anybody nests them. */
const deepest = 10;

/** @param folder of the chart, `''` or such as `charts/redis/` */
function typesOf(chart: ChartTexts, folder: string, reading: Reading, depth: number): ObjectType {
  const { schemas, missing } = reading;
  const shown = defaultTypes(chart.text) ?? nothing;
  const said = schemas.ofFile(`${folder}values.schema.json`) ?? unknownType;
  const own = overlay(said, shown, schemas.resolved);
  let values = own.type === 'object' ? own : openObject;
  for (const [path, type] of kindsAsked(chart.templates)) values = alsoOf(values, path.split('.'), type, schemas);
  if (depth > deepest) return values;
  for (const { key, chart: sub, condition, tags } of subchartsOf(chart)) {
    if (sub === undefined) missing.add(key);
    const isLibrary = sub?.metadata.type === 'library';
    const below = sub && typesOf(sub, `${folder}charts/${sub.name}/`, reading, depth + 1);
    if (!isLibrary) values = withSubchart(values, key, below ?? openObject, schemas);
    for (const path of condition) values = withSwitch(values, path.split('.'), schemas);
    for (const tag of tags) values = withSwitch(values, ['tags', tag], schemas);
  }
  return values;
}

/** A chart without values.yaml. */
const nothing: ObjectType = { type: 'object', keys: new Map(), others: 'unsaid' };

/** A value may be of another type as well, which a template asks for. */
function alsoOf(
  values: ObjectType,
  [key = '', ...below]: readonly string[],
  type: ValueType,
  schemas: SchemaTypes,
): ObjectType {
  const known = values.keys.get(key);
  if (known === undefined) return values;
  const inner = schemas.resolved(known.type);
  if (below.length > 0 && inner.type !== 'object') return values;
  const isKnown = membersOf(known.type).some((member) => schemas.resolved(member).type === type.type);
  const joint =
    below.length > 0
      ? alsoOf(inner as ObjectType, below, type, schemas)
      : isKnown
        ? known.type
        : unionOf([known.type, type]);
  return { ...values, keys: new Map(values.keys).set(key, { ...known, type: joint }) };
}

function withSubchart(values: ObjectType, key: string, sub: ObjectType, schemas: SchemaTypes): ObjectType {
  const own = new Map(sub.keys);
  // Every chart has it, and sees what is in that of the charts above.
  const global = own.get('global');
  own.delete('global');
  const keys = new Map(values.keys);
  keys.set(key, joined(keys.get(key), { type: { ...sub, keys: own } }, schemas));
  if (global !== undefined) keys.set('global', joined(keys.get('global'), global, schemas));
  return { ...values, keys };
}

/** A subchart knows its values; what the chart above has of them are defaults. */
function joined(above: ValueKey | undefined, sub: ValueKey, schemas: SchemaTypes): ValueKey {
  return above === undefined ? sub : joinKeys(sub, above, schemas.resolved);
}

/** What decides whether a subchart counts: a condition or a tag. */
function withSwitch(values: ObjectType, [key = '', ...below]: readonly string[], schemas: SchemaTypes): ObjectType {
  const keys = new Map(values.keys);
  const known = keys.get(key);
  if (below.length === 0) {
    if (known === undefined) keys.set(key, { type: { type: 'boolean' } });
    return { ...values, keys };
  }
  // A tag that no dependency has does nothing.
  const none: ObjectType = key === 'tags' ? { ...nothing, others: 'none' } : nothing;
  const inner = known === undefined ? none : schemas.resolved(known.type);
  if (inner.type === 'object') keys.set(key, { ...known, type: withSwitch(inner, below, schemas) });
  return { ...values, keys };
}

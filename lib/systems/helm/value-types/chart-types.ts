import { isJsonObject, type Json, type JsonObject } from '../../../json/json';
import { listAt, textAt } from '../../../json/read';
import { defaultTypes } from './default-types';
import { joinKeys, overlay } from './overlay';
import { SchemaTypes } from './schema-types';
import {
  membersOf,
  type ObjectType,
  openObject,
  unionOf,
  unknownType,
  type ValueKey,
  type ValueType,
} from './value-type';
import { type ReadValue, valueUse } from './value-use';

/** A chart as far as its values go. */
export interface ValuesOfChart {
  /** Chart.yaml. */
  readonly metadata: JsonObject;
  /** Its files, those of subcharts below `charts/NAME/`. */
  readonly files: ReadonlyMap<string, string>;
}

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
 * pkg/chart/v2/util: dependencies.go).
 */
export function chartTypes({ metadata, files }: ValuesOfChart): ChartTypes {
  const reading: Reading = { files, schemas: new SchemaTypes(files), missing: [], uses: [] };
  const values = typesOf(metadata, '', [], reading);
  const { schemas, missing, uses } = reading;
  const isPassedOn = (path: readonly string[]) => uses.some((use) => use(path));
  return {
    values: closed(values, [], isPassedOn) as ObjectType,
    definitions: new Map([...schemas.definitions].map(([name, type]) => [name, closed(type, undefined, isPassedOn)])),
    unreached: [...schemas.unreached].sort(),
    missing: [...new Set(missing)].sort(),
  };
}

/** What is found while a chart and its subcharts are read. */
interface Reading {
  readonly files: ReadonlyMap<string, string>;
  readonly schemas: SchemaTypes;
  readonly missing: string[];
  /** For each chart, whether it passes on the object at a path of the values of all. */
  readonly uses: ((path: readonly string[]) => boolean)[];
}

/** Charts within charts, deeper than anybody nests them. */
const deepest = 10;

/**
 * @param folder of the chart, `''` or such as `charts/redis/`
 * @param place of its values in those of all
 */
function typesOf(metadata: JsonObject, folder: string, place: readonly string[], reading: Reading): ObjectType {
  const { files, schemas } = reading;
  const use = valueUse(templatesOf(folder, files));
  reading.uses.push((path) => {
    const isBelow = place.every((key, i) => path[i] === key);
    return (isBelow && use.isPassedOn(path.slice(place.length))) || (path[0] === 'global' && use.isPassedOn(path));
  });
  const shown = defaultTypes(files.get(`${folder}values.yaml`) ?? '') ?? nothing;
  const said = schemas.ofFile(`${folder}values.schema.json`) ?? unknownType;
  const own = overlay(said, shown, schemas.resolved);
  let values = withReads(own.type === 'object' ? own : openObject, use.reads, schemas);
  if (place.length > deepest) return values;
  for (const dependency of listAt(metadata, 'dependencies').filter(isJsonObject)) {
    const name = textAt(dependency, 'name') ?? '';
    const key = textAt(dependency, 'alias') || name;
    const below = `${folder}charts/${name}/`;
    const sub = subchart(below, files);
    if (sub?.type !== 'library') {
      if (sub === undefined) reading.missing.push(name);
      const types = sub === undefined ? openObject : typesOf(sub, below, [...place, key], reading);
      values = withSubchart(values, key, types, schemas);
    }
    const conditions = (textAt(dependency, 'condition') ?? '').split(',').map((each) => each.trim());
    for (const path of conditions.filter(Boolean)) values = withSwitch(values, path.split('.'), schemas);
    for (const tag of listAt(dependency, 'tags')) values = withSwitch(values, ['tags', String(tag)], schemas);
  }
  return values;
}

/** A chart without values.yaml. */
const nothing: ObjectType = { type: 'object', keys: new Map(), others: 'unsaid' };

/** Chart.yaml of a subchart as text; it is read as far as types need it. */
function subchart(folder: string, files: ReadonlyMap<string, string>): JsonObject | undefined {
  const text = files.get(`${folder}Chart.yaml`);
  if (text === undefined) return undefined;
  const { parse } = require('yaml') as typeof import('yaml');
  try {
    const read = parse(text, { logLevel: 'silent' }) as Json;
    return isJsonObject(read) ? read : {};
  } catch {
    return {};
  }
}

/** What reads a chart's values: its own files, and those of library charts below it, which run as if they were its own. */
function* templatesOf(folder: string, files: ReadonlyMap<string, string>): Generator<string> {
  for (const [path, text] of files) {
    if (!path.startsWith(folder) || path.endsWith('.md')) continue;
    const [, library] = /^(charts\/[^/]+\/)/.exec(path.slice(folder.length)) ?? [];
    if (library === undefined || subchart(folder + library, files)?.type === 'library') yield text;
  }
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

/** With what templates read although no default shows it: it may stand in the defaults as a comment. */
function withReads(values: ObjectType, { below }: ReadValue, schemas: SchemaTypes): ObjectType {
  const keys = new Map(values.keys);
  for (const [name, read] of below) {
    const known = keys.get(name);
    if (known !== undefined) keys.set(name, { ...known, type: typeRead(known.type, read, schemas) });
    else if (values.others === 'unsaid') {
      keys.set(name, { type: read.below.size === 0 ? unknownType : withReads(nothing, read, schemas) });
    }
  }
  return { ...values, keys };
}

function typeRead(type: ValueType, read: ReadValue, schemas: SchemaTypes): ValueType {
  const { asked } = read;
  const own = type.type === 'object' ? withReads(type, read, schemas) : type;
  if (asked === undefined || membersOf(own).some((member) => schemas.resolved(member).type === asked.type)) return own;
  return unionOf([own, asked]);
}

/** What decides whether a subchart counts: a condition or a tag. */
function withSwitch(values: ObjectType, [key = '', ...below]: readonly string[], schemas: SchemaTypes): ObjectType {
  const keys = new Map(values.keys);
  const known = keys.get(key);
  if (below.length === 0) {
    if (known === undefined) keys.set(key, { type: { type: 'boolean' } });
    return { ...values, keys };
  }
  const inner = known === undefined ? nothing : schemas.resolved(known.type);
  if (inner.type === 'object') keys.set(key, { ...known, type: withSwitch(inner, below, schemas) });
  return { ...values, keys };
}

/** A subchart knows its values; what the chart above has of them are defaults. */
function joined(above: ValueKey | undefined, sub: ValueKey, schemas: SchemaTypes): ValueKey {
  return above === undefined ? sub : joinKeys(sub, above, schemas.resolved);
}

/** Says of every object whether it takes further keys: those that are used as a whole do, and those in lists and maps. */
function closed(
  type: ValueType,
  path: readonly string[] | undefined,
  isPassedOn: (path: readonly string[]) => boolean,
): ValueType {
  switch (type.type) {
    case 'object': {
      const keys = new Map(
        [...type.keys].map(([name, key]) => [
          name,
          { ...key, type: closed(key.type, path && [...path, name], isPassedOn) },
        ]),
      );
      if (typeof type.others === 'object') return { ...type, keys, others: closed(type.others, undefined, isPassedOn) };
      if (type.others === 'none') return { ...type, keys };
      return { ...type, keys, others: path === undefined || isPassedOn(path) ? unknownType : 'none' };
    }
    case 'list':
      return { ...type, item: closed(type.item, undefined, isPassedOn) };
    case 'union':
      return { ...type, members: type.members.map((member) => closed(member, path, isPassedOn)) };
    default:
      return type;
  }
}

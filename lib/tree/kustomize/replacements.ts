import { isJsonObject, type Json, type JsonObject } from '../../json/json';
import { groupVersion } from '../../systems/kubernetes/api-version';
import { parseFile } from '../source/parse';
import { resolvePlain } from '../source/scalar';
import { lookup, type Setting, setAtPath, stepsOf, textOf } from './field-path';
import { affords, type Yield } from './findings';
import { goJson, indentedJson } from './go-json';
import type { Item } from './item';
import type { Kustomization, Placed } from './kustomization';
import { namedFile } from './named-file';
import type { Place } from './origin';
import type { Reading } from './reading';
import { fits, hasLabels } from './select';
import { withChanged } from './shared';
import { isSelected, kindOf, Unfit } from './specs';

/** Runs replacements (api/filters/replacement), one after another. */
export function replace(
  reading: Reading,
  kustomization: Kustomization,
  entries: readonly Placed<Json>[],
  into: Yield,
): void {
  for (const replacement of entries.flatMap((entry) => written(reading, kustomization, entry, into))) {
    const { document, path } = replacement;
    const fault = (message: string, at: Place['path'] = []) =>
      into.faults.add({ kind: 'invalid', document, path: [...path, ...at], message, fails: true });
    try {
      run(replacement, into);
    } catch (error) {
      if (!(error instanceof Unfit)) throw error;
      if (error instanceof Misplaced) fault(error.message, error.path);
      else fault(error.message);
    }
  }
}

/** What is wrong with a part of a replacement. */
class Misplaced extends Unfit {
  constructor(
    message: string,
    readonly path: Place['path'],
  ) {
    super(message);
  }
}

/** The replacements that an entry is, or that stand in the file that it names: a list, or one. */
function written(
  reading: Reading,
  kustomization: Kustomization,
  entry: Placed<Json>,
  into: Yield,
): readonly Placed<JsonObject>[] {
  const { value, document, path } = entry;
  if (!isJsonObject(value)) return [];
  if (typeof value.path !== 'string' || value.path === '') return [{ value, document, path }];
  const file = namedFile(reading, kustomization, { value: value.path, document, path: [...path, 'path'] }, into);
  const [read] = file?.documents ?? [];
  if (read === undefined) return [];
  if (isJsonObject(read.value)) return [{ value: read.value, document: read, path: [] }];
  const list = Array.isArray(read.value) ? read.value : [];
  return list.flatMap((each, i) => (isJsonObject(each) ? [{ value: each, document: read, path: [i] }] : []));
}

function run({ value: { source, sourceValue, targets }, document, path }: Placed<JsonObject>, into: Yield): void {
  const isGiven = sourceValue !== undefined && sourceValue !== null;
  if ((!isGiven && !isJsonObject(source)) || !Array.isArray(targets)) {
    throw new Unfit('a replacement must have a source and targets');
  }
  const steps = targets.map(
    (target) => 1 + (isJsonObject(target) && Array.isArray(target.fieldPaths) ? target.fieldPaths.length : 1),
  );
  const all = steps.reduce((sum, each) => sum + each, 0) * into.items.length;
  if (!affords(into, all, { document, path })) return;
  if (isGiven && isJsonObject(source)) throw new Unfit('a replacement has one of source and sourceValue, not both');
  const found = isGiven
    ? { value: resolvePlain(textOf(sourceValue), 'resource'), text: textOf(sourceValue), item: undefined }
    : sourceOf(source as JsonObject, into.items);
  for (const [i, target] of targets.entries()) {
    if (!isJsonObject(target)) continue;
    const { select } = target;
    const at = ['targets', i];
    if (!isJsonObject(select)) throw new Misplaced('the target must say which objects it selects', at);
    into.items = into.items.map((item) => {
      if (!isTarget(target, select, item)) return item;
      return replaced(item, target, found, { document, path: [...path, ...at] }, at);
    });
  }
}

interface Found {
  readonly value: Json;
  readonly text: string;
  readonly item: Item | undefined;
}

function sourceOf(source: JsonObject, items: readonly Item[]): Found {
  const named = `{${Object.entries(source)
    .filter(([, each]) => typeof each === 'string')
    .map(([key, each]) => `${key}: ${each}`)
    .join(', ')}}`;
  const [item, second] = items.filter((each) => isSource(source, each));
  if (item === undefined) throw new Misplaced(`no object here is ${named}; correct the source`, ['source']);
  if (second !== undefined) throw new Misplaced(`several objects here are ${named}; say which`, ['source']);
  const path = typeof source.fieldPath === 'string' && source.fieldPath !== '' ? source.fieldPath : 'metadata.name';
  const value = guarded(['source', 'fieldPath'], path, () => lookup(item.value, stepsOf(path)));
  if (value === undefined || value === null || isEmpty(value)) {
    throw new Misplaced(`the source has no ${path}; correct the path`, ['source', 'fieldPath']);
  }
  const { delimiter, index = 0 } = isJsonObject(source.options) ? source.options : {};
  if (typeof delimiter !== 'string' || delimiter === '') return { value, text: plainText(value), item };
  if (typeof value === 'object') throw new Misplaced(delimited, ['source', 'options']);
  const parts = textOf(value).split(delimiter);
  const part = parts[Number(index)];
  // Not the value itself: it may be a secret.
  if (part === undefined)
    throw new Misplaced(`the value has ${parts.length} parts, and no part ${index}`, ['source', 'options']);
  return { value: typeof value === 'string' ? part : resolvePlain(part, 'resource'), text: part, item };
}

const delimited = 'a delimiter is for plain values alone';

function isEmpty(value: Json): boolean {
  return Array.isArray(value) ? value.length === 0 : isJsonObject(value) && Object.keys(value).length === 0;
}

function plainText(value: Json): string {
  return typeof value === 'object' ? '' : textOf(value);
}

/** What an object is and was called, as replacements see it: with the namespace as it is written, or as it was noted. */
function* idsOf({ id, previous, value }: Item) {
  const { metadata } = value;
  const namespace = isJsonObject(metadata) && typeof metadata.namespace === 'string' ? metadata.namespace : '';
  yield { ...id, namespace };
  for (const { kind, name, namespace } of previous) {
    yield { apiVersion: id.apiVersion, kind, name, namespace: namespace || '_non_namespaceable_' };
  }
}

function isSource({ name, namespace, ...gvk }: JsonObject, item: Item): boolean {
  const effective = (each: string) => each || 'default';
  for (const id of idsOf(item)) {
    const isNamed = !name || name === id.name;
    const isThere = !namespace || effective(String(namespace)) === effective(id.namespace);
    if (isNamed && isThere && isSelected(id, kindOf(gvk))) return true;
  }
  return false;
}

function isTarget({ reject }: JsonObject, select: JsonObject, item: Item): boolean {
  const rejects = Array.isArray(reject) ? reject.filter(isJsonObject) : [];
  if (!hasLabels(select, item) || !isAny(select, item)) return false;
  return !rejects.some((each) => {
    const byLabels = each.labelSelector || each.annotationSelector;
    const byName = ['group', 'version', 'kind', 'name', 'namespace'].some((field) => each[field]);
    return (byLabels && hasLabels(each, item)) || (byName && isAny(each, item));
  });
}

function isAny({ group, version, kind, name, namespace }: JsonObject, item: Item): boolean {
  for (const id of idsOf(item)) {
    const isKind =
      fits(group, groupVersion(id.apiVersion).group) &&
      fits(version, groupVersion(id.apiVersion).version) &&
      fits(kind, id.kind);
    if (isKind && fits(name, id.name) && fits(namespace, id.namespace)) return true;
  }
  return false;
}

/** @param way from the replacement to the target */
function replaced(item: Item, { fieldPaths, options }: JsonObject, found: Found, at: Place, way: Place['path']): Item {
  const paths = Array.isArray(fieldPaths) && fieldPaths.length > 0 ? fieldPaths : ['metadata.name'];
  const { delimiter, index = 0, create } = isJsonObject(options) ? options : {};
  let isText = false;
  const how: Setting = {
    create: create === true,
    at,
    set(before) {
      if (typeof delimiter !== 'string' || delimiter === '') return put(found, before);
      if (typeof before === 'object' && before !== null) throw new Unfit(delimited);
      const parts = textOf(before).split(delimiter);
      const i = Number(index);
      if (i < 0) parts.unshift(found.text);
      else parts[Math.min(i, parts.length)] = found.text;
      return put({ ...found, text: parts.join(delimiter) }, before);
    },
    setWithin(text, steps) {
      const edited = withinText(text, steps, found, how);
      isText ||= edited === undefined;
      return edited ?? text;
    },
  };
  const value = paths.reduce<Json>((edited, path, i) => {
    const field = textOf(path);
    return guarded([...way, 'fieldPaths', i], field, () => setAtPath(edited, stepsOf(field), how));
  }, item.value);
  const next = withChanged(item, value as JsonObject);
  return isText || found.item?.uncertain ? { ...next, uncertain: true } : next;
}

/** What comes in the place of a value: of a plain one the text, read as what it was. */
function put({ value, text }: Pick<Found, 'value' | 'text'>, before: Json | undefined): Json {
  if (typeof before === 'string') return text;
  if (before !== null && typeof before === 'object') return value;
  if (before === undefined) return typeof value === 'object' && value !== null ? value : resolvePlain(text, 'resource');
  const read = resolvePlain(text, 'resource');
  const isSame = typeof read === typeof before && (typeof before !== 'number' || fitsNumber(before, read));
  if (!isSame) throw new Unfit(`there is a ${before === null ? 'null' : typeof before}, and what comes there is none`);
  return read;
}

function fitsNumber(before: number, now: Json): boolean {
  return !Number.isInteger(before) || Number.isInteger(now);
}

/** A text that is JSON, with a value in it set; undefined for YAML, of which kustomize keeps the form as nobody else does. */
function withinText(text: string, steps: readonly string[], found: Found, how: Setting): string | undefined {
  const { documents, faults } = parseFile('text', text);
  const value = documents[0]?.value ?? null;
  if (faults.length > 0 || typeof value !== 'object' || value === null) throw new Unfit('leads through a text');
  let edited: Json;
  try {
    edited = setAtPath(value, steps, { ...how, set: (before) => put(found, before) });
  } catch (error) {
    // What cannot be read any more then stays as it is.
    if (error instanceof Unfit && error.message.startsWith('there is a ')) return text;
    throw error;
  }
  if (!/^\s*[{[]/.test(text)) return undefined;
  return text.includes('\n') && text.includes('  ') ? indentedJson(edited) : goJson(edited);
}

function guarded<T>(way: Place['path'], path: string, run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof Unfit) || error instanceof Misplaced) throw error;
    throw new Misplaced(`${path} ${error.message}`, way);
  }
}

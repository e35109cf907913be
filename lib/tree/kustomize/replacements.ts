import { isJsonObject, type Json, type JsonObject } from '../../json/json';
import { groupVersion } from '../../systems/api-version';
import { resolvePlain } from '../source/scalar';
import { find, lookup, type Setting, setAtPath, stepsOf, textOf } from './field-path';
import { affords, type Yield } from './findings';
import type { Item } from './item';
import type { Kustomization, Placed } from './kustomization';
import { namedFile } from './named-file';
import type { Place } from './origin';
import type { Reading } from './reading';
import { fits, hasLabels } from './select';
import { withChanged } from './shared';
import { isSelected, kindOf, Unfit } from './specs';
import { isJsonText, isPlainText, valueWithin, withValueWithin } from './structured-text';

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

interface SourceValue {
  readonly value: Json;
  readonly text: string;
  readonly item: Item | undefined;
}

function sourceOf(source: JsonObject, items: readonly Item[]): SourceValue {
  const named = `{${Object.entries(source)
    .filter(([, each]) => typeof each === 'string')
    .map(([key, each]) => `${key}: ${each}`)
    .join(', ')}}`;
  const [item, second] = items.filter((each) => isSource(source, each));
  if (item === undefined) throw new Misplaced(`no object here is ${named}; correct the source`, ['source']);
  if (second !== undefined) throw new Misplaced(`several objects here match ${named}; select one of them`, ['source']);
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

const delimited = 'a delimiter works only for plain values';

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
function replaced(
  item: Item,
  { fieldPaths, options }: JsonObject,
  found: SourceValue,
  at: Place,
  way: Place['path'],
): Item {
  const paths = Array.isArray(fieldPaths) && fieldPaths.length > 0 ? fieldPaths : ['metadata.name'];
  const { delimiter, index = 0, create } = isJsonObject(options) ? options : {};
  let isKnown = true;
  const how: Setting = {
    create: create === true,
    at,
    set(before, isLost) {
      const isDelimited = typeof delimiter === 'string' && delimiter !== '';
      if (isDelimited && typeof before === 'object' && before !== null) throw new Unfit(delimited);
      if (isLost) return before ?? null;
      if (!isDelimited) return put(found, before);
      const parts = textOf(before).split(delimiter);
      const i = Number(index);
      if (i < 0) parts.unshift(found.text);
      else parts[Math.min(i, parts.length)] = found.text;
      return put({ ...found, text: parts.join(delimiter) }, before);
    },
  };
  const value = paths.reduce<Json>((edited, path, i) => {
    const steps = stepsOf(textOf(path));
    return guarded([...way, 'fieldPaths', i], textOf(path), () => {
      const within = replacedWithin(edited, steps, found, how);
      if (within === undefined) return setAtPath(edited, steps, how);
      isKnown &&= within.isKnown;
      return within.value;
    });
  }, item.value);
  const next = withChanged(item, value as JsonObject);
  // A hash of a text is known if each character of it is.
  return (item.hashed && !isKnown) || found.item?.uncertain ? { ...next, uncertain: true } : next;
}

/**
 * Sets a value within a text of an object that is YAML or JSON itself, whatever the delimiter; undefined where a path leads to
 * none (setValueInStructuredData of kustomize 5.8.1).
 */
function replacedWithin(
  value: Json,
  steps: readonly string[],
  found: SourceValue,
  how: Setting,
): { readonly value: Json; readonly isKnown: boolean } | undefined {
  try {
    const length = steps.findIndex((_, i) => i > 0 && typeof lookup(value, steps.slice(0, i)) === 'string');
    const outer = length < 0 ? undefined : find(value, steps.slice(0, length));
    if (outer === undefined || typeof outer.value !== 'string') return undefined;
    const text = outer.value;
    const before = valueWithin(text);
    const after = setAtPath(before, steps.slice(length), { ...how, set: (old) => putWithin(text, found, old) });
    const isKnown = isPlainText(text) && typeof found.value !== 'object';
    const made = withValueWithin(text, before, after);
    return { value: setAtPath(value, outer.steps, { ...how, set: () => made }), isKnown };
  } catch (error) {
    // kustomize then goes on as if there were no text, and says what is wrong.
    if (error instanceof Unfit) return undefined;
    throw error;
  }
}

/** What comes in the place of a value: of a plain one the text, read as what it was. */
function put({ value, text }: Pick<SourceValue, 'value' | 'text'>, before: Json | undefined): Json {
  if (typeof before === 'string') return text;
  if (before !== null && typeof before === 'object') return value;
  const read = resolvePlain(text, 'resource');
  if (before === undefined) return typeof value === 'object' && value !== null ? value : read;
  if (!isOfType(read, before)) {
    throw new Unfit(`there is a ${before === null ? 'null' : typeof before}, and what comes there is none`);
  }
  return read;
}

/** YAML gets a plain value as it is written; JSON that could not be read any more stays as it is. */
function putWithin(text: string, found: SourceValue, before: Json | undefined): Json {
  const isCollection = typeof found.value === 'object' && found.value !== null;
  return isJsonText(text) || isCollection ? put(found, before) : found.text;
}

function isOfType(read: Json, before: Json): boolean {
  return typeof read === typeof before && (!Number.isInteger(before) || Number.isInteger(read));
}

function guarded<T>(way: Place['path'], path: string, run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof Unfit) || error instanceof Misplaced) throw error;
    throw new Misplaced(`${path} ${error.message}`, way);
  }
}

import { isJsonObject, type Json, type JsonObject } from '../../json/json';
import { at } from '../../json/read';
import { evaluate, isSubstituted } from '../../systems/flux/envsubst/evaluate';
import type { Variables } from '../../systems/flux/envsubst/variable';
import { carryOrigin } from '../../tree/kustomize/origin';
import { type Printed, printDocument, type Span } from './print-document';
import { readDocument } from './read-document';
import type { Substituted, SubstitutionFault, TypeChange } from './substituted';

/** Substitutes variables in an object as Flux does, in the whole of its YAML. */
export function substituteDocument(object: JsonObject, variables: Variables): Substituted {
  const printed = printDocument(object, isSubstituted);
  const { text, faults: found } = evaluate(printed.text, variables);
  const faults = found.map(({ index, ...fault }): SubstitutionFault => {
    const span = printed.spans.findLast(({ start }) => start <= index);
    return { ...fault, path: span?.path ?? [], inKey: span?.inKey ?? false };
  });
  if (faults.some(({ kind }) => kind === 'parse-error' || kind === 'broken-character')) {
    return { value: object, faults, typed: [] };
  }
  const read = readDocument(text);
  if ('error' in read) {
    const culprit = findCulprit(printed, variables);
    const expression = culprit ? String(culprit.inKey ? culprit.path.at(-1) : at(object, ...culprit.path)) : '';
    const { path = [], inKey = false } = culprit ?? {};
    faults.push({ kind: 'invalid-yaml', path, inKey, expression, message: read.error });
    return { value: object, faults, typed: [] };
  }
  return {
    value: share(object, read.value) as JsonObject,
    faults,
    typed: typeChanges(object, read.value, printed.spans),
  };
}

/** The first string that cannot be read on its own. */
function findCulprit(printed: Printed, variables: Variables): Span | undefined {
  return printed.spans.find(({ start, end, path, inKey }) => {
    const { text, faults } = evaluate(printed.text.slice(start, end), variables);
    if (faults.some(({ kind }) => kind === 'parse-error')) return true;
    const before = typeof path.at(-1) === 'number' ? 'k:\n- ' : 'k: ';
    return 'error' in readDocument(inKey ? `${text}: v\n` : `${before}${text}\n`);
  });
}

function typeChanges(before: JsonObject, after: JsonObject, spans: readonly Span[]): readonly TypeChange[] {
  const changes: TypeChange[] = [];
  for (const { path, inKey } of spans) {
    const [text, value] = [at(before, ...path), at(after, ...path)];
    if (inKey || typeof text !== 'string' || value === undefined || typeof value === 'string') continue;
    changes.push({ path, before: text, after: value });
  }
  return changes;
}

/** The second value, but with all of the first in it that is equal. */
export function share(before: Json | undefined, after: Json): Json {
  if (Array.isArray(after)) {
    const items = after.map((item, i) => share(Array.isArray(before) ? before[i] : undefined, item));
    const isSame =
      Array.isArray(before) && before.length === items.length && items.every((item, i) => item === before[i]);
    return isSame ? before : Array.isArray(before) ? carryOrigin(before, items) : items;
  }
  if (!isJsonObject(after)) return after;
  const fields = Object.entries(after).map(([key, item]) => [key, share(at(before, key), item)] as const);
  const isSame =
    isJsonObject(before) &&
    Object.keys(before).length === fields.length &&
    fields.every(([key, item]) => Object.hasOwn(before, key) && before[key] === item);
  if (isSame) return before;
  return isJsonObject(before) ? carryOrigin(before, Object.fromEntries(fields)) : Object.fromEntries(fields);
}

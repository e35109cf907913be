import { deepEqual } from '../../json/deep-equal';
import { isJsonObject, type Json, type JsonObject } from '../../json/json';
import { textAt } from '../../json/read';
import { symbol } from '../../text/symbolic';
import type { RenderedObject } from './chart';

/** What two renderings of a release have in common. */
export interface Common {
  readonly objects: readonly RenderedObject[];
  /** Whether one of them has objects that the other does not have. */
  readonly incomplete: boolean;
}

/**
 * The objects of a release that was rendered twice, with a symbol in the place of what differs: a password that the chart makes, what
 * follows from a value that is not known. What is the same in both renderings is the same symbol wherever it stands.
 *
 * @param name what the symbols are called
 */
export function commonOf(one: readonly RenderedObject[], other: readonly RenderedObject[], name: string): Common {
  const unknown = namer(name);
  const left = groupByKind(other);
  const objects: RenderedObject[] = [];
  let incomplete = false;
  for (const [key, mine] of groupByKind(one)) {
    const theirs = left.get(key) ?? [];
    left.delete(key);
    for (const [a, b] of pairs(mine, theirs)) {
      if (a !== undefined && b !== undefined) {
        objects.push({ ...a, value: common(a.value, b.value, unknown) as JsonObject });
      } else incomplete = true;
    }
  }
  return { objects, incomplete: incomplete || left.size > 0 };
}

/** A symbol for each pair of values. */
function namer(name: string): (a: Json, b: Json) => string {
  const known = new Map<string, string>();
  return (a, b) => {
    const key = JSON.stringify([a, b]);
    let made = known.get(key);
    if (made === undefined) {
      made = symbol(`${name} value ${known.size + 1}`);
      known.set(key, made);
    }
    return made;
  };
}

/** Objects by the file that makes them and their kind. */
function groupByKind(objects: readonly RenderedObject[]): Map<string, RenderedObject[]> {
  const groups = new Map<string, RenderedObject[]>();
  for (const object of objects) {
    const key = [object.template, textAt(object.value, 'apiVersion'), textAt(object.value, 'kind')].join('\n');
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [object]);
    else group.push(object);
  }
  return groups;
}

/** Those of one name, and the others in their order if there are as many of them. */
function pairs(
  mine: readonly RenderedObject[],
  theirs: readonly RenderedObject[],
): readonly (readonly [RenderedObject | undefined, RenderedObject | undefined])[] {
  const rest = [...theirs];
  const without: RenderedObject[] = [];
  const found: [RenderedObject | undefined, RenderedObject | undefined][] = [];
  for (const object of mine) {
    const i = rest.findIndex((each) => nameOf(each) === nameOf(object));
    if (i < 0) without.push(object);
    else found.push([object, rest.splice(i, 1)[0]]);
  }
  if (without.length === rest.length) return [...found, ...without.map((object, i) => [object, rest[i]] as const)];
  return [...found, [without[0], undefined]];
}

function nameOf({ value }: RenderedObject): string {
  return `${textAt(value, 'metadata', 'namespace') ?? ''}/${textAt(value, 'metadata', 'name') ?? ''}`;
}

function common(a: Json, b: Json, unknown: (a: Json, b: Json) => string): Json {
  if (deepEqual(a, b)) return a;
  if (Array.isArray(a) && Array.isArray(b) && a.length === b.length) {
    return a.map((item, i) => common(item, b[i] as Json, unknown));
  }
  if (isJsonObject(a) && isJsonObject(b)) {
    const keys = [...new Set([...Object.keys(a), ...Object.keys(b)])];
    return Object.fromEntries(keys.map((key) => [key, common(a[key] ?? null, b[key] ?? null, unknown)]));
  }
  if (typeof a === 'string' && typeof b === 'string') return commonText(a, b, unknown);
  return unknown(a, b);
}

/** Of a file within a ConfigMap the lines that differ, if it has as many. */
function commonText(a: string, b: string, unknown: (a: Json, b: Json) => string): string {
  const lines = a.split('\n');
  const others = b.split('\n');
  if (lines.length === 1 || lines.length !== others.length) return unknown(a, b);
  return lines.map((line, i) => (line === others[i] ? line : unknown(line, others[i] as string))).join('\n');
}

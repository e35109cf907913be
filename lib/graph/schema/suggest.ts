import { isJsonObject, type JsonObject } from '../../tree/tree';
import type { Node } from './node';

/** What an unknown field was meant to be: another name, or another place; undefined when nothing is close. */
export type Suggestion = { readonly name: string } | { readonly inside: string } | { readonly levelsUp: number };

/**
 * @param parents the nodes of the objects around this one, the nearest first
 */
export function suggest(
  field: string,
  object: JsonObject,
  node: Node,
  parents: readonly Node[],
): Suggestion | undefined {
  const inside = siblingThatKnows(field, object, node);
  if (inside !== undefined) return { inside };
  const others = [...node.fields.keys()];
  const name = nearest(
    field,
    others.filter((other) => !Object.hasOwn(object, other)),
  );
  if (name !== undefined) return { name };
  const level = parents.findIndex((parent) => parent.fields.has(field));
  if (level >= 0) return { levelsUp: level + 1 };
  const given = nearest(field, others);
  return given === undefined ? undefined : { name: given };
}

/** A field that stands beside this one, empty: `extract:` with `key:` below it on the same column. */
function siblingThatKnows(field: string, object: JsonObject, node: Node): string | undefined {
  return Object.entries(object).find(([sibling, value]) => {
    const empty = value === null || (isJsonObject(value) && Object.keys(value).length === 0);
    return empty && node.fields.get(sibling)?.().fields.has(field);
  })?.[0];
}

/** The name that is a slip of the keyboard away; of several, the nearest. */
export function nearest(word: string, names: readonly string[]): string | undefined {
  const limit = word.length <= 4 ? 1 : word.length <= 8 ? 2 : 3;
  let best: string | undefined;
  let least = limit + 1;
  for (const name of names) {
    const other = distance(word, name, least);
    if (other < least) [best, least] = [name, other];
  }
  return best;
}

/** How many letters are to be added, left out, changed or swapped; letters of another case count half. */
function distance(a: string, b: string, limit: number): number {
  if (a.toLowerCase() === b.toLowerCase()) return 0.5;
  if (Math.abs(a.length - b.length) >= limit) return limit;
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const changed = (last[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swapped =
        i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? (before[j - 2] ?? 0) + 1 : changed;
      row.push(Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, changed, swapped));
    }
    // It only grows: among thousands of names, most are another word from the first letters on.
    if (Math.min(...row) >= limit && Math.min(...last) >= limit) return limit;
    [before, last] = [last, row];
  }
  return last[b.length] ?? limit;
}

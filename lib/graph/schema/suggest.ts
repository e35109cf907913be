import { isJsonObject, type Json, type JsonObject } from '../../json/json';
import { memoize } from '../../text/memoize';
import { nearest } from '../../text/nearest';
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

/** The empty fields of an object: of thousands that are unknown, each asks. */
const emptyFields = memoize((object: JsonObject) => Object.keys(object).filter((name) => isEmpty(object[name])));

/** A field that stands beside this one, empty: `extract:` with `key:` below it on the same column. */
function siblingThatKnows(field: string, object: JsonObject, node: Node): string | undefined {
  return emptyFields(object).find((sibling) => node.fields.get(sibling)?.().fields.has(field));
}

function isEmpty(value: Json | undefined): boolean {
  return value === null || (isJsonObject(value) && Object.keys(value).length === 0);
}

import { isJsonObject, type Json, type Path } from '../../json/json';
import { at } from '../../json/read';

/** What a document shall say at a path of which it says something else. */
export type Change = { readonly path: Path } & (
  | {
      /** The value, of a key that may not be there yet, as may what it is in; an index one above the last adds an item. */
      readonly set: Json;
      /** After which of its siblings a new key comes: the first that is there. @default - after the last */
      readonly after?: readonly string[];
    }
  /** The key's other name. */
  | { readonly rename: string }
  | { readonly remove: true }
);

/** A range of a text, in its code units, and what takes its place. */
export interface TextEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** The value with the change; undefined where the change does not fit it. */
export function changed(value: Json, change: Change): Json | undefined {
  const { path } = change;
  if ('rename' in change) return renamed(value, path, change.rename);
  if ('remove' in change) return removed(value, path);
  return withValue(value, path, change.set);
}

function withValue(value: Json | undefined, [step, ...rest]: Path, set: Json): Json | undefined {
  if (step === undefined) return set;
  // Nothing written is nothing in the way.
  const container = value ?? (typeof step === 'number' ? [] : {});
  if (typeof step === 'number') {
    if (!Array.isArray(container) || step > container.length) return undefined;
    const item = withValue(container[step], rest, set);
    return item === undefined ? undefined : Object.assign([...container], { [step]: item });
  }
  if (!isJsonObject(container)) return undefined;
  const own = Object.hasOwn(container, step) ? container[step] : undefined;
  const next = withValue(own, rest, set);
  return next === undefined ? undefined : { ...container, [step]: next };
}

function removed(value: Json, path: Path): Json | undefined {
  const [parent, key] = [path.slice(0, -1), path[path.length - 1]];
  const container = at(value, ...parent);
  if (!isJsonObject(container) || key === undefined || !Object.hasOwn(container, key)) return undefined;
  const { [key]: _, ...left } = container;
  // An empty mapping says nothing.
  if (Object.keys(left).length === 0) return parent.length === 0 ? undefined : removed(value, parent);
  return withValue(value, parent, left);
}

function renamed(value: Json, path: Path, name: string): Json | undefined {
  const [parent, key] = [path.slice(0, -1), path[path.length - 1]];
  const container = at(value, ...parent);
  if (!isJsonObject(container) || key === undefined || !Object.hasOwn(container, key)) return undefined;
  if (Object.hasOwn(container, name)) return undefined;
  const entries = Object.entries(container).map(([each, item]) => [each === key ? name : each, item] as const);
  return withValue(value, parent, Object.fromEntries(entries));
}

/** A text with edits of which none touches another. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  let [result, from] = ['', 0];
  for (const { start, end, text: own } of [...edits].sort((a, b) => a.start - b.start)) {
    result += text.slice(from, start) + own;
    from = end;
  }
  return result + text.slice(from);
}

/**
 * The edits that do what `edits` do and then `next`, an edit of the text that they make.
 *
 * @param current that text
 */
export function composed(edits: readonly TextEdit[], next: TextEdit, current: string): readonly TextEdit[] {
  const before: TextEdit[] = [];
  const after: TextEdit[] = [];
  let { start, end } = next;
  // How much longer the text has become up to where `next` begins, and up to where it ends.
  let [grown, covered] = [0, 0];
  for (const edit of [...edits].sort((a, b) => a.start - b.start)) {
    const from = edit.start + grown + covered;
    const to = from + edit.text.length;
    const more = edit.text.length - (edit.end - edit.start);
    if (to < next.start) {
      before.push(edit);
      grown += more;
    } else if (from > next.end) after.push(edit);
    else {
      [start, end] = [Math.min(start, from), Math.max(end, to)];
      covered += more;
    }
  }
  const text = current.slice(start, next.start) + next.text + current.slice(next.end, end);
  return [...before, { start: start - grown, end: end - grown - covered, text }, ...after];
}

import type { Json, Path } from '../json/json';
import type { FieldComment } from '../tree/tree';
import { escapeUnprintable } from '../tree/yaml/characters';

/*
 * How a comment gets from main.ts to the file: between a value and its YAML lie constructs and cdk8s, which pass on plain texts, numbers
 * and objects and nothing else. So the comment travels in the text, or as a key of the object, between two characters that no manifest
 * has, and is taken out where the object is collected. The first of them sorts before all others: the order of fields stays as it is.
 */
const [open, close] = ['\u0001', '\u0002'];
const inText = new RegExp(`${open}([aeb])([^${close}]*)${close}`, 'g');

/** Where the comment on a field stands. */
export type CommentPlace = FieldComment['at'];

const marks = { above: 'a', end: 'e', below: 'b' } as const satisfies Readonly<Record<CommentPlace, string>>;
const places = { a: 'above', e: 'end', b: 'below' } as const;

/** Set by the first comment, whichever copy of this library makes it: without one nothing is looked for. */
const USED = Symbol.for('cdk8s-espalier.commented');
const holder = globalThis as { [USED]?: true };

/** A number, a truth value, a list or a handle with a comment. cdk8s asks values for what they resolve to. */
class Commented {
  constructor(
    readonly value: unknown,
    readonly mark: string,
  ) {}

  resolve(): unknown {
    return { [this.mark]: this.value };
  }

  toJSON(): unknown {
    return this.value;
  }
}

/**
 * A value, or the key of a map, with a comment in the YAML: above its line, at the end of it, or below all of it. It is given in place of the value
 * wherever constructs take values as YAML has them: in `values`, `spec`, a Manifest, an object of cdk8s.
 *
 * @param at a text of several lines stands above the line in any case
 *
 * @example
 * ({ replicas: commented(3, 'One for each zone'), [commented('debug', 'Until #123 is fixed', 'end')]: true });
 */
export function commented<const T>(value: T, text: string, at: CommentPlace = 'above'): T {
  if (value === null || value === undefined || text.trim() === '') return value;
  holder[USED] = true;
  const mark = `${open}${marks[at]}${text.split('\n').map(escapeUnprintable).join('\n')}${close}`;
  if (typeof value === 'string') return `${value}${mark}` as T;
  if (typeof value === 'object' && Object.getPrototypeOf(value) === Object.prototype) return { [mark]: '', ...value };
  return new Commented(value, mark) as T;
}

/**
 * A comment on a map, as the first thing in it: what `commented` says behind a long map, this says where one begins to read.
 *
 * @example
 * ({ resources: { ...comment('As measured in May'), limits: { memory: '2Gi' } } });
 */
export function comment(text: string, at: CommentPlace = 'above'): object {
  return commented({}, text, at);
}

/** A text without the comments in it. */
export function withoutComments(text: string): string {
  return text.includes(open) ? text.replace(inText, '') : text;
}

/** What a function makes of a value, under the comments that the value has. */
export function underComment(value: unknown, make: (plain: unknown) => unknown): unknown {
  return value instanceof Commented ? new Commented(underComment(value.value, make), value.mark) : make(value);
}

/**
 * Takes the comments out of a value, at any depth. What is no plain value, such as a handle, stays as it is.
 *
 * @param path where the value stands in its document
 * @param comments where they are put
 */
export function takeComments<T>(value: T, comments: FieldComment[], path: Path = []): T {
  return (holder[USED] ? take(value, comments, path, new Set()) : value) as T;
}

/** @param around the values that this one stands in; one that holds itself is left to whoever refuses it */
function take(value: unknown, comments: FieldComment[], path: Path, around: Set<object>): unknown {
  if (typeof value === 'string') return takeFrom(value, comments, path);
  if (typeof value !== 'object' || value === null || around.has(value)) return value;
  around.add(value);
  const taken = takeBelow(value, comments, path, around);
  around.delete(value);
  return taken;
}

function takeBelow(value: object, comments: FieldComment[], path: Path, around: Set<object>): unknown {
  if (value instanceof Commented) {
    takeFrom(value.mark, comments, path);
    return take(value.value, comments, path, around);
  }
  if (Array.isArray(value)) return value.map((item, i) => take(item, comments, [...path, i], around));
  if (Object.getPrototypeOf(value) !== Object.prototype) return value;
  const taken: [string, unknown][] = [];
  for (const [key, item] of Object.entries(value)) {
    const name = withoutComments(key);
    if (name === '' && key !== '') {
      takeFrom(key, comments, path);
      // What cdk8s has resolved is the value itself.
      if (item !== '') return take(item, comments, path, around);
      continue;
    }
    takeFrom(key, comments, [...path, name]);
    taken.push([name, take(item, comments, [...path, name], around)]);
  }
  return Object.fromEntries(taken);
}

function takeFrom(text: string, comments: FieldComment[], path: Path): string {
  if (!text.includes(open)) return text;
  for (const [, at, said = ''] of text.matchAll(inText))
    comments.push({ path, text: said, at: places[at as keyof typeof places] });
  return withoutComments(text);
}

/** The same of a document, of which nothing else is left. */
export function takeDocument(document: Json): { readonly document: Json; readonly fields: readonly FieldComment[] } {
  const fields: FieldComment[] = [];
  return { document: takeComments(document, fields), fields };
}

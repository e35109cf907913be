import type { Path } from '../../json/json';
import { pathText } from '../../json/path-text';
import { at } from '../../json/read';
import { Call, type Code, type CodeObject, Commented, plainOf } from '../program';
import { type Place, placesIn, rewrite } from './places';
import type { Comment, DocumentComments, FieldComment } from './read';

/** How comments may be said that the YAML keeps; all others are comments of TypeScript. */
export interface Ways {
  /** By `commented`, where the value stands. */
  readonly inPlace: boolean;
  /** By `comment` and `comments` of the construct. */
  readonly asProperties: boolean;
}

/** What is said of an object, and how. */
export interface SaidComments {
  readonly props: CodeObject;
  /** What the YAML says: YamlNotes. */
  readonly notes: CodeObject;
  /** The comments on fields that the YAML has by all that. */
  readonly kept: readonly FieldComment[];
  /** What stands above the statement. */
  readonly comment: readonly string[];
}

/**
 * Says the comments on an object in its code: by `comment`, `comments` and `commented` what its YAML shall have; as comments of
 * TypeScript what only helps whoever changes the code.
 *
 * @param value the object as code, of whose parts the properties are made
 * @param isPlain whether the properties are the object itself
 */
export function sayComments(
  props: CodeObject,
  value: CodeObject,
  comments: DocumentComments,
  { inPlace, asProperties }: Ways,
  isPlain: boolean,
): SaidComments {
  const places = placesIn(props, value, isPlain);
  const byField: Record<string, Code> = {};
  const inCode: string[] = [];
  const kept: FieldComment[] = [];
  const there = new Map<string, { kept: FieldComment[]; others: FieldComment[] }>();
  for (const written of comments.fields) {
    const comment = aboveItem(written, value);
    const { path, lines } = comment;
    const isForYaml = !comment.isUnused;
    if (isForYaml && inPlace && places.get(keyOf(path)) === 'value' && at(value as never, ...path) !== null) {
      open(there, path).kept.push(comment);
      kept.push(comment);
    } else if (isForYaml && asProperties && !(pathText(path) in byField)) {
      byField[pathText(path)] = saidAt(comment);
      kept.push(comment);
    } else {
      const near = nearest(path, places);
      if (near === undefined) inCode.push(...lines);
      else open(there, near).others.push(near.length === path.length ? comment : { ...comment, at: 'above' });
    }
  }
  const head = comments.above.filter(({ isUnused }) => asProperties && !isUnused);
  const others = comments.above.filter((comment) => !head.includes(comment));
  return {
    props: rewrite(props, value, isPlain, (path, code) => {
      const { kept = [], others = [] } = there.get(keyOf(path)) ?? {};
      return commentedInCode(commentedInYaml(code, kept), others);
    }),
    notes: {
      ...(head.length > 0 && { comment: textOf(head) }),
      ...(Object.keys(byField).length > 0 && { comments: byField }),
    },
    kept,
    comment: [...others.flatMap(({ lines }) => lines), ...inCode],
  };
}

/** An item and its first field share a line: what is said behind the dash is said above it. */
function aboveItem(comment: FieldComment, value: CodeObject): FieldComment {
  const { path, at: place } = comment;
  if (place !== 'end' || typeof path.at(-1) !== 'number') return comment;
  const item = at(value as never, ...path);
  return typeof item === 'object' && item !== null && Object.keys(item).length > 0
    ? { ...comment, at: 'above' }
    : comment;
}

/** As `comments` of a construct has it. */
export function saidAt({ lines, at }: FieldComment): Code {
  const text = lines.join('\n');
  return at === 'above' ? text : { text, at };
}

export function textOf(comments: readonly Comment[]): string {
  return comments.map(({ lines }) => lines.join('\n')).join('\n\n');
}

function keyOf(path: Path): string {
  return JSON.stringify(path);
}

function open<T>(map: Map<string, { kept: T[]; others: T[] }>, path: Path): { kept: T[]; others: T[] } {
  const key = keyOf(path);
  const found = map.get(key) ?? { kept: [], others: [] };
  map.set(key, found);
  return found;
}

/** The longest beginning of a path that stands in the code. */
function nearest(path: Path, places: ReadonlyMap<string, Place>): Path | undefined {
  for (let length = path.length; length > 0; length -= 1) {
    const beginning = path.slice(0, length);
    if (places.has(keyOf(beginning))) return beginning;
  }
  return undefined;
}

function commentedInYaml(code: Code, comments: readonly FieldComment[]): Code {
  return comments.reduceRight<Code>((said, { lines, at }) => {
    const args = [said, lines.join('\n'), ...(at === 'above' ? [] : [at])];
    return new Call('commented', args, plainOf(code));
  }, code);
}

function commentedInCode(code: Code, comments: readonly FieldComment[]): Code {
  if (comments.length === 0) return code;
  const linesAt = (place: FieldComment['at']) => comments.flatMap(({ at, lines }) => (at === place ? lines : []));
  const end = linesAt('end');
  return new Commented(code, linesAt('above'), end.length > 0 ? end.join('; ') : undefined, linesAt('below'));
}

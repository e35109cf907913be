import { type Bytes, fromBytes, widthOfFirst } from './bytes';

/**
 * Whether a pattern of `*`, `?`, `[a-z]` and `\` matches all of a name; undefined for a pattern that is none.
 * (fluxcd/pkg envsubst, path/match.go: Go's path.Match, but `*` and `?` match slashes)
 */
export function matches(pattern: Bytes, name: Bytes): boolean | undefined {
  let rest = pattern;
  let left = name;
  next: while (rest !== '') {
    const { star, chunk, after } = splitChunk(rest);
    rest = after;
    if (star && chunk === '') return true;
    const here = matchChunk(chunk, left);
    if (typeof here === 'string' && (here === '' || rest !== '')) {
      left = here;
      continue;
    }
    if (here === undefined) return undefined;
    if (!star) return false;
    for (let skipped = 1; skipped <= left.length; skipped++) {
      const there = matchChunk(chunk, left.slice(skipped));
      if (there === undefined) return undefined;
      if (there === false || (rest === '' && there !== '')) continue;
      left = there;
      continue next;
    }
    return false;
  }
  return left === '';
}

/** The stars that a pattern begins with, what follows them up to the next, and the rest. */
function splitChunk(pattern: Bytes): { star: boolean; chunk: Bytes; after: Bytes } {
  const stars = /^\**/.exec(pattern)?.[0].length ?? 0;
  let inRange = false;
  let end = stars;
  for (; end < pattern.length; end++) {
    const character = pattern[end];
    if (character === '\\') end++;
    else if (character === '[') inRange = true;
    else if (character === ']') inRange = false;
    else if (character === '*' && !inRange) break;
  }
  return { star: stars > 0, chunk: pattern.slice(stars, end), after: pattern.slice(end) };
}

/** What is left of a text behind a chunk; false when it does not begin so, undefined for a bad pattern. */
function matchChunk(chunk: Bytes, text: Bytes): Bytes | false | undefined {
  let at = 0;
  let left = text;
  while (at < chunk.length) {
    if (left === '') return false;
    const character = chunk[at];
    if (character === '[') {
      const range = matchRange(chunk.slice(at), left);
      if (!range?.matches) return range && false;
      at += range.length;
      left = left.slice(widthOfFirst(left));
    } else if (character === '?') {
      at++;
      left = left.slice(widthOfFirst(left));
    } else {
      if (character === '\\' && ++at === chunk.length) return undefined;
      if (chunk[at] !== left[0]) return false;
      at++;
      left = left.slice(1);
    }
  }
  return left;
}

/** Whether `[…]` holds the first character of a text, and how long it is; undefined for a bad one. */
function matchRange(chunk: Bytes, text: Bytes): { matches: boolean; length: number } | undefined {
  const point = pointOf(text);
  let at = 1;
  const negated = chunk[at] === '^';
  if (negated) at++;
  let found = false;
  for (let ranges = 0; ; ranges++) {
    if (chunk[at] === ']' && ranges > 0) return { matches: found !== negated, length: at + 1 };
    const low = member(chunk, at);
    if (low === undefined) return undefined;
    at = low.end;
    let high = low;
    if (chunk[at] === '-') {
      const given = member(chunk, at + 1);
      if (given === undefined) return undefined;
      high = given;
      at = high.end;
    }
    if (low.point <= point && point <= high.point) found = true;
  }
}

/** One character of a range, which may be escaped. */
function member(chunk: Bytes, from: number): { point: number; end: number } | undefined {
  const escaped = chunk[from] === '\\';
  if (!escaped && (chunk[from] === '-' || chunk[from] === ']')) return undefined;
  const rest = chunk.slice(escaped ? from + 1 : from);
  const width = widthOfFirst(rest);
  const end = (escaped ? from + 1 : from) + width;
  if (rest === '' || end >= chunk.length || (width === 1 && rest.charCodeAt(0) >= 0x80)) return undefined;
  return { point: pointOf(rest), end };
}

/** The code point that bytes begin with; U+FFFD for none. */
function pointOf(bytes: Bytes): number {
  const width = widthOfFirst(bytes);
  const first = bytes.charCodeAt(0);
  return width === 1 ? (first < 0x80 ? first : 0xfffd) : (fromBytes(bytes.slice(0, width)).codePointAt(0) ?? 0xfffd);
}

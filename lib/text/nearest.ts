/** Where thousands of names are asked for among thousands, no hint is worth the wait. */
const maximumNames = 1000;

/** The name that is a slip of the keyboard away; of several, the nearest. */
export function nearest(word: string, names: readonly string[]): string | undefined {
  if (names.length > maximumNames) return undefined;
  const limit = word.length <= 4 ? 1 : word.length <= 8 ? 2 : 3;
  let best: string | undefined;
  let least = limit + 1;
  for (const name of names) {
    const other = distance(word, name, least);
    if (other < least) [best, least] = [name, other];
  }
  return best;
}

/** The word of a few that somebody means: the nearest, or else the only one that begins so (`warn` is `warning`). */
export function meantWord(word: string, words: readonly string[]): string | undefined {
  const longer = word.length > 1 ? words.filter((each) => each.startsWith(word)) : [];
  return nearest(word, words) ?? (longer.length === 1 ? longer[0] : undefined);
}

/**
 * How many letters are to be added, left out, changed or swapped; letters of another case count half. What is not below the limit
 * is not counted to its end: a tree may ask for thousands of names among thousands.
 */
function distance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) >= limit) return limit;
  // What both begin and end with changes nothing.
  let start = 0;
  while (start < a.length && a[start] === b[start]) start += 1;
  let end = 0;
  const shorter = Math.min(a.length, b.length) - start;
  while (end < shorter && a[a.length - 1 - end] === b[b.length - 1 - end]) end += 1;
  const [left, right] = [a.slice(start, a.length - end), b.slice(start, b.length - end)];
  if (left.toLowerCase() === right.toLowerCase()) return 0.5;
  return edits(left, right, limit);
}

function edits(a: string, b: string, limit: number): number {
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const changed = (last[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const swapped = isSwap ? (before[j - 2] as number) + 1 : changed;
      row.push(Math.min((last[j] as number) + 1, (row[j - 1] as number) + 1, changed, swapped));
    }
    // It only grows; a swap goes back two rows.
    if (Math.min(...last, ...row) >= limit) return limit;
    [before, last] = [last, row];
  }
  return last[b.length] as number;
}

/**
 * The name that a word is surely meant to be: the only one that is a single slip of the keyboard away. Names that differ in a number, in
 * a first letter or in a short part (`lan` and `wan`, `web-ro` and `web-rw`) are names of two things, and so are http and https.
 */
export function onlyNear(word: string, names: readonly string[]): string | undefined {
  if (names.length > maximumNames) return undefined;
  const near = [...new Set(names)].filter((name) => distance(word, name, 3) <= 2);
  const [only] = near;
  return only !== undefined && near.length === 1 && isSlip(word, only) ? only : undefined;
}

/** Whether two texts have the same letters: all in their places but two neighbours. */
function areSwapped(a: string, b: string): boolean {
  const at = [...a].findIndex((letter, i) => letter !== b[i]);
  return a.length === b.length && a.slice(0, at) + (a[at + 1] ?? '') + (a[at] ?? '') + a.slice(at + 2) === b;
}

function isSlip(word: string, name: string): boolean {
  if (word.replace(/\D/g, '') !== name.replace(/\D/g, '') || distance(word, name, 2) > 1) return false;
  const [parts = [], others = []] = [word, name].map((text) => text.toLowerCase().split(/[^a-z\d]+/));
  // A separator too few, too many or another.
  if (parts.join('') === others.join('')) return true;
  return parts.every((part, i) => {
    const other = others[i] ?? '';
    if (part === other || areSwapped(part, other)) return true;
    return Math.min(part.length, other.length) >= 4 && part[0] === other[0] && !/^http/.test(part);
  });
}

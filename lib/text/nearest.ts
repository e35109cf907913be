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

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

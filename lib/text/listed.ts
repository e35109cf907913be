/** A list that a person can read, however long it is. */
export function listed(words: Iterable<string>, most = 12): string {
  const all = [...words];
  const left = all.length - most;
  return left <= 0 ? all.join(', ') : `${all.slice(0, most).join(', ')} and ${left} ${left === 1 ? 'other' : 'others'}`;
}

/** The same with each word as code. */
export function listedCode(words: Iterable<string>, most?: number): string {
  return listed(
    [...words].map((word) => `\`${word}\``),
    most,
  );
}

/** `a`, `a and b`, `a, b and c`. */
export function enumerated(items: readonly string[]): string {
  return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;
}

/** The first few of a list, and how many more there are. */
export function few(items: readonly string[], most: number): string[] {
  return items.length <= most ? [...items] : [...items.slice(0, most), `${items.length - most} more`];
}

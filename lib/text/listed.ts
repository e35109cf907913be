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

/** A list that a person can read, however long it is. */
export function listed(words: Iterable<string>, most = 12): string {
  const all = [...words];
  return all.length <= most ? all.join(', ') : `${all.slice(0, most).join(', ')} and ${all.length - most} others`;
}

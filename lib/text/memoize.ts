/** A function that works out its answer when it is first asked, and never again. */
export function lazy<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

/** A function that works out its answer for an object when it is first asked, and never again for the same one. */
export function memoize<K extends object, T>(make: (of: K) => T): (of: K) => T {
  const made = new WeakMap<K, { readonly value: T }>();
  return (of) => {
    let known = made.get(of);
    if (known === undefined) {
      known = { value: make(of) };
      made.set(of, known);
    }
    return known.value;
  };
}

/** What is kept for texts: forgotten with each command, and where somebody writes very many to fill the memory. */
const kept: Map<string, unknown>[] = [];
const mostTexts = 100_000;

/** A function that works out its answer for a text when it is first asked, and keeps it for the command that runs. */
export function memoizeText<T>(make: (text: string) => T): (text: string) => T {
  const made = new Map<string, T>();
  kept.push(made);
  return (text) => {
    const known = made.get(text);
    if (known !== undefined || made.has(text)) return known as T;
    const value = make(text);
    if (made.size === mostTexts) made.clear();
    made.set(text, value);
    return value;
  };
}

/** For the next tree: the texts of one are not those of another. */
export function forgetTexts(): void {
  for (const made of kept) made.clear();
}

/** What is known of a variable. */
export type Variable =
  | { readonly state: 'known'; readonly value: string }
  /** It is there, but nobody knows its value: a key of a Secret, say. */
  | { readonly state: 'unknown' }
  /** Whether it is there is not known, either: an optional ConfigMap, say, that is not in the tree. */
  | { readonly state: 'perhaps' }
  | { readonly state: 'absent' };

/** The variables that a Kustomization gives. */
export interface Variables {
  of(name: string): Variable;
  /**
   * Whether Flux substitutes at all. Without a single variable it does not, and `$${X}` and `${X:=d}` stay as they are. `perhaps`
   * where they come from objects that are not known: then it is done as if.
   */
  readonly substitutes: 'always' | 'perhaps' | 'never';
}

/** Variables whose values are all known. */
export function knownVariables(values: { readonly [name: string]: string }): Variables {
  const known = new Map(Object.entries(values).map(([name, value]) => [name, { state: 'known', value } as const]));
  return { of: (name) => known.get(name) ?? { state: 'absent' }, substitutes: 'always' };
}

/** A file that main.ts is made of, and the hash of what was loaded; undefined where it was not there. */
export type LoadedFile = readonly [path: string, hash: string | undefined];

/** A file of the tree that a change touches. */
export interface FileChange {
  readonly path: string;
  /** What the tree before the change has; undefined when it is created. */
  readonly before?: string;
  /** What the tree after it has; undefined when it is deleted. */
  readonly after?: string;
}

/** The parts that changed were composed alone. */
export interface Alone {
  readonly kind: 'alone';
  readonly parts: readonly string[];
  readonly folders: readonly { readonly outdir: string; readonly changes: readonly FileChange[] }[];
  /** What the author's code printed. */
  readonly said: string;
}

/** The whole of main.ts has to be run. */
export interface Whole {
  readonly kind: 'whole';
  /** A clause for the author: `a part was added`. */
  readonly because: string;
}

/** What the warm process says, once when it is ready and then of each change. */
export interface Answer {
  readonly result: Alone | Whole;
  /** Files loaded since it spoke last. */
  readonly loaded: readonly LoadedFile[];
  /** Whether main.ts could not be loaded: what it is made of is not known then. */
  readonly broken: boolean;
  /** Whether the process holds what it cannot load again: another has to take its place. */
  readonly stale: boolean;
}

export function whole(because: string): Whole {
  return { kind: 'whole', because };
}

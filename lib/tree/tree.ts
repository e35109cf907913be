/** A JSON value as Kubernetes reads it: what remains after tokens are resolved and undefined fields dropped. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** One file of a tree, before it is rendered. */
export interface TreeFile {
  /** Where it lies below the tree's root: POSIX, relative, without `.` or `..` segments. */
  readonly path: string;
  /** Who made it, for the file's header and for messages: a construct's type and path. */
  readonly madeBy: string;
  /** The Kubernetes objects (or the kustomization.yaml) that it holds, in order; at least one. */
  readonly documents: readonly Json[];
}

/** A tree: files of documents, with no order of its own (writers sort by path). */
export interface Tree {
  readonly files: readonly TreeFile[];
}

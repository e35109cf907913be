import type { Json, Path } from '../json/json';

/** One file of a tree, before it is rendered. */
export interface TreeFile {
  /** Where it lies below the tree's root: POSIX, relative, without `.` or `..` segments. */
  readonly path: string;
  /** Who made it, for the file's header and for messages: a construct's type and path. */
  readonly madeBy: string;
  /**
   * What it is made of, where that is no construct's own: a line of its header.
   *
   * @default - nothing is said
   */
  readonly origin?: string;
  /**
   * The cluster whose objects it holds, where a tree has several: an object is one within its cluster.
   *
   * @default - the tree is one cluster's
   */
  readonly cluster?: string;
  /** The Kubernetes objects (or the kustomization.yaml) that it holds, in order; at least one, unless it has a text. */
  readonly documents: readonly Json[];
  /**
   * Its text, which is written as it is.
   *
   * @default - the documents are rendered
   */
  readonly text?: string;
  /**
   * What is said of the documents in comments, in their order.
   *
   * @default - nothing
   */
  readonly comments?: readonly (DocumentComments | undefined)[];
}

/** What is said of a document in comments. */
export interface DocumentComments {
  /** Lines above it, after its schema. */
  readonly above?: string;
  /** The address of its schema; false for none. @default - where the tree has its schemas */
  readonly schema?: string | false;
  /** What is said of its fields. */
  readonly fields?: readonly FieldComment[];
}

/** A comment on a field or an item of a list. */
export interface FieldComment {
  readonly path: Path;
  readonly text: string;
  /**
   * On lines of its own above the field, or below all that is in it; or behind it on its line. A text of several lines never stands
   * behind it, but above.
   */
  readonly at: 'above' | 'end' | 'below';
}

/** A tree: files of documents, with no order of its own (writers sort by path). */
export interface Tree {
  readonly files: readonly TreeFile[];
  /**
   * Its clusters, those without files too.
   *
   * @default - none
   */
  readonly clusters?: readonly TreeCluster[];
  /**
   * Objects that its author says are in the cluster although the tree does not have them: `Kind/namespace/name`, or `Kind/name`
   * for what has no namespace.
   *
   * @default - none
   */
  readonly external?: readonly string[];
  /**
   * Files that it was made of besides code: absolute paths.
   *
   * @default - none
   */
  readonly madeOf?: readonly string[];
  /**
   * Where the Vault policies that its clusters need are written, for each cluster that wants them.
   *
   * @default - no policies are written
   */
  readonly policies?: readonly PolicyFolder[];
}

/** A cluster of a tree, for whoever adds to its code. */
export interface TreeCluster {
  readonly name: string;
  /** Its folder below the tree's root: empty for the root itself. */
  readonly folder: string;
  /** The properties that its construct was given. */
  readonly props: object;
  /** The ids of what stands in it, as constructs have them. */
  readonly taken: readonly string[];
}

/** Where the Vault policies of a cluster are written. */
export interface PolicyFolder {
  /** The cluster, as TreeFile names it. */
  readonly cluster: string;
  /** Below the tree's root, as a file's path is. */
  readonly folder: string;
}

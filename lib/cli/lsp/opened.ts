import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Graph } from '../../graph/graph';
import type { EditedTree } from './edited-tree';

/** A document of an editor, with what is known of its tree. */
export interface Opened {
  readonly tree: EditedTree;
  readonly graph: Graph;
  /** Its path below the root of the tree. */
  readonly file: string;
  readonly document: TextDocument;
  /** How the editor calls a file of the tree. */
  readonly uriOf: (file: string) => string;
  /**
   * The version of a file that the editor has open: an edit of another one is refused.
   *
   * @default - the editor does not look at versions
   */
  readonly versionOf?: ((file: string) => number | null) | undefined;
}

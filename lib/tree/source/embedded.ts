import type { Path } from '../../json/json';
import type { SourceDocument, SourceFile } from './source';

/** A text in a document that is YAML itself, such as a patch in a kustomization.yaml. */
export interface Embedding {
  readonly document: SourceDocument;
  readonly path: Path;
  /** Where its text was made of the one at `path`, as by a template: of each of its lines, the line of that text that it is from. */
  readonly lines?: readonly number[];
}

const embeddings = new WeakMap<SourceFile, Embedding>();

/** Makes what was read of a text in a document a part of that document's file: what stands in it is found there. */
export function embed(read: SourceFile, at: Embedding): SourceFile {
  const documents: SourceDocument[] = [];
  const file: SourceFile = { ...read, path: at.document.file.path, documents };
  for (const document of read.documents) documents.push({ ...document, file });
  embeddings.set(file, at);
  return file;
}

/** The file of the tree that a file is, or was read of. */
export function wholeFile(file: SourceFile): SourceFile {
  const embedding = embeddings.get(file);
  return embedding === undefined ? file : wholeFile(embedding.document.file);
}

/** Where the text stands that a file was read of; undefined for a file of the tree. */
export function embeddingOf(file: SourceFile): Embedding | undefined {
  return embeddings.get(file);
}

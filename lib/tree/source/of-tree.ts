import { resolve } from 'node:path';
import type { Tree } from '../tree';
import { holdsCiphertext, isEncrypted } from './encrypted';
import { realPath, seenFrom } from './seen-from';
import type { SourceFile, SourceTree } from './source';
import { type Storage, sourceTree } from './storage';

/** A file whose documents, which know it, are not there yet. */
type Filling = { -readonly [K in keyof SourceFile]: SourceFile[K] };

const none: readonly never[] = [];

/**
 * A tree that is in memory, as if it lay in its output folder already: the documents are its own, nothing is parsed.
 *
 * @param texts what would be written, by path (see renderTree)
 * @param outdir where it would be written
 */
export function sourceOfTree(tree: Tree, texts: ReadonlyMap<string, string>, outdir: string): SourceTree {
  const files = new Map<string, SourceFile>();
  for (const { path, madeBy, documents: values } of tree.files) {
    const text = texts.get(path) ?? '';
    const mayHold = holdsCiphertext(text);
    const file: Filling = { path, text, documents: none, faults: none, madeBy };
    file.documents = values.map((value, index) => ({ file, index, value, encrypted: isEncrypted(value, mayHold) }));
    files.set(path, file);
  }
  const storage: Storage = {
    paths: [...files.keys()],
    unreadable: new Map(),
    read: (path) => {
      const file = files.get(path);
      return file && Buffer.from(file.text);
    },
    file: (path) => files.get(path),
    exists: () => true,
  };
  const location = realPath(resolve(outdir));
  return sourceTree(storage, { ...seenFrom(location), location, below: '' });
}

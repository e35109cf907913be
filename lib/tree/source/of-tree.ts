import { resolve } from 'node:path';
import { isKustomizationFile } from '../../systems/flux/kustomization-names';
import { newFoldersOf } from '../paths';
import { pathsWritten } from '../read';
import type { Tree } from '../tree';
import { holdsCiphertext, isEncrypted } from './encrypted';
import { readStorage } from './folder';
import { parseFile } from './parse';
import { realPath, rootOf, seenFrom } from './seen-from';
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
  const files = filesOf(tree, texts, '');
  const storage: Storage = { paths: [...files.keys()], unreadable: new Map(), ...inMemory(files) };
  const location = realPath(resolve(outdir));
  return sourceTree(storage, { ...seenFrom(location), location, below: '' });
}

/**
 * The same tree laid over the folder that Flux's source is made of, as it will lie there once it is written: what people wrote
 * beside it is there, what Espalier wrote before and the tree no longer has is not.
 *
 * @param below the way from that folder to the output folder, which it ends with: `dist`
 * @param all whether what people wrote in the output folder is checked, too
 * @param moved files of people that are not there either: the tree has what they say
 */
export function laidOver(
  tree: Tree,
  texts: ReadonlyMap<string, string>,
  outdir: string,
  below: string,
  all = false,
  moved: Iterable<string> = [],
): SourceTree {
  const inTree = (path: string) => (below === '' ? path : `${below}/${path}`);
  const written = new Set([...pathsWritten(outdir, texts), ...moved].map(inTree));
  const files = filesOf(tree, texts, inTree(''));
  return over(files, outdir, below, (path) => !written.has(path), all);
}

/**
 * The folder that a tree is laid over, as it lies there now. Where the tree brings a file that is not there yet, an empty one is: what
 * people have listed already does not keep their own from being built.
 */
export function before(texts: ReadonlyMap<string, string>, outdir: string, below: string): SourceTree {
  const location = realPath(rootOf(resolve(outdir), below));
  const there = new Set(readStorage(location, below).paths);
  const files = new Map<string, SourceFile>();
  for (const own of texts.keys()) {
    const path = below === '' ? own : `${below}/${own}`;
    if (!there.has(path)) files.set(path, emptyFile(path));
  }
  return over(files, outdir, below, () => true, true);
}

/** A kustomization.yaml lists nothing: one without a field is a fault. */
function emptyFile(path: string): SourceFile {
  const file: Filling = { path, text: '', documents: none, faults: none };
  if (isKustomizationFile(path)) file.documents = [{ file, index: 0, value: { resources: [] }, encrypted: false }];
  return file;
}

function over(
  files: ReadonlyMap<string, SourceFile>,
  outdir: string,
  below: string,
  stays: (path: string) => boolean,
  all: boolean,
): SourceTree {
  const location = realPath(rootOf(resolve(outdir), below));
  const disk = readStorage(location, below);
  const beside = disk.paths.filter((path) => stays(path) && !files.has(path));
  const own = inMemory(files);
  const folders = new Set<string>();
  for (const path of files.keys()) newFoldersOf(path, folders);
  const storage: Storage = {
    paths: [...beside, ...files.keys()],
    unreadable: disk.unreadable,
    read: (path) => own.read(path) ?? disk.read(path),
    file: own.file,
    exists: (path, type) => files.has(path) || (type === 'folder' && folders.has(path)) || disk.exists(path, type),
  };
  return sourceTree(storage, { ...seenFrom(location), location, below }, (path) => all || files.has(path));
}

function filesOf(tree: Tree, texts: ReadonlyMap<string, string>, prefix: string): ReadonlyMap<string, SourceFile> {
  const files = new Map<string, SourceFile>();
  for (const { path: own, madeBy, documents: values, text: asItIs } of tree.files) {
    const text = texts.get(own) ?? '';
    const path = prefix + own;
    if (asItIs !== undefined) {
      files.set(path, Object.assign(parseFile(path, text), { madeBy }));
      continue;
    }
    const mayHold = holdsCiphertext(text);
    const file: Filling = { path, text, documents: none, faults: none, madeBy };
    file.documents = values.map((value, index) => ({ file, index, value, encrypted: isEncrypted(value, mayHold) }));
    files.set(path, file);
  }
  return files;
}

function inMemory(
  files: ReadonlyMap<string, SourceFile>,
): Pick<Storage, 'exists'> & Required<Pick<Storage, 'read' | 'file'>> {
  return {
    read: (path) => {
      const file = files.get(path);
      return file && Buffer.from(file.text);
    },
    file: (path) => files.get(path),
    exists: () => true,
  };
}

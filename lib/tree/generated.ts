import { memoize } from '../text/memoize';
import { type Ownership, ownershipFile, parseOwnership } from './ownership';
import { foldersOf } from './paths';
import { madeByLine } from './render';
import type { SourceTree } from './source/source';

/** What has written a file that nobody should edit by hand. */
export interface GeneratedFile {
  /** The construct, as in `Application at apps/shop`; undefined where the file does not say. */
  readonly by: string | undefined;
}

/** Whether Espalier has written a file of a tree, by the list in its output folder; undefined for a file that somebody else wrote. */
export function generated(tree: SourceTree, path: string): GeneratedFile | undefined {
  const owned = ['', ...foldersOf(path)].some((folder) => {
    const below = folder === '' ? path : path.slice(folder.length + 1);
    return ownershipsOf(tree)(folder)?.hashes.has(below);
  });
  if (!owned) return undefined;
  const line = tree
    .file(path)
    ?.text.split('\n', linesAbove)
    .find((one) => madeByLine.test(one));
  return { by: line?.slice('# Made by '.length, line.lastIndexOf(';')) };
}

/** The line that says who made a file is among the first. */
const linesAbove = 5;

const ownershipsOf = memoize((tree: SourceTree) => {
  const known = new Map<string, Ownership | undefined>();
  return (folder: string): Ownership | undefined => {
    if (!known.has(folder)) known.set(folder, ownershipIn(tree, folder));
    return known.get(folder);
  };
});

function ownershipIn(tree: SourceTree, folder: string): Ownership | undefined {
  const bytes = tree.read(folder === '' ? ownershipFile : `${folder}/${ownershipFile}`);
  if (bytes === undefined) return undefined;
  try {
    return parseOwnership(Buffer.from(bytes).toString('utf8'), ownershipFile, undefined, { bothSides: true });
  } catch {
    return undefined;
  }
}

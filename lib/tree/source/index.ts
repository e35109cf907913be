/** A tree as somebody wrote it: from a folder, a Git revision or memory; what stands in it and where. */
export { readFolder } from './folder';
<<<<<<< HEAD
export { isRevision, mergeBase, readRevision, shallowClone } from './git';
=======
export { isRevision, mergeBase, readRevision } from './git';
<<<<<<< HEAD
>>>>>>> dcc8b6d (Decide in one place what is secret: frames, messages, diff and graph hide the same)
export { type FrameLine, frame, locate } from './locate';
export { laidOver, sourceOfTree } from './of-tree';
=======
export { locate } from './locate';
export { sourceOfTree } from './of-tree';
>>>>>>> 730dbbb (Decide in one place what is secret: frames, messages, diff and graph hide the same)
export { maximumSize, parseFile } from './parse';
export { isAt } from './seen-from';
export type { Path, Position, SourceDocument, SourceEntry, SourceFile, SourceTree, SyntaxFault } from './source';
export { locateWithin } from './within';

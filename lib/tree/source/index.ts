/** A tree as somebody wrote it: from a folder, a Git revision or memory; what stands in it and where. */

export type { Path } from '../../json/json';
export { liesAmongOthers } from './among-others';
export { gitTop, readAround, readFolder } from './folder';
export { gitFault, ignoredYaml, isRevision, mergeBase, readRevision, revisionNames, whyNoRevision } from './git';
export { lineOf, locate } from './locate';
export { sourceOfTexts } from './of-texts';
export { before, laidOver, sourceOfTree } from './of-tree';
export { type OpenFolder, openFolder } from './open-folder';
export { maximumSize, parseFile } from './parse';
export { isAt, isIn, realPath, slashes } from './seen-from';
export type { FrameLine, Position, SourceDocument, SourceEntry, SourceFile, SourceTree, SyntaxFault } from './source';
export { locateWithin } from './within';

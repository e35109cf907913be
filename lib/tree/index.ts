/** A tree: files of parsed documents; rendered to text; written to a folder, all or nothing. */

export { isJsonObject, type Json, type JsonObject } from '../json/json';
export { adoptFiles } from './adopt-files';
export { type DiffOptions, diffPlan } from './diff';
export { gitAttributes } from './git-attributes';
export { type Ownership, ownershipFile, parseOwnership, printOwnership, sha256, type Writer } from './ownership';
export { checkPaths, pathFault } from './paths';
export { type Change, type Conflict, isUpToDate, makePlan, type Plan, refuseConflicts } from './plan';
export { readState } from './read';
export { type RenderOptions, renderFile, renderTree } from './render';
export { defaultSchemaHost, schemaUrl } from './schema-url';
export type { PolicyFolder, Tree, TreeFile } from './tree';
export { type Comparison, compareTree, type WriteOptions, type WriteResult, writeTree } from './write';
export { emitYaml } from './yaml/emit';

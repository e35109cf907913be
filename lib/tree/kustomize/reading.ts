import { parseFile } from '../source/parse';
import type { SourceDocument, SourceEntry, SourceFile, SourceTree } from '../source/source';
import type { Yield } from './findings';
import { kustomizationNames } from './kustomization';
import type { DocumentObjects } from './objects';

/** What the builds of one tree share. */
export interface Reading {
  readonly source: SourceTree;
  readonly objects: WeakMap<SourceDocument, DocumentObjects>;
  /** What folders yield to those that list them. */
  readonly folders: Map<string, Yield>;
  /** How many more kustomizations the build that goes on may read: nothing runs for ever, whatever was written. */
  budget: number;
  /** What lies in a folder, by name; nothing where there is no such folder. */
  entries(folder: string): ReadonlyMap<string, SourceEntry['type']>;
  /** A file that Flux has, as YAML, whatever its name. */
  yaml(path: string): SourceFile | undefined;
  /** The bytes of a file that Flux has. */
  bytes(path: string): Uint8Array | undefined;
}

export function newReading(source: SourceTree): Reading {
  const folders = new Map<string, ReadonlyMap<string, SourceEntry['type']>>();
  const entries: Reading['entries'] = (folder) => {
    let known = folders.get(folder);
    if (known === undefined) {
      known = new Map((source.list(folder) ?? []).map(({ name, type }) => [name, type]));
      folders.set(folder, known);
    }
    return known;
  };
  /** Whether the file is listed: what .sourceignore leaves out may lie there, and Flux does not have it. */
  const isListed = (path: string): boolean => {
    const slash = path.lastIndexOf('/');
    return entries(path.slice(0, Math.max(slash, 0))).has(path.slice(slash + 1));
  };
  const bytes = (path: string) => (isListed(path) ? source.read(path) : undefined);
  const yaml = (path: string): SourceFile | undefined => {
    if (!isListed(path)) return undefined;
    const file = source.file(path);
    const content = file === undefined ? source.read(path) : undefined;
    return content === undefined ? file : parseFile(path, content);
  };
  return { source, objects: new WeakMap(), folders: new Map(), budget: 0, entries, yaml, bytes };
}

/** The files of a folder that kustomize takes for a kustomization: more than one is a fault. */
export function kustomizationFiles({ entries, yaml }: Reading, folder: string): readonly SourceFile[] {
  const types = entries(folder);
  return kustomizationNames
    .filter((name) => types.get(name) === 'file')
    .map((name) => yaml(folder === '' ? name : `${folder}/${name}`))
    .filter((file) => file !== undefined);
}

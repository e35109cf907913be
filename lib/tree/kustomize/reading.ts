import { parseFile } from '../source/parse';
import type { SourceDocument, SourceFile, SourceTree } from '../source/source';
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
  /** A file that Flux has, as YAML, whatever its name. */
  yaml(path: string): SourceFile | undefined;
  /** The bytes of a file that Flux has. */
  bytes(path: string): Uint8Array | undefined;
}

export function newReading(source: SourceTree): Reading {
  const names = new Map<string, ReadonlySet<string>>();
  /** Whether the file is listed: what .sourceignore leaves out may lie there, and Flux does not have it. */
  const isListed = (path: string): boolean => {
    const slash = path.lastIndexOf('/');
    const folder = path.slice(0, Math.max(slash, 0));
    const known = names.get(folder) ?? new Set((source.list(folder) ?? []).map(({ name }) => name));
    names.set(folder, known);
    return known.has(path.slice(slash + 1));
  };
  const bytes = (path: string) => (isListed(path) ? source.read(path) : undefined);
  const yaml = (path: string): SourceFile | undefined => {
    if (!isListed(path)) return undefined;
    const file = source.file(path);
    const content = file === undefined ? source.read(path) : undefined;
    return content === undefined ? file : parseFile(path, content);
  };
  return { source, objects: new WeakMap(), folders: new Map(), budget: 0, yaml, bytes };
}

/** The files of a folder that kustomize takes for a kustomization: more than one is a fault. */
export function kustomizationFiles({ source, yaml }: Reading, folder: string): readonly SourceFile[] {
  const names = new Set((source.list(folder) ?? []).filter(({ type }) => type === 'file').map(({ name }) => name));
  return kustomizationNames
    .filter((name) => names.has(name))
    .map((name) => yaml(folder === '' ? name : `${folder}/${name}`))
    .filter((file) => file !== undefined);
}

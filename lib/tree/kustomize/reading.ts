import { kustomizationNames } from '../../systems/flux/kustomization-names';
import { parseFile } from '../source/parse';
import type { SourceFile, SourceTree } from '../source/source';
import { submoduleOf } from '../submodules';
import { newWork, type Work, type Yield } from './findings';
import { fetchedText, isRemote } from './place';

/** What the builds of one tree share. */
export interface Reading {
  readonly source: SourceTree;
  /** What folders yield to those that list them. */
  readonly folders: Map<string, Yield>;
  /** What folders that are built bring together. */
  readonly gathered: Map<string, Yield>;
  /** Whether the build that goes on notes in its objects which transformers ran. */
  notesTransformers: boolean;
  /** How many more kustomizations the build that goes on may read: nothing runs for ever, whatever was written. */
  budget: number;
  /** How many bytes generators have read. */
  generated: number;
  readonly work: Work;
  /** A file that Flux has, as YAML, whatever its name. */
  yaml(path: string): SourceFile | undefined;
  /** The bytes of a file that Flux has. */
  bytes(path: string): Uint8Array | undefined;
}

export function newReading(source: SourceTree): Reading {
  /** Whether the file is listed: what .sourceignore leaves out may lie there, and Flux does not have it. */
  const isListed = (path: string): boolean => {
    const slash = path.lastIndexOf('/');
    return source.typeOf(path.slice(0, Math.max(slash, 0)), path.slice(slash + 1)) === 'file';
  };
  const bytes = (path: string) => (isListed(path) ? source.read(path) : undefined);
  const yaml = (path: string): SourceFile | undefined => {
    const checked = source.files.get(path);
    // Most are checked, and so they are listed: all but one that was asked for by name, and what cannot be read.
    if (checked !== undefined && checked.faults.length === 0 && path !== source.below) return checked;
    if (!isListed(path)) return undefined;
    const file = source.file(path);
    const content = file === undefined ? source.read(path) : undefined;
    return content === undefined ? file : parseFile(path, content);
  };
  return {
    source,
    folders: new Map(),
    gathered: new Map(),
    notesTransformers: false,
    budget: 0,
    generated: 0,
    work: newWork(),
    yaml,
    bytes,
  };
}

/** The files of a folder that kustomize takes for a kustomization: more than one is a fault. */
export function kustomizationFiles({ source, yaml }: Reading, folder: string): readonly SourceFile[] {
  return kustomizationNames
    .filter((name) => source.typeOf(folder, name) === 'file')
    .map((name) => yaml(folder === '' ? name : `${folder}/${name}`))
    .filter((file) => file !== undefined);
}

/** Where what an entry names comes from, if the tree cannot have it. @param path where the entry leads to, within the source */
export function comesFrom({ source }: Reading, entry: string, path: string | undefined): string | undefined {
  if (isRemote(entry)) return fetchedText(entry);
  const submodule = path === undefined ? undefined : submoduleOf(source, path);
  if (submodule === undefined) return undefined;
  return `${path} lies in the submodule ${submodule}, which Flux has where the GitRepository sets recurseSubmodules`;
}

/** What is said of a file or folder that Flux does not find: it may lie there, and be left out of the source. */
export function absence(
  { source }: Reading,
  path: string,
  advice: string,
): { readonly kind: 'missing' | 'outside'; readonly message: string } {
  const link = source.linkOn(path);
  if (link !== undefined) {
    const what = link === path ? `${path} is a symbolic link` : `${path} lies behind the symbolic link ${link}`;
    const message = `${what}, and Flux leaves links out of its sources; put the file itself there`;
    return { kind: 'outside', message };
  }
  const slash = path.lastIndexOf('/');
  const entries = source.everythingIn(path.slice(0, Math.max(slash, 0)));
  const ignored = source.ignoredBy?.(path);
  if (ignored !== undefined) {
    return {
      kind: 'missing',
      message: `Git ignores ${path} (${ignored}), so Flux does not get it; take that line out, then run: git add ${path}`,
    };
  }
  const message = entries?.some(({ name }) => name === path.slice(slash + 1))
    ? `Flux does not get ${path}: .sourceignore, the spec of its source or Flux's default exclusions exclude it; include it again with a pattern that begins with !`
    : `${path} does not exist; ${advice}`;
  return { kind: 'missing', message };
}

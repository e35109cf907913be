import type { Json } from '../../json/json';

/** Where something is written; both count from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** Why a file, or one document of it, could not be read as Kubernetes reads it. */
export interface SyntaxFault extends Position {
  readonly kind: 'syntax' | 'duplicate-key' | 'key-type' | 'unreadable';
  readonly message: string;
}

/** A YAML file as somebody wrote it. */
export interface SourceFile {
  /** Below the tree's root: POSIX, relative. */
  readonly path: string;
  /** Its text; of a tree that is in memory only, what would be written. */
  readonly text: string;
  /** Its documents, empty ones left out; those that could not be read are not among them. */
  readonly documents: readonly SourceDocument[];
  readonly faults: readonly SyntaxFault[];
  /** Who made it, of a tree in memory: a construct's type and path. */
  readonly madeBy?: string;
}

/** One document of a file. */
export interface SourceDocument {
  readonly file: SourceFile;
  /** Which document of the file it is, empty ones counted: from 0. */
  readonly index: number;
  readonly value: Json;
  /** Whether SOPS has encrypted it: its values are never shown, and nobody but Flux knows them. */
  readonly encrypted: boolean;
}

/** A line of a file, as it is shown beside a finding. */
export interface FrameLine {
  readonly number: number;
  readonly text: string;
}

/** One entry of a folder. */
export interface SourceEntry {
  readonly name: string;
  readonly type: 'file' | 'folder';
}

/** What a source leaves behind by its spec. */
export interface Exclusions {
  /** The folder that the source begins at; '' for the tree's root. */
  readonly root: string;
  /** Patterns as in .sourceignore, which come after those of the tree. */
  readonly ignore: string;
  /** The only folders that it has; undefined for all. */
  readonly only: readonly string[] | undefined;
}

/** A tree of files as it lies in a folder, in a Git revision or in memory. */
export interface SourceTree {
  /** What the root is called when it is spoken of, and what stands before the files' paths in messages; '' for none. */
  readonly prefix: string;
  /** Where, below the root, the command runs: such paths are shown without it; '' when it runs elsewhere, or at the root. */
  readonly inside?: string;
  /** The absolute path of the root, whose last segments a Kustomization's path may repeat; '' when it has none. */
  readonly location: string;
  /** The folder or file below the root that was asked for; '' for all. */
  readonly below: string;
  /** The YAML files that are checked, by path: those below the folder that was asked for, which may lie below the root. */
  readonly files: ReadonlyMap<string, SourceFile>;
  /** A YAML file anywhere below the root: read when it is asked for. */
  file(path: string): SourceFile | undefined;
  /** Whether there is a folder anywhere below the root. */
  isFolder(folder: string): boolean;
  /** The symbolic link that a path below the root is, or leads through; undefined where there is none. */
  linkOn(path: string): string | undefined;
  /** What makes Git ignore a path that is on the disk, such as `.gitignore:1: dist/`: nobody else gets it, and neither does Flux. */
  ignoredBy?(path: string): string | undefined;
  /** What an entry of a folder is, of those that `list` has; undefined where there is none of that name. */
  typeOf(folder: string, name: string): SourceEntry['type'] | undefined;
  /** What lies in a folder anywhere below the root, sorted by name; undefined when there is no such folder. */
  list(folder: string): readonly SourceEntry[] | undefined;
  /** What lies in a folder anywhere below the root, be it what Flux leaves behind; undefined when there is no such folder. */
  everythingIn(folder: string): readonly SourceEntry[] | undefined;
  /** The tree without what a source leaves behind besides, as its spec says. */
  leavingOut(exclusions: Exclusions): SourceTree;
  /** The bytes of any file below the root; undefined when there is no such file or it is too large. */
  read(path: string): Uint8Array | undefined;
}

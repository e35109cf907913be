import type { Path, SourceDocument } from '../source/source';
import type { JsonObject } from '../tree';

/** One object that a folder yields. */
export interface BuiltObject {
  readonly value: JsonObject;
  /** The document that it was written in or, when it is generated, the kustomization that generates it. */
  readonly document: SourceDocument;
  readonly generated: boolean;
  /** Whether something acts on it that could not be followed (a patch, say): its fields may differ from `value`. */
  readonly uncertain: boolean;
}

/** What makes kustomize fail. */
export interface BuildFault {
  readonly kind: 'missing' | 'outside' | 'duplicate' | 'cycle' | 'empty-patch' | 'invalid' | 'failed';
  /** Where: a kustomization and the entry in it. */
  readonly document: SourceDocument;
  readonly path: Path;
  readonly message: string;
}

/** What could not be followed: objects may be missing from what was built, or differ from what Flux makes of them. */
export interface Unresolved {
  readonly document: SourceDocument;
  readonly path: Path;
  /** As in "patches need kustomize or kubectl on the PATH". */
  readonly what: string;
  /** Whether there may be objects that are not known: of a remote resource, say, but not of a patch. */
  readonly hidesObjects: boolean;
}

/** A folder as Flux builds it. */
export interface Built {
  readonly folder: string;
  readonly objects: readonly BuiltObject[];
  readonly faults: readonly BuildFault[];
  readonly unresolved: readonly Unresolved[];
  /** Every file that takes part, kustomizations included, by path. */
  readonly files: ReadonlySet<string>;
  /** Every kustomization.yaml that takes part; none when the folder has none and Flux makes one. */
  readonly kustomizations: readonly SourceDocument[];
}

/** Builds a folder; it exists. Never throws: what fails is a fault. */
export type Build = (folder: string) => Built;

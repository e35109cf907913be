import type { JsonObject, Path } from '../../json/json';
import type { SourceDocument } from '../source/source';

/** One object that a folder yields. */
export interface BuiltObject {
  readonly value: JsonObject;
  /** The document that it was written in or, when it is generated, the kustomization that generates it. */
  readonly document: SourceDocument;
  /**
   * The way to it in the document.
   *
   * @default - the document is it; the items of a List have a way
   */
  readonly path?: Path;
  readonly generated: boolean;
  /** Whether something acts on it that is not known (a patch from an address, say): its fields may differ from `value`. */
  readonly uncertain: boolean;
}

/** What makes the build fail or, where `fails` is false, what it passes over in silence. */
export interface BuildFault {
  readonly kind: 'missing' | 'outside' | 'duplicate' | 'cycle' | 'empty-patch' | 'invalid' | 'failed' | 'helm';
  /** Where: a kustomization (or the Flux Kustomization, for its own fields) and the entry in it, or an object that is none. */
  readonly document: SourceDocument;
  readonly path: Path;
  readonly message: string;
  /** What was meant: the value as text, or another name of the field. @default - nobody can tell */
  readonly meant?: 'text' | { readonly field: string };
  /** Whether the build fails of it, so that Flux applies nothing of the folder. */
  readonly fails: boolean;
}

/** What could not be followed: objects may be missing from what was built, or differ from what Flux makes of them. */
export interface Unresolved {
  readonly document: SourceDocument;
  readonly path: Path;
  /** As in "https://example.org/base is fetched when Flux builds". */
  readonly what: string;
  /** Whether there may be objects that are not known: of a remote resource, say, but not of a patch. */
  readonly hidesObjects: boolean;
  /** The text of the objects that are not known, where it is there but cannot be read. */
  readonly text?: string;
}

/** A folder as Flux builds it. */
export interface Built {
  readonly folder: string;
  readonly objects: readonly BuiltObject[];
  readonly faults: readonly BuildFault[];
  readonly unresolved: readonly Unresolved[];
  /** Every file that takes part, kustomizations included, by path. */
  readonly files: ReadonlySet<string>;
  /** Those of them that generators read, whatever they hold. */
  readonly inputs: ReadonlySet<string>;
  /** Every kustomization.yaml that takes part; none when the folder has none and Flux makes one. */
  readonly kustomizations: readonly SourceDocument[];
}

/** A Flux Kustomization, whose own fields Flux adds to the kustomization.yaml of the folder that it builds. */
export interface FluxOverlay {
  /** Where it is written: what is wrong with its fields is told there. */
  readonly document: SourceDocument;
  /**
   * The way to its spec in the document.
   *
   * @default ['spec']
   */
  readonly path?: Path;
  /** Its spec; of it count targetNamespace, namePrefix, nameSuffix, patches, images, components and commonMetadata. */
  readonly spec: JsonObject;
}

/** Builds a folder, once; it exists. Never throws: what fails is a fault. */
export type Build = (folder: string, overlay?: FluxOverlay) => Built;

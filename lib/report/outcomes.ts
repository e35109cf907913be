import type { Finding, Unknown } from '../checks/finding';
import { jsonText } from '../graph/masking/printable';

/**
 * What commands that write something say of it to programs. Fields may be added; what is there keeps its name and meaning until `version` is
 * another.
 */

/** Of `espalier synth`. */
export interface SynthReport {
  readonly version: 1;
  /** One for each folder that is written to. */
  readonly trees: readonly SynthesizedFolder[];
}

/** What a folder is made of what it was: with `--check`, what it would be. */
export interface WrittenFolder {
  /** As the user would name it. */
  readonly folder: string;
  /** Whether nothing was to change, nor the list of what Espalier has written. */
  readonly upToDate: boolean;
  /** Paths below the folder, as all that follow. */
  readonly created: readonly string[];
  readonly changed: readonly string[];
  readonly deleted: readonly string[];
  /** How many are as they were. */
  readonly unchanged: number;
  /** Files of others that lie among them, and stay. */
  readonly kept: readonly string[];
}

export interface SynthesizedFolder extends WrittenFolder {
  /** What is found in the tree and does not keep it from being written. */
  readonly findings: readonly Finding[];
  /** What could not be judged. */
  readonly unknowns: readonly Unknown[];
  /** What is wrong in the repository that the tree has no part in. */
  readonly notCaused: readonly Finding[];
}

/** Of `espalier docs`. */
export interface DocsReport {
  readonly version: 1;
  /** One for each cluster. */
  readonly folders: readonly WrittenFolder[];
}

/** Of `espalier schemas add`. */
export interface KeptSchemasReport {
  readonly version: 1;
  /** By file. */
  readonly kinds: readonly KeptKind[];
}

export interface KeptKind {
  /** '' for none. */
  readonly group: string;
  readonly kind: string;
  readonly versions: readonly string[];
  readonly file: string;
  /** Whether the file is new, or says something else than before. */
  readonly written: boolean;
}

/** Of `espalier lock`. */
export interface LockReport {
  readonly version: 1;
  readonly file: string;
  /** All that are locked, by name. */
  readonly charts: readonly LockedChart[];
  /** Those that could not be had, and stay as they were. */
  readonly failed: readonly FailedChart[];
}

export interface LockedChart {
  readonly name: string;
  readonly version: string;
  readonly digest: string;
  /** Whether it is new in the file, or another than before. */
  readonly changed: boolean;
}

export interface FailedChart {
  readonly name: string;
  /** A clause. */
  readonly why: string;
  /** What to do, in whole sentences. */
  readonly fix?: string | undefined;
}

/** Of `espalier cache`. */
export interface CacheReport {
  readonly version: 1;
  readonly folder: string;
  readonly files: number;
  readonly bytes: number;
  /** What `cache prune` has deleted. */
  readonly deleted?: { readonly files: number; readonly bytes: number } | undefined;
}

/** Of `espalier push`. */
export interface PushReport {
  readonly version: 1;
  /** With the digest: `oci://ghcr.io/acme/fleet@sha256:…`. */
  readonly reference: string;
  /** How many files are in it. */
  readonly files: number;
  readonly revision: string;
  /** How many files differ from the commit that the revision names. */
  readonly altered: number;
  readonly signed: boolean;
}

/** Of `espalier import`. */
export interface ImportReport {
  readonly version: 1;
  readonly files: readonly ImportedFileReport[];
  /** What is not among them, and why: sentences. */
  readonly notes: readonly string[];
}

export interface ImportedFileReport {
  readonly file: string;
  /** `left` is what cdk8s itself made; with `--check`, `written` is what is stale, and `deleted` what nothing makes any more. */
  readonly outcome: 'written' | 'unchanged' | 'left' | 'deleted';
}

export type OutcomeReport =
  | SynthReport
  | DocsReport
  | KeptSchemasReport
  | LockReport
  | CacheReport
  | PushReport
  | ImportReport;

export function outcomeJson(report: OutcomeReport): string {
  return jsonText(report).trimEnd();
}

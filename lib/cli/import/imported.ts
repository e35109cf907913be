import type { ImportedFileReport } from '../../report/outcomes';

/** What an import came to. */
export interface Imported {
  /** The exit code. */
  readonly code: number;
  readonly files: readonly ImportedFileReport[];
  /** What is not among them, and why: sentences. */
  readonly notes: readonly string[];
}

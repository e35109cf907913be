import { EspalierError, isEspalierError } from '../errors';
import type { Writer } from './ownership';
import { codeOf, messageOf } from './read';
import { dropStaging, takeStaging } from './staging';

/** A write to an output folder that goes on. */
export interface Writing {
  /** The output folder's real path. */
  readonly root: string;
  /** Where new bytes go before they are renamed into place: a folder below the root. */
  readonly staging: string;
  /** Whether files are being changed, so that what fails leaves a mix of the old tree and the new. */
  committing: boolean;
}

/**
 * Does something while no other run can write to the output folder.
 *
 * @param outdir the folder as the user names it, for messages
 * @throws EspalierError when another run is writing, or the folder cannot be written
 */
export function whileLocked<T>(root: string, outdir: string, writer: Writer, work: (writing: Writing) => T): T {
  let staging: string;
  try {
    staging = takeStaging(root, outdir);
  } catch (error) {
    throw unwritable(error, outdir, writer);
  }
  const writing: Writing = { root, staging, committing: false };
  try {
    return work(writing);
  } catch (error) {
    throw writing.committing ? cutShort(error, outdir, writer) : unwritable(error, outdir, writer);
  } finally {
    tryDropStaging(staging);
  }
}

/** As far as it goes: the tree is written or a worse fault is to be reported, and the next run clears the rest away. */
export function tryDropStaging(staging: string): void {
  try {
    dropStaging(staging);
  } catch {}
}

const remedies: { readonly [code: string]: string } = {
  ENOSPC: 'The disk is full: make room',
  EDQUOT: 'The quota is used up: make room',
  EROFS: 'The file system is read-only: write to another folder',
  EACCES: 'You may not write there: change its owner or mode, or write to another folder',
  EPERM: 'You may not write there: change its owner or mode, or write to another folder',
  ENOTDIR: 'A part of its path is a file: write to another folder',
  EEXIST: 'A part of its path is a file: write to another folder',
};

function remedyFor(error: unknown): string {
  return remedies[codeOf(error) ?? ''] ?? 'Fix that';
}

/** What to do where no file can be written, whichever it is. */
export function diskRemedy(error: unknown): string | undefined {
  const code = codeOf(error) ?? '';
  return ['ENOSPC', 'EDQUOT', 'EROFS'].includes(code) ? remedies[code] : undefined;
}

/** The error for an output folder that is as it was; what is no error of the operating system is given back. */
export function unwritable(error: unknown, outdir: string, { command }: Pick<Writer, 'command'>): unknown {
  if (isEspalierError(error) || codeOf(error) === undefined) return error;
  return new EspalierError(
    `${outdir} cannot be written (${messageOf(error)}); nothing in it has changed. ${remedyFor(error)}, and run ${command} again.`,
  );
}

function cutShort(error: unknown, outdir: string, { command }: Writer): unknown {
  if (codeOf(error) === undefined) return error;
  return new EspalierError(
    `${outdir} is incomplete: writing was interrupted (${messageOf(error)}), so files are from the old tree or the new one. ${remedyFor(error)}, and run ${command} again.`,
  );
}

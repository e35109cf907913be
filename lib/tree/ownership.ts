import { hash } from 'node:crypto';
import { EspalierError } from '../errors';
import { ownPrefix } from './paths';

/** The file in the output folder that lists what Espalier wrote there. `sha256sum -c .espalier.sha256` proves it. */
export const ownershipFile = `${ownPrefix}.sha256`;

/** What Espalier wrote in an output folder. */
export interface Ownership {
  /** For each path the SHA-256 of what Espalier wrote there, in hexadecimal; two where a run was cut short, old and new. */
  readonly hashes: ReadonlyMap<string, readonly string[]>;
  /**
   * Files that people wrote and that Espalier takes over, by path, with the SHA-256 that they had then: as long as they have it, a
   * write may replace them; none deletes them.
   *
   * @default - none
   */
  readonly adopted?: ReadonlyMap<string, string>;
  /**
   * Such files, by path, whose objects code makes in other files: the write of a tree that has `to` deletes them, as long as they have
   * the hash.
   *
   * @default - none
   */
  readonly moved?: ReadonlyMap<string, MovedFile>;
  /** Whether a run was cut short while it changed files, so that the folder may hold a mix of an old tree and a new one. */
  readonly incomplete: boolean;
}

/** A file that a tree has under another path. */
export interface MovedFile {
  readonly hash: string;
  readonly to: string;
}

/** Who writes an output folder, for messages and for the ownership file. */
export interface Writer {
  /** The command that writes it: `espalier synth`. */
  readonly command: string;
  /** What to do with what somebody changed in it by hand: a clause. */
  readonly instead: string;
  /** Makes anew what Git could not merge. @default - what overwrites everything does */
  readonly resolve?: string;
}

export const synthesis: Writer = {
  command: 'espalier synth',
  instead: 'Move those changes into main.ts',
  resolve: 'espalier synth --resolve',
};

const incompleteMark = '# incomplete: ';

/** A comment to sha256sum: the file is not Espalier's yet. */
const adoptedMark = '# adopted: ';
const movedMark = '# moved: ';
/** What no path may have. */
const movedTo = ' > ';

function header(command: string): string {
  return `# Files that espalier wrote, with their SHA-256. Commit this file; ${command} keeps it.\n`;
}

function incompleteHeader(command: string): string {
  return `${incompleteMark}a run was interrupted, so files may be from the old tree or the new one. Run ${command} again.\n`;
}

/** A content's SHA-256 in hexadecimal, as sha256sum prints it. */
export function sha256(content: string | Uint8Array): string {
  return hash('sha256', content, 'hex');
}

/** No file is Espalier's: a new folder, or one that it never wrote to. */
export const nothingOwned: Ownership = { hashes: new Map(), incomplete: false };

/**
 * The ownership file's text, in the format of sha256sum: comments, then `<hex>  <path>` by path in the order of code units. A
 * file of an incomplete state names the old hash and the new one, of which `sha256sum -c` can confirm one at most. What is taken
 * over is a comment at the place that its line will have.
 */
export function printOwnership(
  { hashes, adopted, moved, incomplete }: Ownership,
  { command }: Writer = synthesis,
): string {
  let text = header(command) + (incomplete ? incompleteHeader(command) : '');
  const lines = [...hashes].map(([path, all]) => [path, all.map((one) => `${one}  ${path}\n`).join('')] as const);
  for (const [path, one] of adopted ?? []) lines.push([path, `${adoptedMark}${one}  ${path}\n`]);
  for (const [path, { hash: one, to }] of moved ?? [])
    lines.push([path, `${movedMark}${one}  ${path}${movedTo}${to}\n`]);
  for (const [, line] of lines.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))) text += line;
  return text;
}

/**
 * Reads an ownership file, also with Windows' line ends.
 *
 * @param where the file's path, for the message
 * @param bothSides between Git's conflict markers, take what stands on either side
 * @throws EspalierError when a line is neither a comment nor an entry, such as these markers
 */
export function parseOwnership(
  text: string,
  where: string,
  writer: Writer = synthesis,
  { bothSides = false } = {},
): Ownership {
  const hashes = new Map<string, string[]>();
  const adopted = new Map<string, string>();
  const moved = new Map<string, MovedFile>();
  let incomplete = false;
  for (const [i, line] of text.split(/\r?\n/).entries()) {
    if (line.startsWith(incompleteMark)) incomplete = true;
    const mark = [adoptedMark, movedMark].find((each) => line.startsWith(each)) ?? '';
    if (line === '' || (line.startsWith('#') && mark === '') || (bothSides && isMarker(line))) continue;
    const [, hash, path] = /^([\da-f]{64}) [ *](.+)$/.exec(line.slice(mark.length)) ?? [];
    if (hash === undefined || path === undefined) throw unreadable(where, i + 1, line, writer);
    if (mark === movedMark) {
      const [from = '', to = ''] = path.split(movedTo);
      moved.set(from, { hash, to });
      continue;
    }
    if (mark === adoptedMark) {
      adopted.set(path, hash);
      continue;
    }
    const known = hashes.get(path);
    if (known === undefined) hashes.set(path, [hash]);
    else if (!known.includes(hash)) known.push(hash);
  }
  // A path with two hashes is left by a run that was cut short or by a merge that kept both sides: one of the two is right.
  return { hashes, ...(adopted.size > 0 && { adopted }), ...(moved.size > 0 && { moved }), incomplete };
}

/** What is Espalier's when a tree is written: also what that has under another path. */
export function owning(ownership: Ownership, wanted: ReadonlyMap<string, string>): Ownership {
  const moved = [...(ownership.moved ?? [])].filter(([, { to }]) => wanted.has(to));
  if (moved.length === 0) return ownership;
  const more = moved.map(([path, { hash }]) => [path, [hash]] as const);
  return { ...ownership, hashes: new Map([...ownership.hashes, ...more]) };
}

/** Git's conflict markers, also of a conflict within one. */
function isMarker(line: string): boolean {
  return /^(?:<{7,}|={7,}|>{7,}|\|{7,})(?: |$)/.test(line);
}

/** Whether Git has left a conflict in a text. */
export function hasConflict(text: string): boolean {
  return /^<{7,} /m.test(text) && /^>{7,} /m.test(text);
}

function unreadable(where: string, number: number, line: string, { command, resolve }: Writer): EspalierError {
  const at = `${where}, line ${number}`;
  if (isMarker(line)) {
    const remedy =
      resolve === undefined
        ? `Delete the marker lines, keep the entries of both sides, and run ${command}.`
        : `Run ${resolve}: it keeps the entries of both sides, and makes anew what Git could not merge.`;
    return new EspalierError(`${at}: Git's conflict marker. ${remedy}`);
  }
  return new EspalierError(
    `${at}: not an entry of sha256sum (64 hexadecimal digits, two spaces, a path). ` +
      `Restore the file from Git, or run ${command} --force, which overwrites every file of the tree.`,
  );
}

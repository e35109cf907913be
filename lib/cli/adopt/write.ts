import { accessSync, constants } from 'node:fs';
import { join } from 'node:path';
import type { Adopted } from '../../adopt/adopt';
import type { Survey } from '../../adopt/survey';
import { EspalierError } from '../../errors';
import { adoptFiles } from '../../tree/adopt-files';
import { type AddedCode, addCode, type CodeFiles } from '../../tree/code-files';
import { type MovedFile, parseOwnership, sha256 } from '../../tree/ownership';
import { folderOf, ownPrefix } from '../../tree/paths';
import { messageOf, readOwnershipText } from '../../tree/read';
import { takeStaging } from '../../tree/staging';
import { writeTree } from '../../tree/write';
import { tryDropStaging, unwritable } from '../../tree/writing';
import { forgetModules } from '../run-file';
import type { Project } from './project';
import { runAsProven, type Whole } from './proof';

/**
 * Does something while no other run adopts in the working directory: it would add to a main.ts that is another by then.
 *
 * @throws EspalierError when one does
 */
export async function whileAlone<T>(work: () => Promise<T>): Promise<T> {
  let lock: string;
  try {
    lock = takeStaging(process.cwd(), '.', `${ownPrefix}-adopt-lock`);
  } catch (error) {
    throw unwritable(error, '.', { command: 'espalier adopt' });
  }
  try {
    return await work();
  } finally {
    tryDropStaging(lock);
  }
}

/**
 * Adds the first code that makes what was proven.
 *
 * @throws EspalierError where the last one does not
 */
export async function addProven(
  [files, ...others]: readonly CodeFiles[],
  project: Project,
  whole: Whole,
): Promise<AddedCode> {
  const code = addCode(project.folder, files as CodeFiles);
  try {
    await runAsProven(code.main, project, whole);
    return code;
  } catch (error) {
    code.undo();
    if (others.length === 0) throw error;
    forgetModules(project.folder);
    return addProven(others, project, whole);
  }
}

/**
 * Puts everything into its place: who owns what, the code, the tree. Whatever fails puts all back, but where files of the tree have
 * changed already: then the next `espalier synth` completes it, as it does for a run that is killed.
 */
export async function writeAll(
  code: AddedCode,
  project: Project,
  whole: Whole,
  { hashes, moved }: TakenOver,
  codeOnly: boolean,
): Promise<void> {
  const { root } = project;
  let giveBack = () => {};
  try {
    if (!codeOnly) refuseUnwritable(root, [...hashes.keys(), ...moved.keys()]);
    giveBack = adoptFiles(root, hashes, moved);
    code.use();
    if (!codeOnly) writeTree(new Map([...whole.files, ...whole.policies]), root);
  } catch (error) {
    if (parseOwnership(readOwnershipText(root) ?? '', root).incomplete) code.keep();
    else {
      code.undo();
      giveBack();
    }
    throw error;
  }
  code.keep();
}

/** @throws EspalierError for a folder in which files cannot be replaced, before the first one is */
function refuseUnwritable(root: string, paths: readonly string[]): void {
  for (const folder of new Set(paths.map(folderOf))) {
    try {
      accessSync(join(root, folder), constants.W_OK);
    } catch (error) {
      throw new EspalierError(
        `${folder || root} cannot be written (${messageOf(error)}); nothing has changed. Change its owner or mode, and run espalier adopt again.`,
      );
    }
  }
}

/** The files that become Espalier's, as they are now; those that go, since the tree has them under another path, are apart. */
export interface TakenOver {
  readonly hashes: ReadonlyMap<string, string>;
  readonly moved: ReadonlyMap<string, MovedFile>;
}

export function takenOver(adopted: Adopted, { graph, files, folders }: Survey, whole: Whole): TakenOver {
  const sources = [
    ...files.filter(({ objects }) => objects.every((object) => adopted.forms.has(object))).map(({ source }) => source),
    ...folders.map(({ document }) => document.file),
  ];
  // A text is read without its byte-order mark.
  const hashOf = (path: string, text: string) => {
    const marked = sha256(`\ufeff${text}`);
    const bytes = graph.tree.read(path);
    return bytes !== undefined && sha256(bytes) === marked ? marked : sha256(text);
  };
  const hashes = new Map<string, string>();
  const moved = new Map<string, MovedFile>();
  for (const { path, text } of sources) {
    const [to] = adopted.moved.get(path) ?? [];
    if (whole.files.has(path)) hashes.set(path, hashOf(path, text));
    else if (to !== undefined) moved.set(path, { hash: hashOf(path, text), to });
  }
  return { hashes, moved };
}

import { EspalierError } from '../errors';
import type { TreeFile } from './tree';

/** A file's path, and who made it. */
type Placed = Pick<TreeFile, 'path' | 'madeBy' | 'cluster'>;

/** Names that begin so are Espalier's own in the output folder: the ownership file and the staging folder. */
export const ownPrefix = '.espalier';

/** The folder, below the output folder, that holds what a run is about to write; while it is there, no other run may write. */
export const stagingFolder = `${ownPrefix}-staging`;

/**
 * Refuses paths that would leave the output folder, that some file system cannot hold (Git checks the tree out on Windows and
 * macOS too), and two files for one path.
 *
 * @throws EspalierError naming the constructs and the path
 */
export function checkPaths(files: readonly Placed[]): void {
  const byPath = new Map<string, Placed>();
  for (const file of files) {
    const fault = pathFault(file.path);
    if (fault !== undefined) {
      throw new EspalierError(
        `${file.madeBy}: the path ${JSON.stringify(file.path)} ${fault}. A path is relative to the output folder, with / between its parts, as in apps/backstage/ks.yaml.`,
      );
    }
    const key = folded(file.path);
    const other = byPath.get(key);
    if (other !== undefined) throw collision(other, file);
    byPath.set(key, file);
  }
  const free = new Set<string>();
  for (const [path, file] of byPath) {
    for (const folder of newFoldersOf(path, free)) {
      const other = byPath.get(folder);
      if (other === undefined) continue;
      throw new EspalierError(
        `${other.madeBy} makes the file ${other.path}, and ${file.madeBy} makes ${file.path} in a folder of that name. Rename one of them.`,
      );
    }
  }
}

/** The folder that a path lies in: `a/b` of a/b/c.yaml, '' of what lies at the top. */
export function folderOf(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf('/'), 0));
}

/** The folders that a path lies in, the outermost first: `a/b/c.yaml` lies in `a` and `a/b`. */
export function foldersOf(path: string): string[] {
  const folders: string[] = [];
  for (let at = path.indexOf('/'); at >= 0; at = path.indexOf('/', at + 1)) folders.push(path.slice(0, at));
  return folders;
}

/**
 * The folders that a path lies in and that are not among the known ones, the outermost first; they are added to these. Of many
 * files in few folders, each folder comes once.
 */
export function newFoldersOf(path: string, known: Set<string>): string[] {
  const folders: string[] = [];
  for (let folder = folderOf(path); folder !== '' && !known.has(folder); folder = folderOf(folder)) {
    known.add(folder);
    folders.push(folder);
  }
  return folders.reverse();
}

/** A device's name on Windows, whatever its ending. */
const device = /(?:^|\/)(?:con|prn|aux|nul|com[\d¹²³]|lpt[\d¹²³]|conin\$|conout\$)(?:[./]|$)/i;

/** Short names that Windows gives .git (which Git itself refuses: read-cache.c, verify_path) and Espalier's own files. */
const shortName = /^(?:git|espali)~\d/i;

/** What is wrong with a path, or undefined: the end of a sentence that begins with it. */
export function pathFault(path: string): string | undefined {
  if (path === '') return 'is empty';
  if (path.startsWith('/')) return 'is absolute';
  if (/^[A-Za-z]:/.test(path)) return 'begins with a drive letter';
  if (path.includes('\\')) return 'has a backslash';
  // Written as escapes by sha256sum, refused by Windows, or unseen in a review.
  const odd = /[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029<>:"|?*]/u.exec(path);
  if (odd !== null) {
    const code = (odd[0].codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
    return `has the character U+${code}, which not every system allows in a file name`;
  }
  for (const part of path.split('/')) {
    if (part === '') return 'has an empty part';
    if (part === '.' || part === '..') return `has a part ${part}`;
    if (/^[ ]|[. ]$/.test(part))
      return `has a part ${JSON.stringify(part)} that begins or ends with a space or ends with a point`;
    if (part.toLowerCase() === '.git') return "lies in Git's own folder";
    if (shortName.test(part))
      return `has a part ${JSON.stringify(part)}, which may be Git's or Espalier's own folder on Windows`;
    if (part.toLowerCase().startsWith(ownPrefix))
      return `has a part that begins with ${ownPrefix}, which names Espalier's own files`;
    if (device.test(part)) return `has a part ${JSON.stringify(part)}, a device's name on Windows`;
  }
  return undefined;
}

/** Equal for two paths that are one file on macOS or Windows. */
function folded(path: string): string {
  return path.normalize('NFC').toLowerCase();
}

function collision(a: Placed, b: Placed): EspalierError {
  const apart = a.cluster !== b.cluster;
  const maker = ({ madeBy, cluster }: Placed) => (apart && cluster ? `${madeBy} of cluster ${cluster}` : madeBy);
  const makers = `${maker(a)} and ${maker(b)}`;
  const remedy =
    apart || a.madeBy === b.madeBy
      ? 'Give each Cluster a `directory` of its own, or each App an `outdir`.'
      : 'Give one of them another file name.';
  return new EspalierError(
    a.path === b.path
      ? `${makers} both write the file ${a.path}. ${remedy}`
      : `${makers} make ${a.path} and ${b.path}, which are one file on macOS and Windows. ${remedy}`,
  );
}

/** Whether some folder on the way is hidden or says that it is an archive: `.old/apps`, `_archive`, `apps.bak`. */
export function isPutAside(folder: string): boolean {
  return folder
    .split('/')
    .some((segment) => /^(?:\..*|.*(?:[._-]bak|\.old)|[_-]?(?:archived?|disabled|unused|deprecated))$/i.test(segment));
}

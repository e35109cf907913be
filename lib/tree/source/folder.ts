import { lstatSync, readdirSync, realpathSync, type Stats } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { EspalierError } from '../../errors';
import { nearest } from '../../text/nearest';
import { codeOf } from '../read';
import { readRegular } from '../regular';
import { git } from './git-process';
import { maximumSize, tooLarge } from './parse';
import { isAt, isIn, realPath, rootOf, seenFrom, slashes } from './seen-from';
import type { SourceTree } from './source';
import { type Content, type Storage, sourceTree } from './storage';

/** What takes the place of files on the disk, by their absolute paths. */
export type TextsByFile = ReadonlyMap<string, Uint8Array>;

/**
 * The YAML files below a folder, or one file. The root is the Git work tree that it lies in, if it lies in one, so that what a
 * Kustomization refers to elsewhere in the repository is found.
 *
 * Left out is what never comes into a cluster: what Git ignores, and symbolic links, which source-controller does not put into
 * its artifacts (github.com/fluxcd/source-controller, storage.go, Archive).
 *
 * @param above where no Git tells the root: the way from there to the folder, if it ends with that
 * @param texts what takes the place of files on the disk, by their absolute paths
 * @param bound a real path: nothing above it is read, and the root is no folder above it
 * @throws EspalierError when there is no such folder or file
 */
export function readFolder(path: string, above = '', texts?: TextsByFile, bound?: string): SourceTree {
  const { folder, file } = resolveStart(path);
  const root = rootWithin(folder, above, bound);
  const below = slashes(relative(root, file ?? folder));
  const disk = readStorage(root, below, file !== undefined);
  const storage =
    texts === undefined ? disk : { ...disk, read: (each: string) => texts.get(join(root, each)) ?? disk.read(each) };
  return sourceTree(storage, { ...seenFrom(root), location: root, below });
}

/**
 * A tree that was read with its folder as its root, once it is known what lies above that: read again, if that tells another root.
 *
 * @param above as for readFolder
 */
export function readAround(
  tree: SourceTree,
  path: string,
  above: string,
  texts?: TextsByFile,
  bound?: string,
): SourceTree {
  if (rootWithin(resolveStart(path).folder, above, bound) === tree.location) return tree;
  return readFolder(path, above, texts, bound);
}

function rootWithin(folder: string, above: string, bound: string | undefined): string {
  const root = rootAround(folder, above);
  return bound === undefined || isIn(root, bound) ? root : bound;
}

export function rootAround(folder: string, above: string): string {
  return gitTop(folder) ?? (isAt(folder, above) ? rootOf(folder, above) : folder);
}

/** The work tree that a folder lies in: what holds a `.git`, which is a file in worktrees and submodules. */
export function gitTop(folder: string): string | undefined {
  for (let at = folder; ; at = dirname(at)) {
    if (statsOf(join(at, '.git')) !== undefined) return at;
    if (dirname(at) === at) return undefined;
  }
}

export function resolveStart(path: string): { readonly folder: string; readonly file: string | undefined } {
  try {
    const real = realpathSync(resolve(path));
    const stats = lstatSync(real);
    if (stats.isDirectory()) return { folder: real, file: undefined };
    if (stats.isFile()) return { folder: dirname(real), file: real };
  } catch (error) {
    const what = codeOf(error) === 'ENOENT' ? `does not exist${besides(path)}` : `cannot be read (${codeOf(error)})`;
    throw new EspalierError(
      `${path} ${what}${what.endsWith('?') ? '' : '.'} Give a folder that holds a Flux tree, or one YAML file.`,
    );
  }
  throw new EspalierError(
    `${path} is neither a folder nor a file. Give a folder that holds a Flux tree, or one YAML file.`,
  );
}

/** What lies beside a path that is not there, and may be meant. */
function besides(path: string): string {
  const names = statsOf(dirname(path))?.isDirectory() === true ? readdirSync(dirname(path)) : [];
  const near = nearest(basename(path), names);
  return near === undefined ? '' : `; did you mean ${join(dirname(path), near)}?`;
}

/**
 * The files of a folder: of one in a Git work tree those that Git holds and would take.
 *
 * @param below what is asked for, which counts even where Git ignores it
 */
export function readStorage(root: string, below: string, isFile = false): Storage {
  const unreadable = new Map<string, string>();
  const listed = listByGit(root);
  const paths = new Set(listed ?? walk(root, '', unreadable));
  const asked = isPartOf(below);
  if (isFile) paths.add(below);
  // Git ignores all of it, and yet it was asked for.
  else if (listed !== undefined && !listed.some(asked))
    for (const path of walk(root, below, unreadable)) paths.add(path);
  return {
    paths: [...paths],
    unreadable,
    read: (path) => readBytes(`${root}/${path}`),
    isLink: (path) => statsOf(join(root, path))?.isSymbolicLink() === true,
    ignoredBy: (path) => (listed === undefined || listed.some(isPartOf(path)) ? undefined : ignoredBy(root, path)),
    exists: (path, type) => {
      // Git lists what was deleted since, too; a walk has just seen what it lists.
      if (listed === undefined) return true;
      const stats = statsOf(join(root, path));
      return type === 'file' ? stats?.isFile() === true : stats?.isDirectory() === true;
    },
  };
}

/** What Git holds and what it would take; undefined when it cannot be asked, or ignores all of it. */
function listByGit(root: string): string[] | undefined {
  // Packages that nobody has told Git to ignore are no part of a tree, either.
  const args = ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '--exclude=node_modules/'];
  const output = gitTop(root) === undefined ? undefined : git(root, args).output;
  if (output === undefined) return undefined;
  // What ends with / is another repository within this one.
  const paths = output.toString('utf8').split('\0');
  const files = paths.filter((path) => path !== '' && !path.endsWith('/'));
  return files.length === 0 ? undefined : files;
}

/** @param whole a file or folder; '' for all */
function isPartOf(whole: string): (path: string) => boolean {
  return (path) => whole === '' || path === whole || path.startsWith(`${whole}/`);
}

/** The line that has Git ignore what lies at a path and is not committed: `.gitignore:1: dist/`. */
export function ignoredBy(folder: string, path: string): string | undefined {
  const file = realPath(join(folder, path));
  const root = gitTop(dirname(file));
  if (root === undefined || statsOf(file) === undefined) return undefined;
  const said = git(root, ['check-ignore', '--verbose', '--', file]).output?.toString('utf8') ?? '';
  const [, source, line, pattern] = /^(.*?):(\d+):(.*)\t/.exec(said) ?? [];
  return source === undefined ? undefined : `${source}:${line}: ${pattern}`;
}

/** Those of the paths that Git would not take: nobody else would get such files. */
export function ignoredByGit(root: string, paths: readonly string[]): ReadonlySet<string> {
  if (paths.length === 0 || gitTop(root) === undefined) return new Set();
  const { output } = git(root, ['check-ignore', '-z', '--stdin'], paths.join('\0'));
  return new Set(output?.toString('utf8').split('\0'));
}

function walk(root: string, from: string, unreadable: Map<string, string>): string[] {
  const paths: string[] = [];
  const folders = [from];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    try {
      for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
        if (entry.name === '.git' || entry.name === 'node_modules') continue;
        const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
        if (entry.isDirectory()) folders.push(path);
        else if (entry.isFile()) paths.push(path);
      }
    } catch (error) {
      unreadable.set(folder === '' ? '.' : folder, cannotBeRead('the folder', error));
    }
  }
  return paths;
}

function readBytes(path: string): Content {
  try {
    return readRegular(path, maximumSize);
  } catch (error) {
    if (codeOf(error) === 'EFBIG') return { wrong: tooLarge };
    return isGone(error) ? undefined : { wrong: cannotBeRead('the file', error) };
  }
}

function statsOf(path: string): Stats | undefined {
  try {
    return lstatSync(path);
  } catch {
    return undefined;
  }
}

/** Not there any more, or a link or socket. */
function isGone(error: unknown): boolean {
  return ['ENOENT', 'ENOTDIR', 'ELOOP', 'ENXIO', 'EINVAL'].includes(codeOf(error) ?? '');
}

function cannotBeRead(what: string, error: unknown): string {
  return `${what} cannot be read (${codeOf(error) ?? 'for no known reason'}); correct its permissions, or leave it out`;
}

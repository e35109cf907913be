import { posix } from 'node:path';

/** A folder's path as the tree has it: without `./`, `/` at its end, or `..` within. */
export function folderPath(folder: string): string {
  if (simple.test(folder)) return folder;
  const path = posix.normalize(folder === '' ? '.' : folder).replace(/\/$/, '');
  return path === '.' ? '' : path;
}

/** A path that needs no resolving, as most are. */
const simple = /^(?:[\w-][\w.-]*\/)*[\w-][\w.-]*$/;

/** No file of Linux has a longer path (PATH_MAX). */
const longestPath = 4096;

/** Where an entry of a folder's kustomization leads to; undefined when that is outside the source. */
export function resolveEntry(folder: string, entry: string): string | undefined {
  const below = entry.startsWith('./') ? entry.slice(2) : entry;
  if (entry.startsWith('/') || entry.length > longestPath) return undefined;
  if (simple.test(below)) return folder === '' ? below : `${folder}/${below}`;
  const path = folderPath(posix.join(folder, entry));
  return path === '..' || path.startsWith('../') ? undefined : path;
}

/** Whether a folder is another, or holds it. */
export function holds(folder: string, other: string): boolean {
  return folder === '' || other === folder || other.startsWith(`${folder}/`);
}

/** What is said of an address that is fetched; credentials in it are not shown. */
export function fetchedText(address: string): string {
  return `${withoutCredentials(address)} is fetched when Flux builds`;
}

export function withoutCredentials(address: string): string {
  return address.replace(/\/\/(?!git@)[^/@]+@/, '//…@');
}

/** Whether kustomize takes an entry for an address to fetch, where nothing lies at it as a path (api/internal/git/repospec.go). */
export function isRemote(entry: string): boolean {
  return /^(?:git::|gh:|https?:|ssh:|file:|github\.com[:/]|[\w.-]+@[\w.-]+[:/])|[?&]ref=|\.git(?:\/|$|\?)|_git\/|.\/\//i.test(
    entry,
  );
}

import { realpathSync } from 'node:fs';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';

/** How paths below the root are spoken of: as seen from where the command runs. */
export function seenFrom(root: string): { readonly prefix: string; readonly inside: string } {
  const here = realpathSync(process.cwd());
  const inside = slashes(relative(root, here));
  return { prefix: slashes(relative(here, root)), inside: isIn(here, root) ? inside : '' };
}

/** A path with its links resolved, as far as there is something on disk. */
export function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    const parent = dirname(path);
    return parent === path ? path : join(realPath(parent), basename(path));
  }
}

export function slashes(path: string): string {
  return sep === '/' ? path : path.replaceAll(sep, '/');
}

/** Whether a folder is another, or lies in it. */
export function isIn(folder: string, above: string): boolean {
  const way = slashes(relative(above, folder));
  return !/^\.\.(?:\/|$)|^[A-Za-z]:/.test(way);
}

/**
 * Whether a folder is where paths lead that begin with `above` and end at the folder: `/home/me/repo/dist`, of `dist`. Nobody keeps a
 * repository in the root of a file system.
 */
export function isAt(folder: string, above: string): boolean {
  const path = slashes(resolve(folder));
  return above !== '' && path.endsWith(`/${above}`) && path.length > above.length + 1;
}

/** The folder that such paths begin at: `/home/me/repo`. */
export function rootOf(folder: string, above: string): string {
  return above === '' ? folder : resolve(folder, ...above.split('/').map(() => '..'));
}

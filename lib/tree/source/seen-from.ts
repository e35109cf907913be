import { realpathSync } from 'node:fs';
import { basename, dirname, join, relative, sep } from 'node:path';

/** How paths below the root are spoken of: as seen from where the command runs. */
export function seenFrom(root: string): { readonly prefix: string; readonly inside: string } {
  const here = realpathSync(process.cwd());
  const inside = slashes(relative(root, here));
  return { prefix: slashes(relative(here, root)), inside: /^\.\.(?:\/|$)|^[A-Za-z]:/.test(inside) ? '' : inside };
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

import { existsSync, readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { lazy } from '../../text/memoize';
import { newFoldersOf } from '../paths';
import { pathsWritten } from '../read';
import { isIn, realPath } from './seen-from';

/** So deep below the output folder people's folders stand beside those of a tree, wherever they have some: `kubernetes/apps/media`. */
const deepest = 3;

/**
 * Whether a tree is written among YAML that people wrote: into a repository, or a folder that holds more than the tree. Told without
 * Git, and without a look into all folders of a tree that has its folder to itself.
 *
 * @param texts what would be written, by path
 */
export function liesAmongOthers(texts: ReadonlyMap<string, string>, outdir: string): boolean {
  const root = realPath(resolve(outdir));
  if (isIn(realPath(process.cwd()), root) || existsSync(`${root}/.git`)) return true;
  const ways = new Set<string>();
  for (const path of texts.keys()) newFoldersOf(path, ways);
  const written = lazy(() => new Set(pathsWritten(outdir, texts)));
  const hasOthers = (folder: string): boolean =>
    entriesOf(`${root}/${folder}`).some((entry) => {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.isFile()) return /\.ya?ml$/.test(entry.name) && !texts.has(path) && !written().has(path);
      return entry.isDirectory() && !ways.has(path) && !isPassedOver(entry.name) && hasOthers(path);
    });
  return ['', ...ways].some((folder) => folder.split('/').length < deepest && hasOthers(folder));
}

function isPassedOver(name: string): boolean {
  return name.startsWith('.') || name === 'node_modules';
}

function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

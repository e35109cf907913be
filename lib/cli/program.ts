import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { entriesOf, statOf } from './look';

/** The rooms of lib/ that have no say in what is found in a tree. */
const others = ['constructs', 'changes', 'pictures', 'cli'];
const schemasOfOurs = ['../imports/schemas.br', '../../imports/schemas.br'];

/** The packages that do, too: they match expressions and read what stands in texts. */
const packages = ['@marcbachmann/cel-js', 'ignore', 'js-yaml', 're2js', 'web-tree-sitter', 'yaml'];

/**
 * Differs when anything differs that decides what is found in a tree: Espalier's code, its schemas, the packages that it reads
 * with, Node. Of files it takes size and times, among them that of the last change of any kind, which nothing sets back: so
 * many files are looked at in ten milliseconds and read in fifty.
 *
 * @param schemas folders of schemas that the user names
 * @param lib the folder of its code
 */
export function programState(schemas: readonly string[], lib = join(__dirname, '..')): string {
  const hash = createHash('sha256').update(JSON.stringify(process.versions));
  const add = (file: string): boolean => {
    const stats = statOf(file);
    if (stats === undefined) return false;
    hash.update(JSON.stringify([file, stats.size, stats.mtimeMs, stats.ctimeMs]));
    return true;
  };
  const addFolder = (folder: string, deep: boolean): void => {
    for (const entry of entriesOf(folder)) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) {
        if (deep) addFolder(path, true);
      } else if (!entry.name.endsWith('.d.ts')) add(path);
    }
  };
  addFolder(lib, false);
  const rooms = entriesOf(lib).filter((entry) => entry.isDirectory() && !others.includes(entry.name));
  for (const { name } of rooms) addFolder(join(lib, name), true);
  for (const file of schemasOfOurs) add(join(lib, file));
  for (const folder of schemas) addFolder(folder, true);
  for (const name of packages) {
    require.resolve.paths(name)?.some((place) => add(join(place, name, 'package.json')));
  }
  return hash.digest('hex');
}

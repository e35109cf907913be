import { getHeapStatistics } from 'node:v8';
import { EspalierError } from '../../errors';
import { lazy } from '../../text/memoize';
import { folderOf } from '../paths';
import { parseAgain, unreadableFile } from './parse';
import type { Exclusions, SourceEntry, SourceFile, SourceTree } from './source';
import { sourceIgnore } from './source-ignore';

/** What is read of a file: its bytes, why it cannot be read, or undefined when there is none. */
export type Content = Uint8Array | { readonly wrong: string } | undefined;

/** Where a tree's files lie: a folder, a Git revision, or memory. */
export interface Storage {
  /** Every file below the root, with / between its parts. */
  readonly paths: readonly string[];
  /** Files and folders that cannot be read, with the reason. */
  readonly unreadable: ReadonlyMap<string, string>;
  read(path: string): Content;
  /** A file that is parsed already. */
  file?(path: string): SourceFile | undefined;
  /** Whether a file, or folder, of the list is really there; what is listed may be gone, or be no file. */
  exists(path: string, type: SourceEntry['type']): boolean;
  /** Whether a symbolic link lies at a path. */
  isLink?(path: string): boolean;
  /** As SourceTree's. */
  ignoredBy?(path: string): string | undefined;
}

/** What a tree is called, and which of its files are checked. */
export interface TreeScope {
  readonly prefix: string;
  readonly inside?: string;
  readonly location: string;
  /** A folder below the root, '' for all, or one file. */
  readonly below: string;
}

/** As many characters weigh as much as a document does beside its text. */
const documentWeight = 200;

/** The most characters of YAML that are read of one tree: a check takes ten to twenty bytes of memory for each. */
const maximumTotal = getHeapStatistics().heap_size_limit / 20;

/**
 * A tree of what a storage holds, without what Flux would leave behind (see source-ignore.ts) and Helm's templates.
 *
 * @param isChecked of the files that were asked for, those that are checked
 * @throws EspalierError when there is more than can be read
 */
export function sourceTree(
  storage: Storage,
  { prefix, inside, location, below }: TreeScope,
  isChecked: (path: string) => boolean = () => true,
  exclusions?: Exclusions,
): SourceTree {
  const isIgnored = sourceIgnore(storage.paths, (path) => storage.read(path), exclusions);
  const index = indexOf(storage.paths.filter((path) => !isIgnored(path)));
  const all = lazy(() => indexOf(storage.paths));
  const isFile = (path: string) => index.isFile(path) || all().isFile(path);
  const read = new Map<string, SourceFile | undefined>();
  const lists = new Map<string, readonly SourceEntry[]>();

  let total = 0;
  const readOnce = (path: string): SourceFile | undefined => {
    const known = read.get(path);
    if (known !== undefined || read.has(path)) return known;
    const found = isFile(path) ? readFile(storage, path) : undefined;
    total += (found?.text.length ?? 0) + (found?.documents.length ?? 0) * documentWeight;
    read.set(path, found);
    return found;
  };
  const file = (path: string) => storage.file?.(path) ?? readOnce(path);
  const files = new Map<string, SourceFile>();
  const isListed = (path: string, type: SourceEntry['type']): boolean => {
    // What is checked is there, and not ignored: most need no other look.
    if (type === 'file' && path !== below && files.has(path)) return true;
    return storage.exists(path, type);
  };
  const list = (folder: string): readonly SourceEntry[] | undefined => {
    const entries = index.folders.get(folder);
    if (entries === undefined) return undefined;
    let sorted = lists.get(folder);
    if (sorted === undefined) {
      sorted = [...entries.values()]
        .filter(({ path, type }) => isListed(path, type))
        .map(({ name, type }) => ({ name, type }))
        .sort((a, b) => (a.name < b.name ? -1 : 1));
      lists.set(folder, sorted);
    }
    return sorted;
  };

  const charts = chartsOf(storage.paths);
  for (const path of [...storage.paths, ...storage.unreadable.keys()].sort()) {
    if (path !== below && !(isBelow(path, below) && isYaml(path, storage) && !isIgnored(path))) continue;
    if (!isChecked(path)) continue;
    if (path !== below && isTemplate(path, charts)) continue;
    const wrong = storage.unreadable.get(path);
    const source = wrong === undefined ? file(path) : unreadableFile(path, wrong);
    if (source !== undefined) files.set(path, source);
    if (total > maximumTotal) {
      const much = `${below || location} holds more than ${Math.floor(maximumTotal / 1e6)} MB of YAML`;
      const remedy = 'Name a folder below it, or give Node more: NODE_OPTIONS=--max-old-space-size=8192.';
      throw new EspalierError(`${much}, too much for the memory that there is. ${remedy}`);
    }
  }
  return {
    prefix,
    inside,
    location,
    below,
    files,
    file,
    linkOn: (path) => {
      const parts = path.split('/');
      return parts.map((_, i) => parts.slice(0, i + 1).join('/')).find((each) => storage.isLink?.(each) === true);
    },
    ignoredBy: (path) => storage.ignoredBy?.(path),
    isFolder: (folder) => index.folders.has(folder),
    typeOf: (folder, name) => {
      const entry = index.folders.get(folder)?.get(name);
      return entry !== undefined && isListed(entry.path, entry.type) ? entry.type : undefined;
    },
    list,
    // What a revision is read from is an object of a class: its methods would not come along in a copy.
    leavingOut: (more) =>
      sourceTree(Object.assign(Object.create(storage), { file }), { prefix, inside, location, below }, isChecked, more),
    everythingIn: (folder) => {
      const entries = all().folders.get(folder);
      return entries && [...entries.values()];
    },
    read: (path) => {
      const content = isFile(path) ? storage.read(path) : undefined;
      return content instanceof Uint8Array ? content : undefined;
    },
  };
}

function readFile(storage: Storage, path: string): SourceFile | undefined {
  const content = storage.read(path);
  if (content === undefined) return undefined;
  return 'wrong' in content ? unreadableFile(path, content.wrong) : parseAgain(path, content);
}

function isBelow(path: string, folder: string): boolean {
  return folder === '' || path.startsWith(`${folder}/`);
}

function isYaml(path: string, storage: Storage): boolean {
  return /\.ya?ml$/.test(path) || storage.unreadable.has(path);
}

/** The folders that are Helm charts. */
function chartsOf(paths: readonly string[]): ReadonlySet<string> {
  const charts = paths.filter((path) => /(?:^|\/)Chart\.ya?ml$/.test(path));
  return new Set(charts.map((path) => folderOf(path)));
}

/** Helm's templates are text that becomes YAML: nobody but Helm reads them. */
function isTemplate(path: string, charts: ReadonlySet<string>): boolean {
  if (charts.size === 0) return false;
  for (const match of path.matchAll(/(?:^|\/)templates\//g)) if (charts.has(path.slice(0, match.index))) return true;
  return false;
}

/** With its path, which is not put together anew for each look. */
interface Indexed extends SourceEntry {
  readonly path: string;
}

interface Index {
  readonly folders: ReadonlyMap<string, ReadonlyMap<string, Indexed>>;
  isFile(path: string): boolean;
}

function indexOf(paths: readonly string[]): Index {
  const folders = new Map<string, Map<string, Indexed>>([['', new Map()]]);
  const folder = (path: string): Map<string, Indexed> => {
    let known = folders.get(path);
    if (known === undefined) {
      known = new Map();
      folders.set(path, known);
      const slash = path.lastIndexOf('/');
      const name = path.slice(slash + 1);
      folder(path.slice(0, Math.max(slash, 0))).set(name, { name, type: 'folder', path });
    }
    return known;
  };
  for (const path of paths) {
    const parent = folderOf(path);
    const name = parent === '' ? path : path.slice(parent.length + 1);
    folder(parent).set(name, { name, type: 'file', path });
  }
  // In memory nobody asks.
  const files = lazy(() => new Set(paths));
  return { folders, isFile: (path) => files().has(path) };
}

import Module, { createRequire } from 'node:module';
import { isAbsolute, join, resolve, sep } from 'node:path';
import type { LoadedFile } from './answer';
import { hashOf } from './hash';

/** The library itself: its files are not an author's, also where it is no package. */
const root = resolve(__dirname, '..', '..', '..');
const own = ['lib', 'imports'].map((folder) => join(root, folder) + sep);

/** Whether a file is one of this library's. */
export function isOwn(path: string): boolean {
  return own.some((folder) => path.startsWith(folder));
}

function isPackaged(path: string): boolean {
  return path.includes(`${sep}node_modules${sep}`);
}

/** Whether a file is the author's: neither a package's nor this library's. */
function isAuthors(path: string): boolean {
  return isAbsolute(path) && !isPackaged(path) && !isOwn(path);
}

const { cache } = createRequire(__filename);

/** The CommonJS modules that an app's file is made of. */
export class Modules {
  private loaded: LoadedFile[] = [];
  /** Every file of the app's that was ever loaded, with the hash of what was loaded last. */
  private readonly known = new Map<string, string | undefined>();

  constructor(private readonly main: string) {
    // Before it is compiled: a module that throws is in no cache afterwards, and its file is to be watched all the same.
    const { load } = Module.prototype as unknown as { load: (this: NodeJS.Module, path: string) => void };
    const note = (path: string) => {
      if (isAuthors(path)) this.known.set(path, hashOf(path));
      this.note(path);
    };
    Object.assign(Module.prototype, {
      load(this: NodeJS.Module, path: string) {
        note(path);
        load.call(this, path);
      },
    });
    // What is there already is the configuration's, or the library's.
    for (const path of Object.keys(cache)) this.note(path);
  }

  /** Runs the app's file again; what it imports is taken from memory unless it was dropped. */
  run(): void {
    // A new one each time: it would keep every main.ts that it has ever loaded.
    const require = createRequire(this.main);
    // By the name that Node remembers it by: main.ts may be a link.
    delete cache[require.resolve(this.main)];
    require(this.main);
  }

  /** Whether one of the files was loaded as it is now: whoever is told now that it changed saw another one. */
  hasLoaded(files: readonly string[]): boolean {
    return files.some((file) => this.known.has(file) && this.known.get(file) === hashOf(file));
  }

  /**
   * Forgets files, and those that import them.
   *
   * @returns false where that is not enough: one is no module of the app (the configuration, the library), or a package imports one
   */
  drop(files: readonly string[]): boolean {
    const importers = new Map<string, string[]>();
    for (const [path, module] of Object.entries(cache)) {
      for (const { filename } of module?.children ?? []) {
        if (!isAuthors(filename)) continue;
        const known = importers.get(filename);
        if (known) known.push(path);
        else importers.set(filename, [path]);
      }
    }
    const dropped = new Set(files);
    for (const file of dropped) {
      for (const importer of importers.get(file) ?? []) dropped.add(importer);
    }
    for (const file of dropped) delete cache[file];
    return files.every((file) => this.known.has(file)) && [...dropped].every(isAuthors);
  }

  /** The files loaded since this was asked last. */
  takeLoaded(): readonly LoadedFile[] {
    const taken = this.loaded;
    this.loaded = [];
    return taken;
  }

  private note(path: string): void {
    // Of the library's own only the sources of a checkout: what is compiled does not change while it runs.
    if (!isAuthors(path) && !(isOwn(path) && path.endsWith('.ts'))) return;
    this.loaded.push([path, hashOf(path)]);
  }
}

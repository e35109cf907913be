import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A folder of its own for each test, gone after it. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'espalier-tree-'));
  made.push(folder);
  return folder;
}
const made: string[] = [];
afterEach(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** Everything below a folder: files with their content, folders with a / and links with -> and their target. */
export function snapshot(folder: string): { [path: string]: string } {
  const all: { [path: string]: string } = {};
  const below = (path: string) => {
    for (const entry of readdirSync(join(folder, path), { withFileTypes: true })) {
      const inner = join(path, entry.name);
      if (entry.isDirectory()) {
        all[`${inner}/`] = '';
        below(inner);
      } else if (entry.isSymbolicLink()) all[inner] = `-> ${readlinkSync(join(folder, inner))}`;
      else all[inner] = readFileSync(join(folder, inner), 'utf8');
    }
  };
  if (lstatSync(folder, { throwIfNoEntry: false }) !== undefined) below('');
  return all;
}

/** What tells whether a file was touched. */
export function identity(path: string): readonly bigint[] {
  const { ino, mtimeNs, ctimeNs } = lstatSync(path, { bigint: true });
  return [ino, mtimeNs, ctimeNs];
}

/** Writes files as somebody other than Espalier would. */
export function put(folder: string, files: { readonly [path: string]: string | Buffer }): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
}

/** A rendered tree. */
export function tree(files: { readonly [path: string]: string }): Map<string, string> {
  return new Map(Object.entries(files));
}

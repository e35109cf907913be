import { existsSync, readdirSync, readFileSync } from 'node:fs';

/** What lies in a folder, sorted by name; nothing where there is none. */
export function entriesOf(folder: string): readonly string[] {
  return existsSync(folder) ? readdirSync(folder).sort() : [];
}

/** The text of a file; undefined where there is none. */
export function fileText(path: string): string | undefined {
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
}

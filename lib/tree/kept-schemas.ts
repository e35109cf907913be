import { existsSync, lstatSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { EspalierError } from '../errors';
import { type JsonObject, sorted } from '../json/json';
import { gitTop } from './source/folder';

/** Where `espalier schemas add` keeps schemas: in the repository that a path lies in or, outside of Git, in the working directory. */
export function keptSchemasFolder(path: string): string {
  return join(gitTop(resolve(path)) ?? process.cwd(), '.espalier', 'schemas');
}

/** That folder, if there is one. What a link leads to is not read: whoever proposes a change may not have other files read. */
export function keptSchemas(path: string): string[] {
  const folder = keptSchemasFolder(path);
  const isThere = [dirname(folder), folder].every((one) => lstatSync(one, { throwIfNoEntry: false })?.isDirectory());
  return isThere ? [folder] : [];
}

/**
 * Keeps schemas, each in a file of its own.
 *
 * @returns the paths of those that differ from what was kept
 * @throws EspalierError when they cannot be written
 */
export function keepSchemas(folder: string, files: ReadonlyMap<string, JsonObject>): string[] {
  const written: string[] = [];
  for (const [path, content] of files) {
    const file = join(folder, path);
    const text = printed(content);
    refuseLinks([dirname(folder), folder, dirname(file), file]);
    if (existsSync(file) && readFileSync(file, 'utf8') === text) continue;
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(`${file}.new`, text);
    renameSync(`${file}.new`, file);
    written.push(path);
  }
  return written;
}

function refuseLinks(paths: readonly string[]): void {
  const link = paths.find((path) => lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink());
  if (link === undefined) return;
  throw new EspalierError(`${link} is a symbolic link, which is not followed. Replace it with what it leads to.`);
}

const longest = 120;

/** JSON with sorted keys, in which what fits on a line takes one: it stays short, and differs where the facts do. */
function printed(value: JsonObject): string {
  const lines = (part: unknown, indent: string): string => {
    const text = JSON.stringify(part, sorted);
    if (typeof part !== 'object' || part === null || indent.length + text.length < longest) return text;
    const inner = `${indent}  `;
    if (Array.isArray(part)) return `[\n${part.map((item) => inner + lines(item, inner)).join(',\n')}\n${indent}]`;
    const fields = Object.entries(sorted('', part) as object);
    const entries = fields.map(([key, item]) => `${inner}${JSON.stringify(key)}: ${lines(item, inner)}`);
    return `{\n${entries.join(',\n')}\n${indent}}`;
  };
  return `${lines(value, '')}\n`;
}

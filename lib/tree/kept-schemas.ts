import { lstatSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { type JsonObject, sorted } from '../json/json';
import type { ImportedFile } from './imports';
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

/** The file that keeps a schema, at a path below that folder. */
export function schemaFile(folder: string, path: string, content: JsonObject): ImportedFile {
  return { folder: dirname(folder), path: `${basename(folder)}/${path}`, text: printed(content) };
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

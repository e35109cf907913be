import { EspalierError } from '../errors';
import { isJsonObject, type Json } from '../json/json';
import { checkIdentities } from './identity';
import { checkPaths } from './paths';
import { schemaUrl } from './schema-url';
import type { Tree, TreeFile } from './tree';
import { onOneLine } from './yaml/characters';
import { emitYaml } from './yaml/emit';

/** How files are rendered. */
export interface RenderOptions {
  /**
   * Where editors find the JSON schema of each document: a URL with `{group}`, `{kind}` and `{version}`, or the root of a
   * catalog in flux-schema's layout. `false` leaves the comment out.
   *
   * @default - the Flux ecosystem catalog (see schema-url.ts)
   */
  readonly schemaHost?: string | false;
}

/**
 * A file as text: each document after `---` and the comment that names its schema, and once a line that says who made it.
 *
 * @throws EspalierError when the file has no documents or one that Kubernetes could not read, naming the construct and field
 */
export function renderFile(file: TreeFile, options: RenderOptions = {}): string {
  const origin = `${file.madeBy}, file ${file.path}`;
  if (file.documents.length === 0)
    throw new EspalierError(`${origin}: it has no documents. Leave the file out, or add one.`);
  const madeBy = `# Made by ${onOneLine(file.madeBy)}; change the construct, not this file.\n`;
  let text = '';
  for (const document of file.documents) {
    text += `---\n${schemaComment(document, options.schemaHost)}${text === '' ? madeBy : ''}${emitYaml(document, origin)}`;
  }
  return flat(text);
}

/**
 * Every file of a tree as text, by path in the order of code units: the same on every machine.
 *
 * @throws EspalierError when a path is bad, two files have one path, an object is made twice, or a file cannot be rendered
 */
export function renderTree(tree: Tree, options: RenderOptions = {}): Map<string, string> {
  checkPaths(tree.files);
  checkIdentities(tree.files);
  const files = [...tree.files].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  return new Map(files.map((file) => [file.path, renderFile(file, options)]));
}

/**
 * The same text in one piece. What is put together of many small ones is kept as these until somebody looks at a character: ten
 * times the memory, which the garbage collector copies to and fro for longer than rendering takes.
 */
function flat(text: string): string {
  text.charCodeAt(0);
  return text;
}

/** The comments for one host, by apiVersion and kind: a tree has few kinds and many documents. */
let schemaComments = { host: undefined as string | undefined, of: new Map<string, Map<string, string>>() };

function schemaComment(document: Json, host: string | false | undefined): string {
  if (host === false || !isJsonObject(document)) return '';
  const { apiVersion, kind } = document;
  if (typeof apiVersion !== 'string' || typeof kind !== 'string') return '';
  if (schemaComments.host !== host) schemaComments = { host, of: new Map() };
  const ofKinds = schemaComments.of.get(apiVersion) ?? new Map<string, string>();
  let comment = ofKinds.get(kind);
  if (comment === undefined) {
    const url = schemaUrl(document, host);
    comment = url === undefined ? '' : `# yaml-language-server: $schema=${onOneLine(url)}\n`;
    schemaComments.of.set(apiVersion, ofKinds.set(kind, comment));
  }
  return comment;
}

import { EspalierError } from '../errors';
import type { Json } from '../json/json';
import { memoizeText } from '../text/memoize';
import { checkPaths } from './paths';
import { type SchemaHost, schemaUrl } from './schema-url';
import type { Tree, TreeFile } from './tree';
import { commentLines, onOneLine } from './yaml/characters';
import { emitYaml } from './yaml/emit';

/** How files are rendered. */
export interface RenderOptions {
  /**
   * Where editors find the JSON schema of each document: a URL with `{group}`, `{kind}` and `{version}`, or the root of a
   * catalog in flux-schema's layout. `false` leaves the comment out. By kind where they differ: `{ ConfigMap: false,
   * 'helm.toolkit.fluxcd.io/HelmRelease': 'https://…', '*': 'https://…' }`.
   *
   * @default - the Flux ecosystem catalog (see schema-url.ts)
   */
  readonly schemaHost?: SchemaHost;
}

/** The line that says who made a file. */
export const madeByLine = /^# Made by .+; change the construct, not this file\.$/;

/**
 * A file as text: each document after `---` and the comment that names its schema, and once a line that says who made it.
 *
 * @throws EspalierError when the file has no documents or one that Kubernetes could not read, naming the construct and field
 */
export function renderFile(file: TreeFile, options: RenderOptions = {}): string {
  if (file.text !== undefined) return file.text;
  const origin = `${file.madeBy}, file ${file.path}`;
  if (file.documents.length === 0)
    throw new EspalierError(`${origin}: it has no documents. Leave the file out, or add one.`);
  const of = file.origin === undefined ? '' : `# ${onOneLine(file.origin)}\n`;
  const madeBy = `# Made by ${onOneLine(file.madeBy)}; change the construct, not this file.\n${of}`;
  let text = '';
  for (const [i, document] of file.documents.entries()) {
    const said = file.comments?.[i];
    text += `---\n${schemaComment(document, said?.schema, options.schemaHost)}${text === '' ? madeBy : ''}`;
    if (said?.above !== undefined) text += commentLines(said.above, '');
    text += emitYaml(document, origin, said?.fields);
  }
  return flat(text);
}

/**
 * Every file of a tree as text, by path in the order of code units: the same on every machine.
 *
 * @throws EspalierError when a path is bad, two files have one path, or a file cannot be rendered
 */
export function renderTree(tree: Tree, options: RenderOptions = {}): Map<string, string> {
  checkPaths(tree.files);
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

function schemaComment(document: Json, own: string | false | undefined, host: SchemaHost | undefined): string {
  const url = own ?? schemaUrl(document, host);
  return url === undefined || url === false ? '' : schemaLine(url);
}

/** A tree has few kinds and many documents. */
const schemaLine = memoizeText((url) => `# yaml-language-server: $schema=${onOneLine(url)}\n`);

import type { Document, Node, Scalar } from 'yaml';
import { isJsonObject, type Json } from '../../json/json';
import { parseFile } from '../source/parse';
import { resolvePlain } from '../source/scalar';
import { goJson, indentedJson } from './go-json';
import { Unfit } from './specs';

/** What a text holds that is YAML or JSON itself. @throws Unfit where that is nothing that a path leads into */
export function valueWithin(text: string): Json {
  const { documents, faults } = parseFile('text', text);
  const value = documents[0]?.value ?? null;
  if (faults.length > 0 || typeof value !== 'object' || value === null) throw new Unfit('leads through a text');
  return value;
}

export function isJsonText(text: string): boolean {
  return /^\s*[{[]/.test(text);
}

/** The text with another value, as kustomize 5.8.1 writes it (replacement.go, serializeStructuredData). */
export function withValueWithin(text: string, before: Json, after: Json): string {
  if (!isJsonText(text)) return rewrittenYaml(text, before, after);
  return text.includes('\n') && text.includes('  ') ? indentedJson(after) : goJson(after);
}

/** Whether it is known to the last character how kustomize writes the text anew: not where it has comments or anchors. */
export function isPlainText(text: string): boolean {
  return isJsonText(text) || !/[#&*>]/.test(text);
}

/** What has not changed stays as it is written; Go's printer indents no lists and leaves blank lines out. */
function rewrittenYaml(text: string, before: Json, after: Json): string {
  const { isCollection, isNode, isScalar, parseAllDocuments, visit } = require('yaml') as typeof import('yaml');
  // The plainest schema reads every scalar as a text, so that none is written in another way.
  const [document] = parseAllDocuments(text, { schema: 'failsafe', uniqueKeys: false });
  if (document === undefined) return text;
  document.contents = changed(document, document.contents, before, after) as never;
  visit(document, (_, node, above) => {
    if (isNode(node)) node.spaceBefore = false;
    if (!isScalar(node) || !above.some((each) => isCollection(each) && each.flow)) return;
    if ((node.type ?? 'PLAIN') === 'PLAIN' && /[,?[\]{}:]/.test(String(node.value))) {
      node.type = 'QUOTE_SINGLE';
    }
  });
  if (document.directives) document.directives.docStart = null;
  return document
    .toString({ lineWidth: 0, indentSeq: false, flowCollectionPadding: false, singleQuote: true, ...onOneLine })
    .replace(/(?<=[-:]) $/gm, '')
    .trim();
}
const onOneLine = { doubleQuotedMinMultiLineLength: Number.MAX_SAFE_INTEGER };

function changed(document: Document, node: unknown, before: Json | undefined, after: Json): unknown {
  const { isMap, isScalar, isSeq } = require('yaml') as typeof import('yaml');
  if (before === after) return node;
  if (isMap(node) && isJsonObject(before) && isJsonObject(after)) {
    for (const [key, value] of Object.entries(after)) {
      const pair = node.items.find((each) => isScalar(each.key) && each.key.value === key);
      if (pair === undefined) node.add({ key: document.createNode(key), value: made(document, value) } as never);
      else pair.value = changed(document, pair.value, before[key], value);
    }
    return node;
  }
  if (isSeq(node) && Array.isArray(before) && Array.isArray(after)) {
    node.items = after.map((value, i) => {
      return i < before.length ? changed(document, node.items[i], before[i], value) : made(document, value);
    });
    return node;
  }
  if (isScalar(node) && typeof after !== 'object') return restyled(node, String(after));
  return made(document, after);
}

function made(document: Document, value: Json): Node {
  // What is a text within reads as something else when it stands plain.
  return document.createNode(value, (_, each) => {
    return typeof each === 'object' && each !== null ? each : String(each);
  });
}

/** A scalar keeps its quotes and its type: what reads as another type is quoted or, of a number, tagged. */
function restyled(node: Scalar, text: string): Scalar {
  const [was, now] = [typeOf(String(node.value ?? '')), typeOf(text)];
  node.value = text;
  if (node.type !== 'PLAIN' || was === now) return node;
  if (was === 'str') node.type = 'QUOTE_DOUBLE';
  else node.tag = `tag:yaml.org,2002:${was}`;
  return node;
}

/** The tag that Go's reader gives a plain scalar. */
function typeOf(text: string): string {
  const value = resolvePlain(text, 'resource');
  if (value === null) return 'null';
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'number') return Number.isInteger(value) && !/^[^x]*[.e]/i.test(text) ? 'int' : 'float';
  return value === text ? 'str' : 'timestamp';
}

import type { Document, Node, Pair, Scalar, YAMLMap } from 'yaml';
import { deepEqual } from '../../json/deep-equal';
import type { Json, Path } from '../../json/json';
import { embeddingOf } from '../source/embedded';
import { parseFile } from '../source/parse';
import type { SourceDocument, SourceFile } from '../source/source';
import { withAnchorMoved } from './anchor';
import { applyEdits, type Change, changed, composed, type TextEdit } from './change';
import { fillEntry, insertEntry, insertItem, type Layout, layoutOf, removeEntry } from './entry';
import { printScalar, scalarEdit } from './text';

/** Changes of one file. */
export interface FileEdits {
  /** The file of the tree, even where the document is a text within it. */
  readonly file: SourceFile;
  readonly edits: readonly TextEdit[];
}

/**
 * The edits of a file's text after which a document says something else: no other byte of it differs. The result was read again: all
 * documents say what they said, but for the changes.
 *
 * @returns undefined where no edit does that and nothing else: in what an alias repeats, say
 */
export function editsFor(document: SourceDocument, changes: readonly Change[]): FileEdits | undefined {
  const { file } = document;
  const edited = editText(file, document.index, changes);
  if (edited === undefined) return undefined;
  const embedding = embeddingOf(file);
  if (embedding === undefined) return { file, edits: edited };
  // A text within a document, which is changed as such.
  if (embedding.lines !== undefined) return undefined;
  return editsFor(embedding.document, [{ path: embedding.path, set: applyEdits(file.text, edited) }]);
}

function editText(file: SourceFile, index: number, changes: readonly Change[]): readonly TextEdit[] | undefined {
  const own = file.documents.find((document) => document.index === index);
  if (own === undefined) return undefined;
  const layout = layoutOf(file.text, file.path.endsWith('.json'));
  let edits: readonly TextEdit[] = [];
  let text = file.text;
  let value: Json | undefined = own.value;
  for (const change of changes) {
    value = changed(value, change);
    const next = value === undefined ? undefined : editOf(text, index, change, layout);
    if (value === undefined || next === undefined) return undefined;
    for (const one of next) {
      edits = composed(edits, one, text);
      text = applyEdits(text, [one]);
    }
  }
  return value !== undefined && says(file, text, index, value) ? edits : undefined;
}

/** Whether a text says what a file says, but for the value of one document. */
function says(file: SourceFile, text: string, index: number, value: Json): boolean {
  const { documents, faults } = parseFile(file.path, text);
  return (
    documents.length === file.documents.length &&
    faults.length <= file.faults.length &&
    documents.every(
      (document, i) =>
        document.index === file.documents[i]?.index &&
        deepEqual(document.value, document.index === index ? value : file.documents[i]?.value),
    )
  );
}

/** The text that was parsed last: a file's findings come one after the other. */
let last: { readonly text: string; readonly documents: readonly Document.Parsed[] } | undefined;

function parsed(text: string): readonly Document.Parsed[] {
  if (last?.text !== text) {
    const { parseAllDocuments } = require('yaml') as typeof import('yaml');
    const options = { uniqueKeys: false, strict: false, logLevel: 'silent' } as const;
    last = { text, documents: parseAllDocuments(text, options) as Document.Parsed[] };
  }
  return last.documents;
}

/** The edits of a change, the last of the text first. */
function editOf(text: string, index: number, change: Change, layout: Layout): readonly TextEdit[] | undefined {
  const document = parsed(text)[index];
  if (document === undefined || document.errors.length > 0) return undefined;
  const { isScalar } = require('yaml') as typeof import('yaml');
  const edit = textEditOf(text, document, change, layout);
  const node = 'set' in change ? document.getIn(change.path, true) : undefined;
  if (edit === undefined) return undefined;
  return isScalar(node) ? withAnchorMoved(text, document, node, edit) : [edit];
}

function textEditOf(text: string, document: Document.Parsed, change: Change, layout: Layout): TextEdit | undefined {
  const { isMap, isScalar, isSeq } = require('yaml') as typeof import('yaml');
  const { path } = change;
  let node: Node | null = document.contents;
  let pair: Pair<Scalar, Node | null> | undefined;
  let flow = false;
  for (const [depth, step] of path.entries()) {
    const rest: Path = path.slice(depth + 1);
    if (isMap(node)) {
      flow ||= node.flow === true;
      const found = (node.items as (typeof pair)[]).find((each) => isScalar(each?.key) && each.key.value === step);
      if (found === undefined) {
        if (!('set' in change) || typeof step !== 'string') return undefined;
        const after = depth === path.length - 1 ? (change.after ?? []) : [];
        return insertEntry(text, node, step, nested(rest, change.set), after, layout);
      }
      [pair, node] = [found, found.value];
    } else if (isSeq(node) && typeof step === 'number') {
      flow ||= node.flow === true;
      if (step === node.items.length && 'set' in change)
        return insertItem(text, node, nested(rest, change.set), layout);
      [pair, node] = [undefined, (node.items[step] ?? null) as Node | null];
    } else if (isNothing(text, node) && pair !== undefined && 'set' in change && !flow) {
      return fillEntry(text, pair.key, nested(path.slice(depth), change.set), layout);
    } else return undefined;
  }
  const around = { flow, eol: layout.eol, indent: '' };
  if ('rename' in change) {
    return pair && scalarEdit(text, pair.key, change.rename, around);
  }
  if ('remove' in change) return removal(text, document, path);
  if (isScalar(node) && !isNothing(text, node)) return scalarEdit(text, node as Scalar, change.set, around);
  if (node?.range && (isMap(node) || isSeq(node)) && node.items.length === 0 && typeof change.set !== 'object') {
    return { start: node.range[0], end: node.range[1], text: printScalar(change.set, around) };
  }
  return undefined;
}

/** Whether nothing is written for a value: nothing is for the null of `key:`. */
function isNothing(text: string, node: Node | null): boolean {
  return node === null || (node.range != null && text.slice(node.range[0], node.range[1]).trim() === '');
}

/** A field goes with what it is in, where that has no other. */
function removal(text: string, document: Document.Parsed, path: Path): TextEdit | undefined {
  const parent = path.slice(0, -1);
  const map = document.getIn(parent, true) as YAMLMap | undefined;
  const index = map?.items?.findIndex((each) => (each.key as unknown as Scalar)?.value === path[path.length - 1]) ?? -1;
  if (map === undefined || index < 0) return undefined;
  if (map.items.length > 1) return removeEntry(text, map, index);
  return parent.length === 0 ? undefined : removal(text, document, parent);
}

/** A value below keys that are not there yet. */
function nested(path: Path, value: Json): Json {
  return path.reduceRight<Json>((inner, step) => (typeof step === 'number' ? [inner] : { [step]: inner }), value);
}

import { isUtf8 } from 'node:buffer';
import { memoizeText } from '../../text/memoize';
import { hasConflict } from '../ownership';
import { messageOf } from '../read';
import { Construction } from './construct';
import { holdsCiphertext, isEncrypted } from './encrypted';
import { type Fault, firstContent, readParts } from './events';
import { lineStarts, positionIn } from './lines';
import type { Reader } from './scalar';
import type { SourceDocument, SourceFile, SyntaxFault } from './source';

/**
 * The largest file that is read, in bytes. Kubernetes takes objects of 1.5 MB and the largest bundles of definitions have some
 * 5 MB; twice that takes a second and some hundred MB of memory, in the worst case a GB.
 */
export const maximumSize = 10_000_000;

/**
 * A YAML file as kustomize reads it, with what is wrong in it. Never throws.
 *
 * @param path where it lies; a kustomization.yaml is read a little otherwise than a resource (see scalar.ts)
 */
export function parseFile(path: string, content: Uint8Array | string): SourceFile {
  if (typeof content === 'string') return parseText(path, content);
  const { text, wrong } = decode(content);
  return wrong === undefined ? parseText(path, text) : unreadableFile(path, wrong);
}

/**
 * As parseFile; a file of a tree that says what it said when it was read last is the same object. Of two revisions that are compared,
 * or of a tree that is read again, most files are: they are parsed once, and their values need no comparing.
 */
export function parseAgain(path: string, content: Uint8Array): SourceFile {
  const { text, wrong } = decode(content);
  if (wrong !== undefined) return unreadableFile(path, wrong);
  const last = lastRead(path);
  const known = last.file?.deref();
  if (known?.text === text) return known;
  const file = parseText(path, text);
  if (file.text === text) last.file = new WeakRef(file);
  return file;
}

/** By path. Weak: what nobody looks at any more is not kept. */
const lastRead = memoizeText((): { file?: WeakRef<SourceFile> } => ({}));

function parseText(path: string, text: string): SourceFile {
  if (text.startsWith(pointerOfLfs)) return unreadableFile(path, isPointer);
  const documents: SourceDocument[] = [];
  const faults: SyntaxFault[] = [];
  const file: SourceFile = { path, text, documents, faults };
  try {
    readInto(documents, faults, file, readerOf(path));
  } catch (error) {
    // Nothing is known to come here; but whatever one file holds, the others are still checked.
    return unreadableFile(path, `the file cannot be read: ${messageOf(error)}`);
  }
  return file;
}

/** How the file begins that Git LFS puts in the place of another (https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md). */
const pointerOfLfs = 'version https://git-lfs.github.com/spec/';
/** Flux gets the pointer (fluxcd/flux2#1895). */
const isPointer =
  'the file is a Git LFS pointer, and Flux does not fetch what it points to; commit the file itself (git lfs untrack)';

/** A file, or a folder, whose content is not known. */
export function unreadableFile(path: string, message: string): SourceFile {
  return { path, text: '', documents: [], faults: [{ kind: 'unreadable', line: 1, column: 1, message }] };
}

function readInto(documents: SourceDocument[], faults: SyntaxFault[], file: SourceFile, reader: Reader): void {
  const { text } = file;
  if (countOf('\n---', text) > maximumDocuments) {
    const message = `the file has more than ${maximumDocuments.toLocaleString('en')} documents, more than espalier reads; split it`;
    faults.push({ kind: 'unreadable', line: 1, column: 1, message });
    return;
  }
  const { parts, faults: unread } = readParts(text);
  const found: Fault[] = [];
  const control = controlCharacter(text);
  if (control !== undefined) found.push(control);
  for (const fault of unread) {
    // js-yaml refuses some of the same characters, and does not say which.
    if (control === undefined || !/printable|null byte/.test(fault.message)) found.push(fault);
  }
  if (reader === 'resource') for (const fault of separators(text)) found.push(fault);
  const mayHold = holdsCiphertext(text);
  let repeated = 0;
  for (const part of parts) {
    const made = new Construction(part, reader, repeated);
    repeated = made.repeated;
    for (const { value, index } of made.documents) {
      documents.push({ file, index, value, encrypted: isEncrypted(value, mayHold) });
    }
    for (const fault of made.faults) found.push({ ...fault, offset: part.start + fault.offset });
  }
  if (found.length === 0) return;
  // What else is wrong where a merge is not finished follows from that.
  if (hasConflict(text))
    found.splice(0, Infinity, { kind: 'syntax', offset: text.search(/^<{7,} /m), message: isConflict });
  const starts = lineStarts(text);
  found.sort((a, b) => a.offset - b.offset);
  for (const { kind, offset, message } of found.slice(0, maximumFaults)) {
    faults.push({ kind, ...positionIn(starts, offset), message });
  }
}

const isConflict =
  "Git's conflict marker: finish the merge; espalier synth --resolve makes the files anew that espalier synth wrote";

/** The largest bundles have some hundred. */
const maximumDocuments = 50_000;

function countOf(part: string, text: string): number {
  let count = 0;
  for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + 1)) count += 1;
  return count;
}

/** Who fixes a hundred of them finds the others. */
const maximumFaults = 100;

/** Who reads a file of this name. */
export function readerOf(path: string): Reader {
  return /(?:^|\/)kustomization(?:\.ya?ml)?$/i.test(path) ? 'kustomization' : 'resource';
}

function decode(bytes: Uint8Array): { readonly text: string; readonly wrong?: string } {
  if (bytes.length > maximumSize) return { text: '', wrong: tooLarge };
  if (!isUtf8(bytes))
    return { text: '', wrong: 'the file is not UTF-8, and kustomize reads nothing else; save it as UTF-8' };
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
  return { text: text.startsWith('\uFEFF') ? text.slice(1) : text };
}

/** What is said of a file above the limit. */
export const tooLarge = `the file is larger than ${maximumSize / 1_000_000} MB, more than espalier reads; split it, or exclude it with .sourceignore`;

/** Go's reader takes no control characters, not even in a comment (readerc.go). */
function controlCharacter(text: string): Fault | undefined {
  if (/^[\t\n\r -~\x85\xa0-\ud7ff\ue000-\ufffd]*$/.test(text)) return undefined;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  const at = text.search(/[\0-\x08\v\f\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]|\p{Surrogate}/u);
  if (at < 0) return undefined;
  const code = text.charCodeAt(at).toString(16).toUpperCase().padStart(4, '0');
  return { kind: 'syntax', offset: at, message: `the character U+${code}, which YAML does not allow` };
}

/** kustomize splits a file itself, and fails at a line that goes on after --- (kyaml, splitDocuments in byteio_reader.go). */
function* separators(text: string): Generator<Fault> {
  const first = firstContent(text);
  if (text[first] === '%') {
    const message = 'a directive before ---, which kustomize reads as a document of its own; remove it';
    yield { kind: 'syntax', offset: first, message };
  }
  for (let at = text.indexOf('\n---'); at >= 0; at = text.indexOf('\n---', at + 4)) {
    const end = text.indexOf('\n', at + 4);
    if (end < 0 || /^\s*(?:#|$)/.test(text.slice(at + 4, end))) continue;
    const message = 'kustomize allows only a comment on the same line after ---; begin the document on the next line';
    yield { kind: 'syntax', offset: at + 1, message };
  }
}

import { isScalar, Lexer, parseAllDocuments, type Scalar, visit } from 'yaml';
import { type ImageMarker, readMarker } from '../systems/image-pin';

/** A value behind which an image policy's marker stands, edited. */
export interface ImageEdit extends ImageMarker {
  readonly before: string;
  readonly after: string;
}

/**
 * What an image automation did to a file: the values that it set, none where it only wrote the file anew. Flux parses and prints the
 * whole file (kyaml 0.21): without the first `---`, and with quotes or escapes of its own, which mean the same.
 *
 * @param expected what Espalier writes
 * @param found what is there
 * @returns undefined where anything else differs, if only a comment
 */
export function imageEdits(expected: string, found: string): readonly ImageEdit[] | undefined {
  const edits = ['1.1', '1.2'].map((version) => editsIn(expected, found, version as '1.1' | '1.2'));
  if (edits[0] === undefined || JSON.stringify(edits[0]) !== JSON.stringify(edits[1])) return undefined;
  return commentsIn(expected) === commentsIn(found) ? edits[0] : undefined;
}

/** By one version of YAML: what differs in any of them is another value to somebody. */
function editsIn(expected: string, found: string, version: '1.1' | '1.2'): readonly ImageEdit[] | undefined {
  const [ours, theirs] = [expected, found].map((text) => [...parseAllDocuments(text, { version })]);
  if (ours === undefined || theirs === undefined || theirs.some(({ errors }) => errors.length > 0)) return undefined;
  const [before, after] = [ours.flatMap(markedIn), theirs.flatMap(markedIn)];
  if (before.length !== after.length) return undefined;
  const edits: ImageEdit[] = [];
  for (const [i, { marker, scalar }] of before.entries()) {
    const { marker: same, scalar: edited } = after[i] as Marked;
    if (same.policy !== marker.policy || same.part !== marker.part) return undefined;
    if (typeof scalar.value !== 'string' || typeof edited.value !== 'string') return undefined;
    if (scalar.value !== edited.value) edits.push({ ...marker, before: scalar.value, after: edited.value });
    edited.value = scalar.value;
  }
  return contentOf(ours) === contentOf(theirs) ? edits : undefined;
}

/** undefined for what is no tree: aliases without end. */
function contentOf(documents: readonly Parsed[]): string | undefined {
  try {
    return JSON.stringify(documents.map((document) => document.toJS()));
  } catch {
    return undefined;
  }
}

type Parsed = ReturnType<typeof parseAllDocuments>[number];

/** The values of a file that image automation sets, as they are. */
export function markedValues(text: string): readonly (ImageMarker & { readonly value: unknown })[] {
  const marked = [...parseAllDocuments(text)].flatMap(markedIn);
  return marked.map(({ marker, scalar }) => ({ ...marker, value: scalar.value }));
}

interface Marked {
  readonly marker: ImageMarker;
  readonly scalar: Scalar;
}

function markedIn(document: Parsed): Marked[] {
  const marked: Marked[] = [];
  visit(document as Parameters<typeof visit>[0], {
    Scalar: (key, scalar) => {
      const marker = key !== 'key' && isScalar(scalar) ? readMarker(scalar.comment ?? '') : undefined;
      if (marker) marked.push({ marker, scalar });
    },
  });
  return marked;
}

function commentsIn(text: string): string {
  return [...new Lexer().lex(text)]
    .filter((token) => token.startsWith('#'))
    .map((comment) => comment.trimEnd())
    .join('\n');
}

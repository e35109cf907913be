import { memoize } from '../../text/memoize';
import { locate } from '../../tree/source/locate';
import { parseFile } from '../../tree/source/parse';
import type { FrameLine, Position, SourceFile } from '../../tree/source/source';
import { maskedText } from './object';
import { isSecret, isSecretKind } from './place';
import { hidden } from './reference';
import { maskLines } from './text';

/** The characters of a line that are kept to be shown, and of those around it: a line may be a whole file. */
const longestLine = 4000;
const longestNeighbour = 200;

/**
 * The lines around a line, as they may be shown. None where its own may not be, or where the column is further to the right than
 * anybody reads.
 *
 * @param around how many before and after it
 */
export function frame(file: SourceFile, { line, column }: Position, around: number): readonly FrameLine[] {
  if (file.text === '' || column > longestLine) return [];
  const lines = shownLines(file);
  if (lines[line - 1] === undefined) return [];
  const shown: FrameLine[] = [];
  for (let i = Math.max(1, line - around); i <= line + around && i <= lines.length; i++) {
    const text = lines[i - 1];
    // After the last line's end there is no line.
    if (text !== undefined && (i < lines.length || text !== ''))
      shown.push({ number: i, text: text.slice(0, i === line ? longestLine : longestNeighbour) });
  }
  return shown;
}

/** The text of any file as it may be shown, of as many lines. */
export function maskedFile(path: string, text: string): string {
  if (!/\.ya?ml$/i.test(path)) return maskLines(text);
  const lines = shownLines(parseFile(path, text));
  return lines.length === splitLines(text).length ? lines.map((line) => line ?? hidden).join('\n') : maskLines(text);
}

/**
 * The lines of a file that may be shown; undefined for those of a document that may be secret as a whole. Of a file with thousands
 * of findings the text is gone through once.
 */
const shownLines = memoize((file: SourceFile): readonly (string | undefined)[] => {
  const lines = splitLines(maskedText(file));
  const open: (string | undefined)[] = [];
  for (const { from, to, secret } of parts(file, lines)) {
    for (let i = from; i < to; i += 1) open.push(secret ? undefined : lines[i]);
  }
  return open;
});

function splitLines(text: string): string[] {
  return text.split(/\r\n|\n|\r/);
}

/** The documents of a file by their lines. */
function parts(file: SourceFile, lines: readonly string[]): { from: number; to: number; secret: boolean }[] {
  const starts = [0, ...lines.flatMap((line, i) => (i > 0 && /^---(?:\s|$)/.test(line) ? [i] : []))];
  const documents = file.documents.map((document) => ({
    line: locate(document, []).line - 1,
    secret: isSecret(document),
  }));
  return starts.map((from, i) => {
    const to = starts[i + 1] ?? lines.length;
    const own = documents.filter(({ line }) => line >= from && line < to);
    const isRead =
      own.length > 0 && !file.faults.some(({ kind, line }) => kind === 'syntax' && line > from && line <= to);
    const secret = isRead ? own.some((one) => one.secret) : mayBeSecret(lines.slice(from, to).join('\n'), file.path);
    return { from, to, secret };
  });
}

/**
 * Whether a document that cannot be read may be a Secret or hold ciphertext. Nobody knows: its kind must be spelt out, and be another
 * one; a kustomization has none.
 */
function mayBeSecret(text: string, path: string): boolean {
  if (text.trim() === '' || /^(?:\s*(?:#.*|---)?(?:\n|$))*$/.test(text)) return false;
  if (/ENC\[|^["']?sops["']?\s*:|secret_?generat|string_?dat/im.test(text)) return true;
  const kinds = [...text.matchAll(/(^|[\s{,"'-])kind["']?\s*:\s*([^\s,}#]*)/gm)].map(([, before, kind = '']) => ({
    isTop: before === '' || before === '\n',
    kind,
  }));
  const own = kinds.filter(({ isTop }) => isTop);
  if (own.some(({ kind }) => !/^[A-Za-z]+$/.test(kind) || isSecretKind(kind))) return true;
  // What refers to a Secret has a kind, too, but no data.
  if (/\bdata["']?\s*:/.test(text) && kinds.some(({ kind }) => isSecretKind(kind.replace(/\W/g, '')))) return true;
  return own.length === 0 && !/(?:^|\/)kustomization(?:\.ya?ml)?$/i.test(path);
}

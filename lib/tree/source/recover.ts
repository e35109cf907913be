/**
 * What Go's reader takes and js-yaml does not: a bracket, an item or the rest of a quoted text that stands further left than it
 * should, and a comment that touches what is before it. Repaired in a copy of which only the structure is used, with as many
 * characters: everything stays where it is.
 *
 * @returns undefined when it is none of that
 */
export function repair(text: string, offset: number, reason: string, isFirst: boolean): string | undefined {
  if (text[offset] === '#' && /["'\]}|>+\d-]/.test(text[offset - 1] ?? ''))
    return blank(text, offset, lineEnd(text, offset));
  if (reason !== 'deficient indentation') return undefined;
  // Whoever writes one closing bracket so has many: all at once, but for one that is a block's first line.
  const closing = /(?<![|>][-+\d]*[ \t]*)\r?\n[ \t]*(?=[\]}][\]}, \t]*\r?$)/gm;
  const brackets = isFirst && /[\]}]/.test(text[offset] ?? '') ? [...text.matchAll(closing)] : [];
  let repaired = text;
  if (brackets.length > 0) {
    // In pieces: one long text after another for each bracket would take minutes.
    const pieces: string[] = [];
    let from = 0;
    for (const { 0: found, index } of brackets) {
      const start = commentBefore(text, index);
      pieces.push(text.slice(from, start), ' '.repeat(index + found.length - start));
      from = index + found.length;
    }
    repaired = pieces.join('') + text.slice(from);
  }
  const before = /\s*$/.exec(repaired.slice(Math.max(0, offset - 1000), offset))?.[0].length ?? 0;
  return blank(repaired, commentBefore(repaired, offset - before), offset);
}

/** js-yaml's reason, without what it quotes from the file: that may be secret. */
export function withoutQuotation(reason: string): string {
  return reason.replace(/(?:: | (?:["\\])).*$/s, '');
}

/** Longer ones wait too long for a better word. */
const longestExplained = 1_000_000;

/** What `yaml` says about a text that js-yaml refuses: it knows better where and why. Undefined when it sees nothing. */
export function explain(text: string): { readonly offset: number; readonly message: string } | undefined {
  if (text.length > longestExplained) return undefined;
  try {
    const { parseDocument } = require('yaml') as typeof import('yaml');
    const options = { schema: 'failsafe', uniqueKeys: false, prettyErrors: false, logLevel: 'silent' } as const;
    const [error] = parseDocument(text, options).errors;
    if (error === undefined || error.code === 'MULTIPLE_DOCS') return undefined;
    const message = messages[error.code] ?? withoutQuotation(error.message);
    return { offset: error.pos[0], message: message.charAt(0).toLowerCase() + message.slice(1) };
  } catch {
    return undefined;
  }
}

/** In words that say what to do, where the library's do not. */
const messages: { readonly [code: string]: string | undefined } = {
  BAD_DQ_ESCAPE: 'an escape that YAML does not have; write \\\\ for a backslash, or use single quotes',
  BAD_SCALAR_START: 'a text that begins with @, ` or % needs quotes',
  BLOCK_AS_IMPLICIT_KEY: 'a mapping on the line of its key; a text that holds ": " needs quotes',
  UNEXPECTED_TOKEN:
    'something that is not allowed here; put the whole text in quotes if it contains quotation marks, brackets or dashes',
  TAB_AS_INDENT: 'a tab in the indentation; use spaces',
};

function blank(text: string, from: number, to: number): string {
  return text.slice(0, from) + ' '.repeat(Math.max(0, to - from)) + text.slice(to);
}

function lineEnd(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  return end < 0 ? text.length : end;
}

/** Nobody writes a comment at the end of a longer one. */
const longestLine = 2000;

/** Where the comment begins that ends a line, or `end`. What stands in quotes is none; in a quoted text nothing is lost. */
function commentBefore(text: string, end: number): number {
  const start = text.lastIndexOf('\n', end - 1) + 1;
  const line = text.slice(start, end);
  if (line.length > longestLine) return end;
  for (const { index } of line.matchAll(/(?<=^|[ \t])#/g)) {
    const before = line.slice(0, index);
    if (count(before, '"') % 2 === 0 && count(before, "'") % 2 === 0) return start + index;
  }
  return end;
}

function count(text: string, character: string): number {
  return text.split(character).length - 1;
}

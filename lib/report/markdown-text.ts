import { inline } from '../graph/masking/printable';

/** A text as it stands, wherever Markdown takes text: a paragraph, a table, HTML. */
export function escapeMarkdown(text: string): string {
  return escaped(inline(text));
}

/** A text as code. */
export function code(text: string): string {
  return `<code>${escaped(inline(text), 'code')}</code>`;
}

/** A text whose pairs of backticks mark code. Where they do not come in pairs, they are text. */
export function withCode(text: string): string {
  const parts = inline(text).split('`');
  if (parts.length % 2 === 0) return escapeMarkdown(text);
  return parts
    .map((part, i) => {
      if (i % 2 === 0) return escaped(part);
      return part.trim() === '' ? escaped(`\`${part}\``) : code(part);
    })
    .join('');
}

/** A text in Markdown linked to a file of a repository; nothing in it ends the link. */
export function linked(text: string, repository: string, uri: string): string {
  return `[${text.replaceAll(']', '&#93;')}](${repository.replace(/\/$/, '')}/${uri})`;
}

/** Lines as a block of code; nothing in them ends it. `diff` has lines that begin with `+` and `-` in colour. */
export function fenced(lines: readonly string[], language = 'text'): string {
  const text = lines.join('\n');
  const longest = (text.match(/`+/g) ?? []).reduce((most, { length }) => Math.max(most, length), 0);
  const fence = '`'.repeat(Math.max(3, longest + 1));
  return `${fence}${language}\n${text}\n${fence}`;
}

const special = new RegExp(
  [
    /[&<>`*[|~\\$]/, // marks, anywhere; an underscore within a word is none
    /(?<!\w)_|_(?!\w)/,
    /(?<=^\s*)(?:[#+-]|\d+(?=[.)]))/, // a heading or a list, where a paragraph begins
    /[@#](?=\w)|(?<=\bGH)-(?=\d)/, // a name to be told of the comment, an issue to link to it
    /:(?=\/\/)|(?<=\bwww)\./, // an address to link to
  ]
    .map(({ source }) => source)
    .join('|'),
  'gi',
);

/**
 * Character references mean themselves in text and in HTML, backslashes in text alone. A space without width breaks up what GitHub
 * finds once references are undone; it does not look into code.
 */
function escaped(text: string, where: 'text' | 'code' = 'text'): string {
  return text.replace(special, (mark) => {
    const reference = /[a-z\d@#+-]/i.test(mark) ? mark : `&#${mark.charCodeAt(0)};`;
    return where === 'text' && /[a-z\d@#+:.-]/i.test(mark) ? `${reference}&#8203;` : reference;
  });
}

/** A part of a text: as it is, or as code that makes it. */
export type TextPart = string | { readonly code: string };

/**
 * Whether a text is printed as a text block: it has several lines, which nothing invisible stands in, neither at their ends, and which
 * have no more in common than the code's own indentation.
 */
export function isBlock(text: string): boolean {
  return (
    /\n./.test(text) &&
    !/[^\P{C}\n\t]|[\u2028\u2029]|[ \t](?:\n|$)/u.test(text) &&
    /^[^\s]/m.test(text) &&
    !text.endsWith('\\')
  );
}

/** A text block, indented as the code around it. */
export function printBlock(parts: readonly TextPart[], indent: string): string {
  const inner = `${indent}  `;
  const text = parts.map((part) => (typeof part === 'string' ? inBlock(part) : `\${${part.code}}`)).join('');
  const lines = text.replace(/\n$/, '').split('\n');
  const body = lines.map((line) => (line === '' ? '\n' : `\n${inner}${line}`)).join('');
  return `textBlock\`${body}${text.endsWith('\n') ? `\n${indent}` : ''}\``;
}

/** In a text block a backslash is itself, but before what would end the text. */
function inBlock(text: string): string {
  return text.replace(/(\\*)(`|\$\{)/g, '$1$1\\$2');
}

/** A template literal on one line. */
export function printTemplate(parts: readonly TextPart[]): string {
  return `\`${parts.map((part) => (typeof part === 'string' ? inTemplate(part) : `\${${part.code}}`)).join('')}\``;
}

function inTemplate(text: string): string {
  return escapeInvisible(
    text
      .replace(/\\|`|\$\{/g, '\\$&')
      .replaceAll('\n', '\\n')
      .replaceAll('\r', '\\r'),
  );
}

export function quoted(text: string): string {
  const plain = escapeInvisible(JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"'));
  if (plain.includes("'") && !plain.includes('"')) return `"${plain}"`;
  return `'${plain.replaceAll("'", "\\'")}'`;
}

function escapeInvisible(text: string): string {
  return text.replace(
    /[\u2028\u2029\u007f-\u009f\u200b-\u200f\ufeff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** A line of a comment, which nothing in it can end. */
export function comment(line: string): string {
  return line === '' ? '//' : `// ${line.replace(/[\r\u2028\u2029]/g, ' ')}`;
}

/**
 * Text as Go holds it: one character a byte of UTF-8. ASCII stands for itself.
 *
 * envsubst counts and cuts bytes, and may cut a character in two.
 */
export type Bytes = string;

const ascii = /^[\0-\x7f]*$/;

export function toBytes(text: string): Bytes {
  return ascii.test(text) ? text : Buffer.from(text, 'utf8').toString('latin1');
}

/** The text; U+FFFD for what is no character. */
export function fromBytes(bytes: Bytes): string {
  return ascii.test(bytes) ? bytes : Buffer.from(bytes, 'latin1').toString('utf8');
}

/** Whether the bytes are the whole characters of a text. */
export function isText(bytes: Bytes): boolean {
  return ascii.test(bytes) || toBytes(fromBytes(bytes)) === bytes;
}

/** How many bytes the first character takes: 1 for a byte that begins none, as Go's utf8.DecodeRune says. */
export function widthOfFirst(bytes: Bytes): number {
  const first = bytes.charCodeAt(0);
  const width = first < 0xc2 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 1;
  return width > 1 && isText(bytes.slice(0, width)) ? width : 1;
}

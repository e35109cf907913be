/** The checksum of a text (RFC 1950, as hash/adler32). */
export function adler32(text: string): number {
  let [a, b] = [1, 0];
  for (const byte of Buffer.from(text)) {
    a = (a + byte) % 65521;
    b = (b + a) % 65521;
  }
  return b * 65536 + a;
}
